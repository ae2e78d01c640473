// Dashboard, alarms, mail and budget.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { OWN } from '../src/figures.js';
import { game, one, resources, template, variant } from './variants.js';

type Alarm = Record<string, any>;
const alarms = (from = game('plain')): Record<string, Alarm> =>
  Object.fromEntries(
    Object.entries(resources(from, 'AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => [
      id.replace(/^Alarms|.{8}$/g, ''),
      Properties,
    ]),
  );

test('each alarm watches its figure', () => {
  const said = Object.entries(alarms()).map(
    ([
      name,
      {
        Namespace,
        MetricName,
        Statistic,
        ExtendedStatistic,
        Period,
        EvaluationPeriods,
        ComparisonOperator,
        Threshold,
        Metrics,
      },
    ]) => [
      name,
      Metrics
        ? Metrics.find(({ Expression }: Alarm) => Expression).Expression
        : `${Namespace} ${MetricName} ${Statistic ?? ExtendedStatistic} in ${Period}`,
      EvaluationPeriods,
      ComparisonOperator.replace('Threshold', ''),
      Threshold,
    ],
  );
  assert.deepEqual(said, [
    ['Errors', 'AWS/Lambda Errors Sum in 300', 1, 'GreaterThanOrEqualTo', 1],
    ['Throttles', 'AWS/Lambda Throttles Sum in 300', 1, 'GreaterThanOrEqualTo', 1],
    ['Latency', 'TwentyQuestions Latency p95 in 300', 3, 'GreaterThan', 10_000],
    ['KeyTrouble', 'TwentyQuestions Alarms Sum in 300', 1, 'GreaterThanOrEqualTo', 1],
    ['KeyMissing', 'TwentyQuestions KeyMissing Sum in 300', 1, 'GreaterThanOrEqualTo', 1],
    ['ModelEnds', 'TwentyQuestions ModelDaysLeft Minimum in 3600', 1, 'LessThan', 30],
    ['Dollars', 'TwentyQuestions Dollars Sum in 86400', 1, 'GreaterThan', 10],
    ['Fallbacks', 'IF(moves >= 20, 100 * fallbacks / moves, 0)', 2, 'GreaterThan', 20],
    [
      'WinShare',
      'IF(games >= 50 AND (100 * wins < 20 * games OR 100 * wins > 99 * games), 1, 0)',
      1,
      'GreaterThanOrEqualTo',
      1,
    ],
    ['EdgeErrors', 'AWS/CloudFront 5xxErrorRate Average in 300', 2, 'GreaterThan', 5],
  ]);
});

test('the formulas are over the right figures', () => {
  const figures = (name: string) =>
    Object.fromEntries(
      alarms()
        [name]!['Metrics'].filter(({ MetricStat }: Alarm) => MetricStat)
        .map(({ Id, MetricStat: { Metric, Stat, Period } }: Alarm) => [
          Id,
          `${Metric.Namespace} ${Metric.MetricName} ${Stat} in ${Period}`,
        ]),
    );
  assert.deepEqual(figures('Fallbacks'), {
    moves: 'TwentyQuestions Moves Sum in 300',
    fallbacks: 'TwentyQuestions Fallbacks Sum in 300',
  });
  assert.deepEqual(figures('WinShare'), {
    games: 'TwentyQuestions Games Sum in 86400',
    wins: 'TwentyQuestions AiWins Sum in 86400',
  });
});

test('no traffic is no alarm, and every alarm says what is wrong', () => {
  for (const [name, { TreatMissingData, AlarmDescription }] of Object.entries(alarms())) {
    assert.equal(TreatMissingData, 'notBreaching', name);
    assert.ok(AlarmDescription.length > 20, name);
  }
});

test('every figure of ours has the name that the server gives it', () => {
  const server = readFileSync('../server/src/metrics.rs', 'utf8');
  // A server that can't read its key from the secret can't say that it is missing.
  const readsSecret = readFileSync('../server/src/config/variables.rs', 'utf8').includes('"SECRET_ARN"');
  const unknown = OWN.filter((name) => !server.includes(`"${name}"`));
  assert.deepEqual(unknown, readsSecret ? [] : ['KeyMissing']);
  assert.match(server, /NAMESPACE: &str = "TwentyQuestions"/);
  assert.match(server, /"Dimensions": \[\["Reason"\]\]/);
});

