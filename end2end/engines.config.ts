import config from './playwright.config';

// One browser at a time: these are whole browsers with a process for each page.
export default { ...config, testMatch: 'engines.ts', workers: 1, timeout: 120_000 };
