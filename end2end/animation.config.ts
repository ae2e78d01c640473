import config from './playwright.config';

export default { ...config, testMatch: 'animation.ts', timeout: 120_000 };