test('with an address every alarm goes there, and comes back as well', () => {
  const watched = {
    ...alarms(game('everything')),
    ...alarms(template(variant('elsewhere'), 'TwentyQuestionsWatch')),
    ...alarms(game('elsewhere')),
  };
  assert.equal(Object.keys(watched).length, 10);
  for (const [name, { AlarmActions, OKActions }] of Object.entries(watched)) {
    assert.match(JSON.stringify(AlarmActions), /^\[\{"Ref":"Mail/, name);
    assert.deepEqual(OKActions, AlarmActions, name);
  }
  const { Protocol, Endpoint } = one(game('everything'), 'AWS::SNS::Subscription').Properties;
  assert.deepEqual([Protocol, Endpoint], ['email', 'operator@example.com']);
  const { Statement } = one(game('everything'), 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;
  const said = Statement.map(({ Effect, Principal, Action, Condition }: Alarm) => [
    Effect,
    Principal,
    Action,
    Condition,
  ]);
  assert.deepEqual(said, [
    ['Deny', '*', 'sns:Publish', { Bool: { 'aws:SecureTransport': 'false' } }],
    // Without this CloudWatch could not write there.
    [
      'Allow',
      { Service: 'cloudwatch.amazonaws.com' },
      'sns:Publish',
      { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    ],
  ]);
});

test('without an address there are alarms and no topic', () => {
  for (const [name, { AlarmActions }] of Object.entries(alarms())) assert.equal(AlarmActions, undefined, name);
  assert.deepEqual(resources(game('plain'), 'AWS::SNS::Topic'), {});
});

test("the alarm on CloudFront is where CloudFront's metrics are", () => {
  assert.equal(alarms(game('elsewhere'))['EdgeErrors'], undefined);
  const { EdgeErrors, ...others } = alarms(template(variant('elsewhere'), 'TwentyQuestionsWatch'));
  assert.deepEqual(others, {});
  const [distribution, region] = EdgeErrors!['Dimensions'];
  assert.deepEqual(region, { Name: 'Region', Value: 'Global' });
  assert.deepEqual(
    [distribution.Value['Fn::GetStackOutput'].StackName, distribution.Value['Fn::GetStackOutput'].Region],
    ['TwentyQuestions', 'eu-central-1'],
  );
});

test('the dashboard shows both levels', () => {
  for (const name of ['plain', 'elsewhere'] as const) {
    const body = JSON.stringify(one(game(name), 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
    const shows = (text: string) => assert.ok(body.includes(text), `${name}: ${text}`);
    [
      'Does it run?',
      'Is it any good?',
      'AWS/Lambda',
      'Throttles',
      'Invocations',
      '5xxErrorRate',
      '4xxErrorRate',
      'Requests',
    ].forEach(shows);
    [
      'p50',
      'p95',
      'p99',
      'MetricName=\\\\\\"Fallbacks\\\\\\"',
      '{TwentyQuestions,Reason}',
      '100 * part / whole',
    ].forEach(shows);
    // Every figure of the server is on it.
    OWN.forEach((figure) => shows(figure));
    // CloudFront's metrics are in us-east-1, wherever the dashboard is.
    assert.match(body, /\\"5xxErrorRate\\".*?\\"region\\":\\"us-east-1\\"/);
    assert.ok(!body.includes('CacheHitRate'));
  }
  assert.ok(JSON.stringify(one(game('everything'), 'AWS::CloudWatch::Dashboard')).includes('CacheHitRate'));
});

test('a budget tells of 80 and 100 percent, and of what is to come', () => {
  assert.deepEqual(resources(game('plain'), 'AWS::Budgets::Budget'), {});
  const { Budget, NotificationsWithSubscribers } = one(game('everything'), 'AWS::Budgets::Budget').Properties;
  assert.deepEqual(Budget, { BudgetLimit: { Amount: 50, Unit: 'USD' }, BudgetType: 'COST', TimeUnit: 'MONTHLY' });
  assert.deepEqual(
    NotificationsWithSubscribers.map(
      ({ Notification: { NotificationType, Threshold }, Subscribers: [{ Address }] }: Alarm) => [
        NotificationType,
        Threshold,
        Address,
      ],
    ),
    [
      ['ACTUAL', 80, 'operator@example.com'],
      ['ACTUAL', 100, 'operator@example.com'],
      ['FORECASTED', 100, 'operator@example.com'],
    ],
  );
});
