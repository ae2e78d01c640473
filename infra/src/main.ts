// The CDK app: `cdk synth`, `cdk diff`, `cdk deploy` run this.
import { build } from './game.js';
import { SettingError } from './settings.js';

try {
  build().synth();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(`infra: ${error.message}`);
  process.exitCode = 1;
}
