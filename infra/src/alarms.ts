// What calls the operator; infra/README.md says what to do about each.
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
import { DAY, FIVE_MINUTES, own } from './figures.js';
import type { Settings } from './settings.js';

/** Fewer moves or games than these say nothing of a share. */
const ENOUGH_MOVES = 20;
const ENOUGH_GAMES = 50;

/** The share of games that the AI wins, in percent, that nobody need look at. */
const ORDINARY = { from: 20, to: 99 };

interface Watched extends Omit<CreateAlarmOptions, 'evaluationPeriods'> {
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

  /** All that can be watched in the function's own region. */
  watch(proxy: Function, { dollars, emulator }: Pick<Settings, 'dollars' | 'emulator'>): void {
    const errors = proxy.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM });
    const throttles = proxy.metricThrottles({ period: FIVE_MINUTES, statistic: Stats.SUM });
    const { GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
    this.add('Errors', 'The function crashed or ran out of time', { metric: errors, threshold: 1 });
    this.add('Throttles', 'More players than the function may have copies', { metric: throttles, threshold: 1 });
    this.add('Latency', 'One player in twenty waits more than ten seconds for a move', {
      metric: own('Latency', Stats.p(95)),
      threshold: 10_000,
      comparisonOperator: GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
    });
    this.add('KeyTrouble', 'The model refuses: key, quota, model or address, which only the operator can mend', {
      metric: own('Alarms'),
      threshold: 1,
    });
    this.add('KeyMissing', 'The house plays, since no key is set: `make key`', {
      metric: own('KeyMissing'),
      threshold: 1,
    });
    this.add('ModelEnds', 'The model will be shut down in less than thirty days', {
      metric: own('ModelDaysLeft', Stats.MINIMUM, Duration.hours(1)),
      threshold: 30,
      comparisonOperator: LESS_THAN_THRESHOLD,
    });
    this.add('Dollars', `The model has cost more than ${dollars} dollars in a day`, {
      metric: own('Dollars', Stats.SUM, DAY),
      threshold: dollars,
      comparisonOperator: GREATER_THAN_THRESHOLD,
    });
    // MiniStack has no alarms on formulas.
    if (!emulator) this.watchShares();
  }

  private watchShares(): void {
    this.add('Fallbacks', "The house had to make more than a fifth of the moves in the model's stead", {
      metric: new MathExpression({
        expression: `IF(moves >= ${ENOUGH_MOVES}, 100 * fallbacks / moves, 0)`,
        usingMetrics: { moves: own('Moves'), fallbacks: own('Fallbacks') },
        period: FIVE_MINUTES,
        label: 'Fallbacks in percent of the moves',
      }),
      threshold: 20,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
    });
    this.add('WinShare', `The AI wins less than ${ORDINARY.from} or more than ${ORDINARY.to} of 100 games in a day`, {
      metric: new MathExpression({
        expression: `IF(games >= ${ENOUGH_GAMES} AND (100 * wins < ${ORDINARY.from} * games OR 100 * wins > ${ORDINARY.to} * games), 1, 0)`,
        usingMetrics: { games: own('Games', Stats.SUM, DAY), wins: own('AiWins', Stats.SUM, DAY) },
        period: DAY,
        label: 'Share of won games out of the ordinary',
      }),
      threshold: 1,
    });
  }

  /** In us-east-1, where CloudFront's metrics are. */
  watchEdge(distributionId: string): void {
    const metric = new Metric({
      namespace: 'AWS/CloudFront',
      metricName: '5xxErrorRate',
      dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
      statistic: Stats.AVERAGE,
      period: FIVE_MINUTES,
    });
    this.add('EdgeErrors', 'More than one answer in twenty is a server error', {
      metric,
      threshold: 5,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 2,
    });
  }

  /** Without traffic there is nothing to say, so missing data is fine. */
  private add(id: string, alarmDescription: string, watched: Watched): void {
    const alarm = new Alarm(this, id, {
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
      ...watched,
    });
    if (this.action) {
      alarm.addAlarmAction(this.action);
      alarm.addOkAction(this.action);
    }
    this.all.push(alarm);
  }
}
