// Every context value that `-c name=value` or cdk.context.json may set: what it takes and what it is for.
import type { Architecture, Package } from './settings.js';

/** One context value; `read` gives undefined for a text that it doesn't take. */
export interface Option<T> {
  readonly takes: string;
  readonly about: string;
  readonly initial: string;
  readonly read: (text: string) => T | undefined;
}

/** The days that CloudWatch Logs lets a group keep its lines. */
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

function whole(initial: string, from: number, to: number, about: string): Option<number> {
  const read = (text: string): number | undefined => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return number >= from && number <= to ? number : undefined;
  };
  return { takes: `a whole number from ${from} to ${to}`, about, initial, read };
}

function flag(initial: string, about: string): Option<boolean> {
  const read = (text: string): boolean | undefined => (text === 'true' ? true : text === 'false' ? false : undefined);
  return { takes: 'true or false', about, initial, read };
}

function choice<T extends string>(initial: T, others: readonly T[], about: string): Option<T> {
  const all = [initial, ...others];
  return { takes: all.join(' or '), about, initial, read: (text) => all.find((one) => one === text) };
}

function text(initial: string, pattern: RegExp, takes: string, about: string): Option<string> {
  return { takes, about, initial, read: (value) => (pattern.test(value) ? value : undefined) };
}

/** One that needn't be set: empty means absent. */
function optional(pattern: RegExp, takes: string, about: string): Option<string> {
  return text('', new RegExp(`^$|${pattern.source}`), takes, about);
}

const MODEL = '[A-Za-z0-9_.:/@-]{1,80}';
const PRICE = '\\d{1,5}(\\.\\d+)?/\\d{1,5}(\\.\\d+)?';

export const OPTIONS = {
  region: optional(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    'the name of an AWS region, like eu-central-1',
    'where the function and the bucket are; empty: the region of your AWS configuration',
  ),

  package: choice<Package>(
    'zip',
    ['image'],
    'how the function is packed: the bootstrap, or the image of the Dockerfile',
  ),
  architecture: choice<Architecture>('arm64', ['x86_64'], 'the processor of the function'),
  memory: whole('256', 128, 10240, 'megabytes of the function; its share of a processor grows with them'),
  timeout: whole('25', 3, 29, 'seconds that the function may take; more than requestTimeout'),
  requestTimeout: whole('22', 2, 28, 'REQUEST_TIMEOUT of the server in seconds; more than deadline'),
  deadline: whole('20', 1, 27, 'OPENAI_DEADLINE of the server in seconds: how long the model may take for a move'),
  concurrency: whole(
    '0',
    0,
    1000,
    'how many copies of the function may run, taken from the account; 0: as many as the account lets',
  ),
  provisioned: whole('0', 0, 100, 'how many copies of the function are kept warm; each costs every hour'),

  model: text(
    'gpt-4.1,gpt-6-luna',
    new RegExp(`^${MODEL}(,${MODEL})*$`),
    'names of models, separated by commas',
    'OPENAI_MODEL of the server',
  ),
  prices: optional(
    new RegExp(`^${PRICE}(,${PRICE})*$`),
    'a pair like 2/8 for each model, separated by commas',
    'OPENAI_PRICES of the server: dollars per million tokens in/out; empty: the known ones of the default models',
  ),
  baseUrl: optional(/^https?:\/\/[^\s?#@]+$/, 'an https URL', 'OPENAI_BASE_URL of the server; empty: OpenAI'),
  organization: optional(/^[!-~]+$/, 'an identifier of one word', 'OPENAI_ORGANIZATION of the server'),
  project: optional(/^[!-~]+$/, 'an identifier of one word', 'OPENAI_PROJECT of the server'),
  ponder: flag('true', 'PONDER of the server: whether pages fetch both next questions ahead'),
  questionTtl: whole(
    '86400',
    0,
    31536000,
    'QUESTION_TTL of the server: seconds that caches may keep a question of the model',
  ),
  log: text('info', /^[a-z_:=,]+$/, 'a level, or target=level,...', 'LOG of the server'),
  logDays: {
    takes: `one of ${RETENTIONS.join(', ')}`,
    about: 'how many days the log lines are kept',
    initial: '30',
    read: (text: string) => RETENTIONS.find((days) => String(days) === text),
  },

  domain: optional(
    /^([a-z0-9-]+\.)+[a-z]{2,}$/,
    'a host name in small letters',
    'the address of the game; empty: one of cloudfront.net',
  ),
  zone: optional(
    /^Z[A-Z0-9]+$/,
    'the id of a Route 53 hosted zone',
    'where the records of the domain go; needs zoneName',
  ),
  zoneName: optional(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'the name of that zone', 'the domain is this or ends with it'),
  certificate: optional(
    /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
    'the ARN of a certificate in us-east-1',
    'for the domain; empty: one is made, which needs zone',
  ),
  originShield: optional(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    'a region that has Origin Shield',
    'one more cache before the function, near it: fewer calls to the model with players all over the world',
  ),

  firewall: flag('true', 'the web application firewall: limits each address and turns away known attacks'),
  rate: whole(
    '2000',
    10,
    2_000_000,
    'requests for a move in five minutes from one address before the firewall says no',
  ),
  email: optional(
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    'an e-mail address',
    'where alarms go; empty: they only show in CloudWatch',
  ),
  budget: whole(
    '0',
    0,
    1_000_000,
    'dollars of the whole AWS account a month, told by e-mail at 80 and 100 %; 0: no budget',
  ),
  dollars: whole('10', 1, 1_000_000, 'dollars for the model in a day that raise an alarm'),
  edgeMetrics: flag(
    'false',
    "CloudFront's additional metrics, the cache hit rate among them, for about 2.40 dollars a month",
  ),

  site: text('../dist', /./, 'a folder', 'what `make site` has written'),
  lambda: text('../target/lambda', /./, 'a folder', 'what `make lambda` has written'),
  root: text('..', /./, 'a folder', 'where the Dockerfile is'),
  emulator: flag(
    'false',
    'for MiniStack, never on AWS: bucket and function take unsigned requests, and no alarm is a formula',
  ),
} as const;
