// The metrics that the server and AWS publish.
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { EDGE_REGION } from './settings.js';

const NAMESPACE = 'TwentyQuestions';

/** The server's metrics that the dashboard shows or an alarm watches. */
export const SERVER_METRICS = [
  'Moves',
  'GuesserMoves',
  'Latency',
  'CacheHits',
  'ModelCalls',
  'ModelFaults',
  'Fallbacks',
  'Alarms',
  'KeyMissing',
  'Repairs',
  'RepeatsRefused',
  'TokensIn',
  'TokensOut',
  'Dollars',
  'ModelDaysLeft',
  'Games',
  'AiWins',
  'GameMoves',
] as const;
export type ServerMetric = (typeof SERVER_METRICS)[number];

export const FIVE_MINUTES = Duration.minutes(5);
export const DAY = Duration.days(1);

export function serverMetric(
  metricName: ServerMetric,
  statistic: string = Stats.SUM,
  period = FIVE_MINUTES,
  label?: string,
): Metric {
  // Only with a label if there is one: a label makes CloudWatch bill an alarm as metric math.
  return new Metric({ namespace: NAMESPACE, metricName, statistic, period, ...(label !== undefined && { label }) });
}

/** One metric in percent of another. It has no value while the other is zero. */
export function percentage(
  part: ServerMetric,
  whole: ServerMetric,
  label: string,
  period = FIVE_MINUTES,
): MathExpression {
  return new MathExpression({
    expression: '100 * part / whole',
    usingMetrics: { part: serverMetric(part, Stats.SUM, period), whole: serverMetric(whole, Stats.SUM, period) },
    period,
    label,
  });
}

export function fallbacksByReason(): MathExpression {
  const expression = `SEARCH('{${NAMESPACE},Reason} MetricName="Fallbacks"', 'Sum', ${FIVE_MINUTES.toSeconds()})`;
  return new MathExpression({ expression, period: FIVE_MINUTES, label: '' });
}

/** A metric of CloudFront, whose metrics are in us-east-1 wherever the stack is. */
export function cloudFrontMetric(
  distribution: Pick<Distribution, 'distributionId'>,
  metricName: string,
  statistic: string,
  label: string,
): IMetric {
  return new Metric({
    namespace: 'AWS/CloudFront',
    metricName,
    dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
    statistic,
    period: FIVE_MINUTES,
    region: EDGE_REGION,
    label,
  });
}
