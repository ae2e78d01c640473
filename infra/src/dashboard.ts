// The one page that shows whether the game runs, and whether it is any good.
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
import { DAY, edge, fallbacksByReason, FIVE_MINUTES, own, share } from './figures.js';

export interface Shown {
  readonly name: string;
  readonly proxy: Function;
  readonly distribution: Distribution;
  readonly alarms: Alarm[];
  /** Whether CloudFront says how often it answers from its cache. */
  readonly edgeMetrics: boolean;
}

export function dashboard(scope: Construct, id: string, shown: Shown): Dashboard {
  return new Dashboard(scope, id, {
    dashboardName: shown.name,
    defaultInterval: DAY,
    widgets: [[heading('Does it run?')], ...operation(shown), [heading('Is it any good?')], ...game()],
  });
}

/** Errors, waiting, trouble with the model, caches and cost. */
function operation({ proxy, distribution, alarms, edgeMetrics }: Shown): IWidget[][] {
  const period = FIVE_MINUTES;
  const statistic = Stats.SUM;
  const errors = [
    proxy.metricErrors({ period, statistic, label: 'Function errors' }),
    proxy.metricThrottles({ period, statistic, label: 'Throttled' }),
  ];
  const percentiles = [50, 95, 99].map((percent) => own('Latency', Stats.p(percent), period, `p${percent}`));
  const edgeErrors = [
    edge(distribution, '4xxErrorRate', Stats.AVERAGE, '4xx in percent'),
    edge(distribution, '5xxErrorRate', Stats.AVERAGE, '5xx in percent'),
  ];
  const hits = [share('CacheHits', 'Moves', 'Moves from the cache of the function, in percent')];
  const edgeHits = edgeMetrics
    ? [edge(distribution, 'CacheHitRate', Stats.AVERAGE, 'Requests from the cache of CloudFront, in percent')]
    : [];
  return [
    [new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 })],
    [
      graph('Errors of the function', errors),
      graph('Milliseconds for a move', percentiles),
      graph('Errors at the edge', edgeErrors),
    ],
    [
      graph("Moves of the house in the model's stead, by reason", [fallbacksByReason()]),
      graph('Key, quota or model trouble', [own('Alarms'), own('KeyMissing'), own('ModelFaults')]),
      graph('Caches', [...hits, ...edgeHits]),
    ],
    [
      graph('Dollars for the model', [own('Dollars', statistic, DAY, 'Dollars a day')]),
      graph('Tokens', [own('TokensIn'), own('TokensOut')]),
      graph('Load', [
        edge(distribution, 'Requests', Stats.SUM, 'Requests at the edge'),
        proxy.metricInvocations({ period, statistic, label: 'Invocations' }),
        own('ModelCalls'),
      ]),
    ],
  ];
}

/** How the games go. */
function game(): IWidget[][] {
  const wins = share('AiWins', 'Games', 'Games that the AI won, in percent', DAY);
  const moves = own('GameMoves', Stats.AVERAGE, DAY, 'Moves of a game');
  return [
    [
      new SingleValueWidget({
        title: 'The last day',
        metrics: [
          own('Games', Stats.SUM, DAY),
          wins,
          moves,
          own('ModelDaysLeft', Stats.MINIMUM, DAY, 'Days that the model has left'),
        ],
        width: 24,
        height: 4,
      }),
    ],
    [
      graph('Games that the AI won, in percent', [wins], 0, 100),
      graph('Moves of a game', [moves], 0, 20),
      graph('Replies that had to be mended', [own('RepeatsRefused'), own('Repairs')]),
    ],
    [
      graph('Who moves', [own('Moves'), own('HouseMoves')]),
      graph('Games', [own('Games', Stats.SUM, DAY, 'Games a day')]),
    ],
  ];
}

function heading(markdown: string): IWidget {
  return new TextWidget({ markdown: `## ${markdown}`, width: 24, height: 1 });
}

function graph(title: string, left: IMetric[], min = 0, max?: number): IWidget {
  return new GraphWidget({ title, left, width: 8, leftYAxis: { min, ...(max !== undefined && { max }) } });
}
