// Every setting that `-c name=value` or cdk.context.json may set: its valid values, default and purpose.

export type Package = 'zip' | 'image';
export type Architecture = 'arm64' | 'x86_64';

/** One setting. `read` returns undefined for an invalid text. */
export interface Option<T> {
  /** The valid values, as they complete "it must be ...". */
  readonly valid: string;
  readonly about: string;
  /** The default. */
  readonly initial: string;
  readonly read: (text: string) => T | undefined;
}

/** The retention periods that CloudWatch Logs supports, in days. */
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731];

function whole(initial: string, from: number, to: number, about: string): Option<number> {
  const read = (text: string): number | undefined => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return number >= from && number <= to ? number : undefined;
  };
  return { valid: `a whole number from ${from} to ${to}`, about, initial, read };
}

function flag(initial: string, about: string): Option<boolean> {
  const read = (text: string): boolean | undefined => (text === 'true' ? true : text === 'false' ? false : undefined);
  return { valid: 'true or false', about, initial, read };
}

function choice<T extends string>(initial: T, others: readonly T[], about: string): Option<T> {
  const all = [initial, ...others];
  return { valid: all.join(' or '), about, initial, read: (text) => all.find((one) => one === text) };
}

function text(initial: string, pattern: RegExp, valid: string, about: string): Option<string> {
  return { valid, about, initial, read: (value) => (pattern.test(value) ? value : undefined) };
}

/** A setting that may be empty, which means absent. */
function optional(pattern: RegExp, valid: string, about: string): Option<string> {
  return text('', new RegExp(`^$|${pattern.source}`), valid, about);
}

const MODEL = '[A-Za-z0-9_.:/@-]{1,80}';
const PRICE = '\\d{1,5}(\\.\\d+)?/\\d{1,5}(\\.\\d+)?';

export const OPTIONS = {
  region: optional(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    'an AWS region, such as eu-central-1',
    'region of the function and the bucket; empty: the region of your AWS configuration',
  ),

  package: choice<Package>(
    'zip',
    ['image'],
    'package type of the function: a zip file with the bootstrap, or the image of the Dockerfile',
  ),
  architecture: choice<Architecture>('arm64', ['x86_64'], 'processor architecture of the function'),
  memory: whole('256', 128, 10240, 'memory of the function in MB; its share of a processor grows with it'),
  timeout: whole('25', 3, 29, 'timeout of the function in seconds; must be more than requestTimeout'),
  requestTimeout: whole('22', 2, 28, "the server's REQUEST_TIMEOUT in seconds; must be more than deadline"),
  deadline: whole('20', 1, 27, "the server's OPENAI_DEADLINE in seconds: how long the model may take for a move"),
  concurrency: whole(
    '0',
    0,
    1000,
    "reserved concurrency: how many instances of the function may run, taken from the account's quota; 0: none reserved",
  ),
  provisioned: whole(
    '0',
    0,
    100,
    'provisioned concurrency: how many instances of the function stay warm; each costs money every hour',
  ),

  model: text(
    'gpt-6-luna,gpt-4.1',
    new RegExp(`^${MODEL}(,${MODEL})*$`),
    'model names, separated by commas',
    "the server's OPENAI_MODEL",
  ),
  prices: optional(
    new RegExp(`^${PRICE}(,${PRICE})*$`),
    'a pair such as 2/8 for each model, separated by commas',
    "the server's OPENAI_PRICES: dollars per million input/output tokens; empty: the prices of the default models",
  ),
  modelBudget: text(
    '5',
    /^\d{1,6}(\.\d{1,2})?$/,
    'dollars, such as 5 or 0.50',
    "the server's MODEL_BUDGET: what the model may cost in a day, in dollars; each instance of the function counts for itself",
  ),
  baseUrl: optional(/^https?:\/\/[^\s?#@]+$/, 'an https URL', "the server's OPENAI_BASE_URL; empty: OpenAI"),
  organization: optional(/^[!-~]+$/, 'an identifier without spaces', "the server's OPENAI_ORGANIZATION"),
  project: optional(/^[!-~]+$/, 'an identifier without spaces', "the server's OPENAI_PROJECT"),
  openings: whole('8', 1, 64, "the server's OPENINGS: number of different first questions"),
  ponder: flag('true', "the server's PONDER: whether the page prefetches the next questions for Yes and No"),
  questionTtl: whole(
    '86400',
    0,
    31536000,
    "the server's QUESTION_TTL: how long caches may keep a question of the model, in seconds",
  ),
  log: text('info', /^[a-z_:=,]+$/, 'a level, or target=level,...', "the server's LOG"),
  logDays: {
    valid: `one of ${RETENTIONS.join(', ')}`,
    about: 'retention of the log in days',
    initial: '30',
    read: (text: string) => RETENTIONS.find((days) => String(days) === text),
  },

  domain: optional(
    /^([a-z0-9-]+\.)+[a-z]{2,}$/,
    'a host name in lower case',
    'domain of the game; empty: a name under cloudfront.net',
  ),
  zone: optional(
    /^Z[A-Z0-9]+$/,
    'the ID of a Route 53 hosted zone',
    'hosted zone for the DNS records of the domain; requires zoneName',
  ),
  zoneName: optional(
    /^([a-z0-9-]+\.)+[a-z]{2,}$/,
    'the name of a hosted zone',
    'name of that zone; the domain must be in it',
  ),
  certificate: optional(
    /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
    'the ARN of a certificate in us-east-1',
    'certificate for the domain; empty: a new one, which requires zone',
  ),
  originShield: optional(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    'a region that supports Origin Shield',
    'region of an additional cache close to the function; saves calls to the model if players are all over the world',
  ),

  firewall: flag('true', 'web application firewall: limits the requests of each address and blocks known attacks'),
  rate: whole('2000', 10, 2_000_000, 'requests for a move that the firewall allows one address in five minutes'),
  email: optional(
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    'an e-mail address',
    'address for alarms; empty: alarms are only shown in CloudWatch',
  ),
  budget: whole(
    '0',
    0,
    1_000_000,
    'monthly budget of the whole AWS account in dollars, with e-mails at 80 and 100 %; 0: no budget',
  ),
  dollars: whole('10', 1, 1_000_000, 'cost of the model in one day, in dollars, that raises an alarm'),
  edgeMetrics: flag(
    'false',
    "CloudFront's additional metrics, such as the cache hit rate, for about 2.40 dollars a month",
  ),

  site: text('../dist', /./, 'a folder', 'output of `make site`'),
  lambda: text('../target/lambda', /./, 'a folder', 'output of `make lambda`'),
  root: text('..', /./, 'a folder', 'folder of the Dockerfile'),
  emulator: flag(
    'false',
    'for MiniStack only, never on AWS: bucket and function accept unsigned requests, and no alarm uses metric math',
  ),
} as const;
