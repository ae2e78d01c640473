// The settings of end2end/, but for the emulated CloudFront.
import base from '../../../end2end/playwright.config';

export default {
  ...base,
  testDir: '.',
  outputDir: '../../../target/emulator',
  workers: 1,
  use: { ...base.use, serviceWorkers: 'allow' as const, baseURL: process.env.ADDRESS },
};
