// The metrics, by the names that server/src/metrics.rs and AWS give them.
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { EDGE_REGION } from './settings.js';

const NAMESPACE = 'TwentyQuestions';

/** The figures of the function's embedded metrics that this stack shows or watches. */
export const OWN = [
  'Moves',
  'HouseMoves',
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
export type Own = (typeof OWN)[number];

export const FIVE_MINUTES = Duration.minutes(5);
export const DAY = Duration.days(1);

export function own(metricName: Own, statistic: string = Stats.SUM, period = FIVE_MINUTES, label?: string): Metric {
  // With a label an alarm on it would be billed, and drawn, as a formula.
  return new Metric({ namespace: NAMESPACE, metricName, statistic, period, ...(label !== undefined && { label }) });
}

/** A share in percent; no value where there is nothing to divide by. */
export function share(part: Own, whole: Own, label: string, period = FIVE_MINUTES): MathExpression {
  return new MathExpression({
    expression: '100 * part / whole',
    usingMetrics: { part: own(part, Stats.SUM, period), whole: own(whole, Stats.SUM, period) },
    period,
    label,
  });
}

export function fallbacksByReason(): MathExpression {
  const expression = `SEARCH('{${NAMESPACE},Reason} MetricName="Fallbacks"', 'Sum', ${FIVE_MINUTES.toSeconds()})`;
  return new MathExpression({ expression, period: FIVE_MINUTES, label: '' });
}

/** CloudFront's metrics are in one region, wherever the stack is. */
export function edge(
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
