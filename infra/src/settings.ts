// The operator's settings, read from the context and checked.
import type { Node } from 'constructs';
import { OPTIONS, type Option } from './options.js';

export type Package = 'zip' | 'image';
export type Architecture = 'arm64' | 'x86_64';

type Value<O> = O extends Option<infer T> ? T : never;
export type Settings = { readonly [K in keyof typeof OPTIONS]: Value<(typeof OPTIONS)[K]> };

/** CloudFront gives up on the function after these seconds; a longer wait would need a raised quota. */
export const EDGE_TIMEOUT = 30;

/** CloudFront takes firewalls and certificates from this region only, and has its metrics there. */
export const EDGE_REGION = 'us-east-1';

/** What every resource is tagged with. */
export const TAG = { key: 'app', value: 'twenty-questions' } as const;

/** A setting that can't be used; its message is the one sentence that the operator gets. */
export class SettingError extends Error {}

/** Reads all settings; a name that isn't one of ours is refused, since it would silently do nothing. */
export function readSettings(node: Node): Settings {
  const context: Record<string, unknown> = node.getAllContext();
  for (const name of Object.keys(context)) {
    // The CDK's own names have a colon, a slash or a dash: aws:cdk:..., @aws-cdk/..., cdk-...
    if (/^[A-Za-z0-9_]+$/.test(name) && !(name in OPTIONS)) {
      throw new SettingError(`the context value ${name} is unknown: there are ${Object.keys(OPTIONS).join(', ')}`);
    }
  }
  const entries = Object.entries(OPTIONS).map(([name, option]) => {
    const got = context[name] ?? option.initial;
    const value = option.read(String(got));
    if (value === undefined) {
      throw new SettingError(`the context value ${name} is ${JSON.stringify(got)}, but it takes ${option.takes}`);
    }
    return [name, value];
  });
  const settings = Object.fromEntries(entries) as Settings;
  check(settings);
  return settings;
}

/** What single values can't show. */
function check(settings: Settings): void {
  const { deadline, requestTimeout, timeout, domain, zone, zoneName, certificate } = settings;
  const refuse = (sentence: string): never => {
    throw new SettingError(sentence);
  };
  if (!(deadline < requestTimeout && requestTimeout < timeout)) {
    refuse(
      `deadline, requestTimeout and timeout are ${deadline}, ${requestTimeout} and ${timeout} seconds, ` +
        'but each must be less than the next, or the player gets an error in place of a move of the house',
    );
  }
  if (domain === '' && (zone !== '' || certificate !== '')) refuse('zone and certificate are of no use without domain');
  if ((zone === '') !== (zoneName === '')) refuse('zone and zoneName need each other');
  if (zone !== '' && domain !== zoneName && !domain.endsWith(`.${zoneName}`)) {
    refuse(`domain is ${domain}, which is not in the zone ${zoneName}`);
  }
  if (domain !== '' && zone === '' && certificate === '') {
    refuse('domain needs a certificate in us-east-1, or a zone in which one can be proved');
  }
  if (settings.budget > 0 && settings.email === '') refuse('budget needs email, which it is told to');
  if (settings.prices !== '' && settings.prices.split(',').length !== settings.model.split(',').length) {
    refuse('prices needs one pair for each name in model');
  }
  if (settings.baseUrl.startsWith('http:') && !settings.emulator) {
    refuse(`baseUrl is ${settings.baseUrl}, but it takes an https URL: the key is sent there`);
  }
  if (settings.emulator && domain !== '') refuse('emulator is for MiniStack only, so it takes no domain');
}
