// The alarms; README.md says what to do about each.
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
  type CreateAlarmOptions,
  type IAlarmAction,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { DAY, FIVE_MINUTES, serverMetric } from './metrics.js';
import type { Settings } from './settings.js';

/** With fewer moves or games than these, a percentage says nothing. */
const ENOUGH_MOVES = 20;
const ENOUGH_GAMES = 50;

/** The normal range of the AI's win rate, in percent. */
const NORMAL = { from: 20, to: 99 };

interface Condition extends Omit<CreateAlarmOptions, 'evaluationPeriods'> {
  readonly metric: IMetric;
  readonly evaluationPeriods?: number;
}

export class Alarms extends Construct {
  readonly all: Alarm[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly action: IAlarmAction | undefined,
  ) {
    super(scope, id);
  }

  /** Adds the alarms on metrics of the function's own region. */
  watch(proxy: Function, { dollars, emulator }: Pick<Settings, 'dollars' | 'emulator'>): void {
    const errors = proxy.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM });
    const throttles = proxy.metricThrottles({ period: FIVE_MINUTES, statistic: Stats.SUM });
    const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
    this.add('Errors', 'The function crashed or timed out', { metric: errors, threshold: 1 });
    this.add('Throttles', 'Players were turned away because every instance of the function was busy', {
      metric: throttles,
      threshold: 1,
    });
    this.add('Latency', '5 % of the moves take more than ten seconds', {
      metric: serverMetric('Latency', Stats.p(95)),
      threshold: 10_000,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
    });
    this.add(
      'KeyTrouble',
      'The model rejects every request because of its key, quota, name or address; only the operator can fix that',
      {
        metric: serverMetric('Alarms'),
        threshold: 1,
      },
    );
    this.add('KeyMissing', 'No API key is set, so the built-in guesser plays: `make key`', {
      metric: serverMetric('KeyMissing'),
      threshold: 1,
    });
    this.add('ModelEnds', 'OpenAI will shut the model down in less than 30 days', {
      metric: serverMetric('ModelDaysLeft', Stats.MINIMUM, Duration.hours(1)),
      threshold: 30,
      comparisonOperator: LESS_THAN_THRESHOLD,
    });
    this.add('Dollars', `The model has cost more than ${dollars} dollars today (UTC)`, {
      metric: serverMetric('Dollars', Stats.SUM, DAY),
      threshold: dollars,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    });
    // MiniStack doesn't support alarms on metric math.
    if (!emulator) this.watchPercentages();
  }

  private watchPercentages(): void {
    this.add('Fallbacks', 'The model failed and the guesser moved instead in over 20 % of the moves', {
      metric: new MathExpression({
        expression: `IF(moves >= ${ENOUGH_MOVES}, 100 * fallbacks / moves, 0)`,
        usingMetrics: { moves: serverMetric('Moves'), fallbacks: serverMetric('Fallbacks') },
        period: FIVE_MINUTES,
        label: 'Fallbacks, % of all moves',
      }),
      threshold: 20,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
    });
    this.add('WinShare', `The AI won less than ${NORMAL.from} % or more than ${NORMAL.to} % of the games of a day`, {
      metric: new MathExpression({
        expression: `IF(games >= ${ENOUGH_GAMES} AND (100 * wins < ${NORMAL.from} * games OR 100 * wins > ${NORMAL.to} * games), 1, 0)`,
        usingMetrics: { games: serverMetric('Games', Stats.SUM, DAY), wins: serverMetric('AiWins', Stats.SUM, DAY) },
        period: DAY,
        label: 'Win rate outside the normal range',
      }),
      threshold: 1,
    });
  }

  /** Adds the alarm on CloudFront, whose metrics are in us-east-1. */
  watchEdge(distributionId: string): void {
    const metric = new Metric({
      namespace: 'AWS/CloudFront',
      metricName: '5xxErrorRate',
      dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
      statistic: Stats.AVERAGE,
      period: FIVE_MINUTES,
    });
    this.add('EdgeErrors', 'More than 5 % of all responses are server errors', {
      metric,
      threshold: 5,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
    });
  }

  /** Missing data is fine: it means that nobody plays. */
  private add(id: string, alarmDescription: string, condition: Condition): void {
    const alarm = new Alarm(this, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
      ...condition,
    });
    if (this.action) {
      alarm.addAlarmAction(this.action);
      alarm.addOkAction(this.action);
    }
    this.all.push(alarm);
  }
}
