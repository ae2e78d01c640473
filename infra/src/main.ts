// `cdk synth`, `cdk diff` and `cdk deploy` run this file.
import { build } from './app.js';
import { SettingError } from './settings.js';

try {
  build().synth();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(`infra: ${error.message}`);
  process.exitCode = 1;
}
