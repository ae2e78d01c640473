// The firewall, which must let a long game pass.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { game, one, resources } from './variants.js';

const config = (name: Parameters<typeof game>[0]) =>
  one(game(name), 'AWS::CloudFront::Distribution').Properties.DistributionConfig;

test('the firewall: each address has a limit, and the long query of a game passes', () => {
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
  // AWS blocks a query of more than 2 KB; a long game has one of 6 KB.
  assert.deepEqual(counted, [[], [{ Name: 'SizeRestrictions_QUERYSTRING', ActionToUse: { Count: {} } }]]);
  for (const { OverrideAction } of managed) assert.deepEqual(OverrideAction, { None: {} });
  // A sample would hold a game.
  for (const { SampledRequestsEnabled } of [VisibilityConfig, ...Rules.map((rule: any) => rule.VisibilityConfig)])
    assert.equal(SampledRequestsEnabled, false);
  const problem = JSON.parse(CustomResponseBodies.TooMany.Content);
  const said = readFileSync('../server/src/problem.rs', 'utf8');
  for (const word of [problem.type, problem.title])
    assert.ok(said.includes(`"${word}"`), `the server doesn't say ${word}`);
  assert.match(JSON.stringify(config('plain').WebACLId), /GateFirewallAcl/);
});

test('the firewall is on by default and can be left out', () => {
  assert.deepEqual(resources(game('bare'), 'AWS::WAFv2::WebACL'), {});
  assert.equal(config('bare').WebACLId, undefined);
});
