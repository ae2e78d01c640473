// The operator's settings, read from the CDK context and validated.
import type { Node } from 'constructs';
import { OPTIONS, type Option } from './options.js';

type Value<O> = O extends Option<infer T> ? T : never;
export type Settings = { readonly [K in keyof typeof OPTIONS]: Value<(typeof OPTIONS)[K]> };

/** How long CloudFront waits for the function, in seconds. More would need a higher quota. */
export const EDGE_TIMEOUT = 30;

/** CloudFront accepts firewalls and certificates only from this region, and publishes its metrics there. */
export const EDGE_REGION = 'us-east-1';

/** The tag of every resource. */
export const TAG = { key: 'app', value: 'twenty-questions' } as const;

/** An invalid setting. The operator sees its message only, without a stack trace. */
export class SettingError extends Error {}

/** Reads all settings. It rejects unknown names, because a mistyped one would silently have no effect. */
export function readSettings(node: Node): Settings {
  const context: Record<string, unknown> = node.getAllContext();
  for (const name of Object.keys(context)) {
    // The CDK's own names contain a colon, a slash or a dash: aws:cdk:..., @aws-cdk/..., cdk-...
    if (/^[A-Za-z0-9_]+$/.test(name) && !(name in OPTIONS)) {
      throw new SettingError(`there is no setting ${name}; the settings are ${Object.keys(OPTIONS).join(', ')}`);
    }
  }
  const entries = Object.entries(OPTIONS).map(([name, option]) => {
    const given = context[name] ?? option.initial;
    const value = option.read(String(given));
    if (value === undefined) {
      throw new SettingError(`${name} is ${JSON.stringify(given)}, but must be ${option.valid}`);
    }
    return [name, value];
  });
  const settings = Object.fromEntries(entries) as Settings;
  check(settings);
  return settings;
}

/** Checks the settings that depend on each other. */
function check(settings: Settings): void {
  const { deadline, requestTimeout, timeout, domain, zone, zoneName, certificate } = settings;
  const reject = (sentence: string): never => {
    throw new SettingError(sentence);
  };
  if (!(deadline < requestTimeout && requestTimeout < timeout)) {
    reject(
      `deadline, requestTimeout and timeout are ${deadline}, ${requestTimeout} and ${timeout} seconds, ` +
        'but each must be less than the next: otherwise the player gets an error instead of a move of the guesser',
    );
  }
  if (domain === '' && (zone !== '' || certificate !== '')) reject('zone and certificate require domain');
  if ((zone === '') !== (zoneName === '')) reject('zone and zoneName require each other');
  if (zone !== '' && domain !== zoneName && !domain.endsWith(`.${zoneName}`)) {
    reject(`domain is ${domain}, but must be in the zone ${zoneName}`);
  }
  if (domain !== '' && zone === '' && certificate === '') {
    reject('domain requires certificate (an existing one) or zone (to validate a new one)');
  }
  if (settings.budget > 0 && settings.email === '') reject('budget requires email, the address to notify');
  if (settings.prices !== '' && settings.prices.split(',').length !== settings.model.split(',').length) {
    reject('prices must have one pair for each name in model');
  }
  if (settings.baseUrl.startsWith('http:') && !settings.emulator) {
    reject(`baseUrl is ${settings.baseUrl}, but must be an https URL, because the API key is sent there`);
  }
  if (settings.emulator && domain !== '') reject('emulator is for MiniStack only, which supports no domain');
}
