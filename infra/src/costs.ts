// What a month costs. README.md has the same tables; a test compares them.
import type { Settings } from './settings.js';

/** AWS's list prices in us-east-1, in dollars, without free tiers. Other regions differ by 10 to 30 %. */
export const PRICES = {
  date: '2025',
  lambdaRequest: 0.2 / 1e6,
  lambdaGbSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
  lambdaWarmGbSecond: { arm64: 0.0000033334, x86_64: 0.0000041667 },
  edgeRequest: 1 / 1e6,
  edgeGb: 0.085,
  edgeFunction: 0.1 / 1e6,
  edgeMetrics: 2.4,
  bucketRequest: 0.4 / 1e6,
  secret: 0.4,
  secretRequest: 5 / 1e6,
  metric: 0.3,
  alarmMetric: 0.1,
  dashboard: 3,
  logGb: 0.5,
  acl: 5,
  rule: 1,
  aclRequest: 0.6 / 1e6,
} as const;

/** What one game takes. */
export const GAME = {
  /** The guesser's games have 14 to 16 moves. */
  moves: 15,
  /** With pondering: the settings, the first question, two possible next moves after every question, and the end. */
  requestsOfMoves: 1 + 1 + 2 * 15 + 1,
  /** index.html, icon, manifest, worker, three scripts, two style sheets, three modules and the knowledge. Browsers cache all but the first four. */
  requestsOfFiles: 13,
  /** The budgets of the first page load, the knowledge and the extras, the guesser, and 33 responses with their headers. */
  bytes: 110_000 + 200_000 + 40_000 + 35_000 + 33 * 1_000,
  /** One log line and one line of metrics for each invocation. */
  logBytes: 1_500,
  /** How long the model takes for a move, in milliseconds; Lambda bills the wait. */
  modelMilliseconds: 1_500,
} as const;

/** Games a month. */
export const SCALES = [1, 10_000, 1_000_000] as const;
export type Scale = (typeof SCALES)[number];

/**
 * Calls to the model per game, and their price in dollars with gpt-6-luna, for each scale. The figures are from
 * `cargo run --release -p server --example cost`, whose output is in docs/benchmarks.md.
 */
export const MODEL: Readonly<Record<Scale, { calls: number; dollars: number }>> = {
  1: { calls: 32.75, dollars: 0.002405 },
  10_000: { calls: 19.41, dollars: 0.001484 },
  1_000_000: { calls: 6.42, dollars: 0.000512 },
};

export interface Line {
  readonly what: string;
  readonly arithmetic: string;
  readonly dollars: number;
}

type CostSettings = Pick<Settings, 'architecture' | 'memory' | 'provisioned' | 'firewall' | 'edgeMetrics'>;

/** The function's metrics: 21 without a dimension, and fallbacks by about three reasons. */
const METRICS = 21 + 3;
/** Eight alarms on one metric and two on two metrics. */
const ALARM_METRICS = 12;
const RULES = 3;
const HOURS = 730;

/** The cost of a month with this many games, line by line. */
export function month(
  games: Scale,
  { architecture, memory, provisioned, firewall, edgeMetrics }: CostSettings,
): Line[] {
  const p = PRICES;
  const { calls, dollars } = MODEL[games];
  const invocations = games * (calls + 1);
  const gbSeconds = invocations * (memory / 1024) * (GAME.modelMilliseconds / 1000);
  const requests = games * (GAME.requestsOfMoves + GAME.requestsOfFiles);
  const gb = (games * GAME.bytes) / 1e9;
  const hours = Math.min(games, HOURS);
  const lines: Line[] = [
    line('OpenAI, gpt-6-luna', `${count(games)} x ${dollars}`, games * dollars),
    line(
      'Lambda',
      `${count(invocations)} invocations, ${count(gbSeconds)} GB-s`,
      invocations * p.lambdaRequest + gbSeconds * p.lambdaGbSecond[architecture],
    ),
    line(
      'CloudFront',
      `${count(requests)} requests, ${count(gb)} GB, ${count(games * GAME.requestsOfFiles)} function runs`,
      requests * p.edgeRequest + gb * p.edgeGb + games * GAME.requestsOfFiles * p.edgeFunction,
    ),
    line('S3', `${count(games * 3)} requests`, games * 3 * p.bucketRequest),
    line(
      'Secrets Manager',
      '1 secret, read every 4 minutes while somebody plays',
      p.secret + hours * 15 * p.secretRequest,
    ),
    line('CloudWatch metrics', `${METRICS} metrics, ${hours} of ${HOURS} hours`, (METRICS * p.metric * hours) / HOURS),
    line('CloudWatch alarms', `${ALARM_METRICS} metrics`, ALARM_METRICS * p.alarmMetric),
    line('CloudWatch dashboard', '1', p.dashboard),
    line(
      'CloudWatch logs',
      `${count((invocations * GAME.logBytes) / 1e9)} GB`,
      ((invocations * GAME.logBytes) / 1e9) * p.logGb,
    ),
  ];
  if (firewall) {
    lines.push(
      line(
        'Firewall (WAF)',
        `1 ACL, ${RULES} rules, ${count(requests)} requests`,
        p.acl + RULES * p.rule + requests * p.aclRequest,
      ),
    );
  }
  if (edgeMetrics) lines.push(line('CloudFront, additional metrics', '8 metrics', p.edgeMetrics));
  if (provisioned > 0) {
    const warm = provisioned * (memory / 1024) * HOURS * 3600;
    lines.push(line('Provisioned concurrency', `${count(warm)} GB-s`, warm * p.lambdaWarmGbSecond[architecture]));
  }
  return lines;
}

export function total(lines: Line[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

function line(what: string, arithmetic: string, dollars: number): Line {
  return { what, arithmetic, dollars };
}

function count(number: number): string {
  const digits = number < 10 ? 2 : 0;
  return number.toLocaleString('en-US', { maximumFractionDigits: digits });
}

/** Formats dollars for people. */
export function money(dollars: number): string {
  return dollars > 0 && dollars < 0.01
    ? '< 0.01'
    : dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** The table of a month for README.md. */
export function table(games: Scale, settings: CostSettings): string {
  const lines = month(games, settings);
  const rows = lines.map(({ what, arithmetic, dollars }) => `| ${what} | ${arithmetic} | ${money(dollars)} |`);
  return [
    '| | arithmetic | dollars |',
    '| --- | --- | ---: |',
    ...rows,
    `| **total** | | **${money(total(lines))}** |`,
  ].join('\n');
}
