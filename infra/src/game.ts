// All stacks of the game.
import { App, Stack, Tags, Validations } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { Alarms } from './alarms.js';
import { Gate } from './gate.js';
import { mail } from './mail.js';
import { EDGE_REGION, readSettings, SettingError, TAG } from './settings.js';
import { Game } from './stack.js';

/** The names of the stacks begin with it, and those of their log groups. */
export const NAME = 'TwentyQuestions';

/** One stack in us-east-1; elsewhere one in the game's region and two there, before and after it. */
export function build(context: Record<string, unknown> = {}, outdir?: string): App {
  const app = new App({ context: { ...flags, ...context }, ...(outdir !== undefined && { outdir }) });
  const settings = readSettings(app.node);
  const account = process.env['CDK_DEFAULT_ACCOUNT'];
  const region = settings.region || process.env['CDK_DEFAULT_REGION'];
  if (region === undefined) {
    throw new SettingError('no region is set: give `-c region=eu-central-1`, or AWS_REGION, or a profile that has one');
  }
  Tags.of(app).add(TAG.key, TAG.value);
  if (region === EDGE_REGION) {
    new Game(app, NAME, { settings, env: { account, region } });
    return app;
  }

  const there = { env: { account, region: EDGE_REGION }, crossRegionReferences: true };
  const gateStack = (): Stack =>
    new Stack(app, `${NAME}Gate`, { ...there, description: 'Twenty Questions: firewall and certificate' });
  const gate = Gate.isNeeded(settings) ? new Gate(gateStack(), 'Gate', settings) : undefined;
  const game = new Game(app, NAME, { settings, env: { account, region }, crossRegionReferences: true, gate });
  // Made empty and after the game, the CDK's command removes what an earlier deployment had in it.
  if (gate === undefined)
    Validations.of(gateStack()).acknowledge({
      id: 'CloudFormation-Validate::F0001',
      reason: 'It is empty to be removed.',
    });
  // CloudFront's metrics are there, and an alarm must be where its metric is.
  const watch = new Stack(app, `${NAME}Watch`, { ...there, description: 'Twenty Questions: the alarm on CloudFront' });
  new Alarms(watch, 'Alarms', mail(watch, settings.email)).watchEdge(game.edge.distribution.distributionId);
  return app;
}
