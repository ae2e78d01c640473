// The CDK app: all stacks of the game.
import { App, Stack, Tags, Validations } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { Alarms } from './alarms.js';
import { Gate } from './gate.js';
import { mail } from './mail.js';
import { EDGE_REGION, readSettings, SettingError, TAG } from './settings.js';
import { Game } from './stack.js';

/** The prefix of the names of all stacks and log groups. */
export const NAME = 'TwentyQuestions';

/** Builds one stack in us-east-1; for another region, one there and two in us-east-1, before and after it. */
export function build(context: Record<string, unknown> = {}, outdir?: string): App {
  const app = new App({ context: { ...flags, ...context }, ...(outdir !== undefined && { outdir }) });
  const settings = readSettings(app.node);
  const account = process.env['CDK_DEFAULT_ACCOUNT'];
  const region = settings.region || process.env['CDK_DEFAULT_REGION'];
  if (region === undefined) {
    throw new SettingError('no region is set: use `-c region=eu-central-1`, AWS_REGION, or a profile with a region');
  }
  Tags.of(app).add(TAG.key, TAG.value);
  if (region === EDGE_REGION) {
    new Game(app, NAME, { settings, env: { account, region } });
    return app;
  }

  const usEast1 = { env: { account, region: EDGE_REGION }, crossRegionReferences: true };
  const gateStack = (): Stack =>
    new Stack(app, `${NAME}Gate`, { ...usEast1, description: 'Twenty Questions: firewall and certificate' });
  const gate = Gate.isNeeded(settings) ? new Gate(gateStack(), 'Gate', settings) : undefined;
  const game = new Game(app, NAME, { settings, env: { account, region }, crossRegionReferences: true, gate });
  // The CDK's command removes an empty stack, and with it the firewall of an earlier deployment.
  if (gate === undefined)
    Validations.of(gateStack()).acknowledge({
      id: 'CloudFormation-Validate::F0001',
      reason: 'It is empty so that it is removed.',
    });
  // An alarm must be in the region of its metric, and CloudFront's metrics are in us-east-1.
  const watch = new Stack(app, `${NAME}Watch`, { ...usEast1, description: 'Twenty Questions: alarm on CloudFront' });
  new Alarms(watch, 'Alarms', mail(watch, settings.email)).watchEdge(game.edge.distribution.distributionId);
  return app;
}
