// The firewall, which must allow the long query of a long game.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverSource } from './server.js';
import { game, one, resources } from './variants.js';

const config = (name: Parameters<typeof game>[0]) =>
  one(game(name), 'AWS::CloudFront::Distribution').Properties.DistributionConfig;

test('the firewall limits each address and allows the long query of a game', () => {
  const { Scope, DefaultAction, Rules, CustomResponseBodies, VisibilityConfig } = one(
    game('plain'),
    'AWS::WAFv2::WebACL',
  ).Properties;
  assert.deepEqual([Scope, DefaultAction], ['CLOUDFRONT', { Allow: {} }]);
  const [rate, ...managed] = Rules;
  const { Limit, EvaluationWindowSec, AggregateKeyType, ScopeDownStatement } = rate.Statement.RateBasedStatement;
  assert.deepEqual([Limit, EvaluationWindowSec, AggregateKeyType], [2000, 300, 'IP']);
  assert.deepEqual(
    [ScopeDownStatement.ByteMatchStatement.SearchString, ScopeDownStatement.ByteMatchStatement.PositionalConstraint],
    ['/api/', 'STARTS_WITH'],
  );
  assert.deepEqual(rate.Action, { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: 'TooMany' } } });
  assert.deepEqual(
    managed.map(({ Statement }: any) => Statement.ManagedRuleGroupStatement.Name),
    ['AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesCommonRuleSet'],
  );
  const counted = managed.map(({ Statement }: any) => Statement.ManagedRuleGroupStatement.RuleActionOverrides);
  // AWS's rule blocks queries over 2 KB; the longest game makes 7 KB.
  assert.deepEqual(counted, [[], [{ Name: 'SizeRestrictions_QUERYSTRING', ActionToUse: { Count: {} } }]]);
  for (const { OverrideAction } of managed) assert.deepEqual(OverrideAction, { None: {} });
  // Samples would contain games.
  for (const { SampledRequestsEnabled } of [VisibilityConfig, ...Rules.map((rule: any) => rule.VisibilityConfig)])
    assert.equal(SampledRequestsEnabled, false);
  const problem = JSON.parse(CustomResponseBodies.TooMany.Content);
  const server = serverSource();
  for (const text of [problem.type, problem.title])
    assert.ok(server.includes(`"${text}"`), `the server has no "${text}"`);
  assert.match(JSON.stringify(config('plain').WebACLId), /GateFirewallAcl/);
});

test('the firewall is on by default and can be turned off', () => {
  assert.deepEqual(resources(game('bare'), 'AWS::WAFv2::WebACL'), {});
  assert.equal(config('bare').WebACLId, undefined);
});
