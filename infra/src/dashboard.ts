// The dashboard: whether the game works, and whether it is any good.
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  SingleValueWidget,
  Stats,
  TextWidget,
  type Alarm,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { cloudFrontMetric, DAY, fallbacksByReason, FIVE_MINUTES, percentage, serverMetric } from './metrics.js';

export interface DashboardProps {
  readonly name: string;
  readonly proxy: Function;
  readonly distribution: Distribution;
  readonly alarms: Alarm[];
  /** Whether CloudFront publishes its cache hit rate. */
  readonly edgeMetrics: boolean;
}

export function dashboard(scope: Construct, id: string, props: DashboardProps): Dashboard {
  return new Dashboard(scope, id, {
    dashboardName: props.name,
    defaultInterval: DAY,
    widgets: [[heading('Does it work?')], ...operation(props), [heading('Is it any good?')], ...game()],
  });
}

/** Errors, latency, trouble with the model, caches and costs. */
function operation({ proxy, distribution, alarms, edgeMetrics }: DashboardProps): IWidget[][] {
  const period = FIVE_MINUTES;
  const statistic = Stats.SUM;
  const errors = [
    proxy.metricErrors({ period, statistic, label: 'Errors' }),
    proxy.metricThrottles({ period, statistic, label: 'Throttled' }),
  ];
  const percentiles = [50, 95, 99].map((percent) => serverMetric('Latency', Stats.p(percent), period, `p${percent}`));
  const edgeErrors = [
    cloudFrontMetric(distribution, '4xxErrorRate', Stats.AVERAGE, '4xx, %'),
    cloudFrontMetric(distribution, '5xxErrorRate', Stats.AVERAGE, '5xx, %'),
  ];
  const hits = [percentage('CacheHits', 'Moves', "Moves from the function's cache, %")];
  const edgeHits = edgeMetrics
    ? [cloudFrontMetric(distribution, 'CacheHitRate', Stats.AVERAGE, "Requests from CloudFront's cache, %")]
    : [];
  return [
    [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 })],
    [
      graph('Function errors', errors),
      graph('Time for a move, ms', percentiles),
      graph('CloudFront errors', edgeErrors),
    ],
    [
      graph('Fallbacks to the guesser, by reason', [fallbacksByReason()]),
      graph('Trouble with key, quota or model', [
        serverMetric('Alarms'),
        serverMetric('KeyMissing'),
        serverMetric('ModelFaults'),
      ]),
      graph('Caches', [...hits, ...edgeHits]),
    ],
    [
      graph('Cost of the model', [serverMetric('Dollars', statistic, DAY, 'Dollars a day')]),
      graph('Tokens', [serverMetric('TokensIn'), serverMetric('TokensOut')]),
      graph('Load', [
        cloudFrontMetric(distribution, 'Requests', Stats.SUM, 'Requests to CloudFront'),
        proxy.metricInvocations({ period, statistic, label: 'Invocations' }),
        serverMetric('ModelCalls'),
      ]),
    ],
  ];
}

/** How well the AI plays. */
function game(): IWidget[][] {
  const wins = percentage('AiWins', 'Games', 'Games won by the AI, %', DAY);
  const moves = serverMetric('GameMoves', Stats.AVERAGE, DAY, 'Moves per game');
  return [
    [
      new SingleValueWidget({
        title: 'Last 24 hours',
        metrics: [
          serverMetric('Games', Stats.SUM, DAY),
          wins,
          moves,
          serverMetric('ModelDaysLeft', Stats.MINIMUM, DAY, 'Days until the model is shut down'),
        ],
        width: 24,
        height: 4,
      }),
    ],
    [
      graph('Games won by the AI, %', [wins], 0, 100),
      graph('Moves per game', [moves], 0, 20),
      graph('Repaired replies of the model', [serverMetric('RepeatsRefused'), serverMetric('Repairs')]),
    ],
    [
      graph('All moves and those of the guesser', [serverMetric('Moves'), serverMetric('GuesserMoves')]),
      graph('Games', [serverMetric('Games', Stats.SUM, DAY, 'Games a day')]),
    ],
  ];
}

function heading(markdown: string): IWidget {
  return new TextWidget({ markdown: `## ${markdown}`, width: 24, height: 1 });
}

function graph(title: string, left: IMetric[], min = 0, max?: number): IWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min, ...(max !== undefined && { max }) } });
}
