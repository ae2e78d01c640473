// Dashboard, alarms, e-mail and budget.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SERVER_METRICS } from '../src/metrics.js';
import { serverSource } from './server.js';
import { game, one, resources, template, variant } from './variants.js';

type Alarm = Record<string, any>;
const alarms = (from = game('plain')): Record<string, Alarm> =>
  Object.fromEntries(
    Object.entries(resources(from, 'AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => [
      id.replace(/^Alarms|.{8}$/g, ''),
      Properties,
    ]),
  );

test('each alarm watches its metric', () => {
  const conditions = Object.entries(alarms()).map(
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
  assert.deepEqual(conditions, [
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

test('the metric math uses the right metrics', () => {
  const metrics = (name: string) =>
    Object.fromEntries(
      alarms()
        [name]!['Metrics'].filter(({ MetricStat }: Alarm) => MetricStat)
        .map(({ Id, MetricStat: { Metric, Stat, Period } }: Alarm) => [
          Id,
          `${Metric.Namespace} ${Metric.MetricName} ${Stat} in ${Period}`,
        ]),
    );
  assert.deepEqual(metrics('Fallbacks'), {
    moves: 'TwentyQuestions Moves Sum in 300',
    fallbacks: 'TwentyQuestions Fallbacks Sum in 300',
  });
  assert.deepEqual(metrics('WinShare'), {
    games: 'TwentyQuestions Games Sum in 86400',
    wins: 'TwentyQuestions AiWins Sum in 86400',
  });
});

test('no traffic raises no alarm, and every alarm has a description', () => {
  for (const [name, { TreatMissingData, AlarmDescription }] of Object.entries(alarms())) {
    assert.equal(TreatMissingData, 'notBreaching', name);
    assert.ok(AlarmDescription.length > 20, name);
  }
});

test('the server publishes every metric under the name that is used here', () => {
  const server = serverSource();
  const unknown = SERVER_METRICS.filter((name) => !server.includes(`"${name}"`));
  assert.deepEqual(unknown, []);
  assert.match(server, /NAMESPACE: &str = "TwentyQuestions"/);
  assert.match(server, /"Dimensions": \[\["Reason"\]\]/);
});

test('with an e-mail address, every alarm and every recovery is reported there', () => {
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
  const statements = Statement.map(({ Effect, Principal, Action, Condition }: Alarm) => [
    Effect,
    Principal,
    Action,
    Condition,
  ]);
  assert.deepEqual(statements, [
    ['Deny', '*', 'sns:Publish', { Bool: { 'aws:SecureTransport': 'false' } }],
    // Without this statement CloudWatch could not publish.
    [
      'Allow',
      { Service: 'cloudwatch.amazonaws.com' },
      'sns:Publish',
      { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    ],
  ]);
});

test('without an e-mail address there are alarms but no topic', () => {
  for (const [name, { AlarmActions }] of Object.entries(alarms())) assert.equal(AlarmActions, undefined, name);
  assert.deepEqual(resources(game('plain'), 'AWS::SNS::Topic'), {});
});

test("the alarm on CloudFront is in the region of CloudFront's metrics", () => {
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

test('the dashboard shows whether the game works and whether it is any good', () => {
  for (const name of ['plain', 'elsewhere'] as const) {
    const body = JSON.stringify(one(game(name), 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
    const shows = (text: string) => assert.ok(body.includes(text), `${name}: ${text}`);
    [
      'Does it work?',
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
    SERVER_METRICS.forEach((name) => shows(name));
    // CloudFront's metrics are in us-east-1, wherever the dashboard is.
    assert.match(body, /\\"5xxErrorRate\\".*?\\"region\\":\\"us-east-1\\"/);
    assert.ok(!body.includes('CacheHitRate'));
  }
  assert.ok(JSON.stringify(one(game('everything'), 'AWS::CloudWatch::Dashboard')).includes('CacheHitRate'));
});

test('a budget notifies at 80 and 100 percent, and at a forecast of 100 percent', () => {
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
