// The browser tests' own settings, against the emulated CloudFront.
import base from '../../../end2end/playwright.config';

export default {
  ...base,
  testDir: '.',
  outputDir: '../../../target/emulator',
  workers: 1,
  use: { ...base.use, baseURL: process.env.ADDRESS },
};
