// Rules for all resources of all stacks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { one, resources, game, variant, VARIANTS, type Resource, type Variant } from './variants.js';

/** Types that don't support tags. */
const UNTAGGABLE = new Set([
  'AWS::Budgets::Budget',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::MonitoringSubscription',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::IAM::Policy',
  'AWS::Lambda::Alias',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::Lambda::Version',
  'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'Custom::CDKBucketDeployment',
  'Custom::S3AutoDeleteObjects',
]);

function* all(): Generator<[string, Resource]> {
  for (const name of Object.keys(VARIANTS) as Variant[]) {
    for (const [stack, template] of Object.entries(variant(name).templates)) {
      const found = (template.toJSON()['Resources'] ?? {}) as Record<string, Resource>;
      for (const [id, resource] of Object.entries(found)) yield [`${id} in ${stack} of ${name}`, resource];
    }
  }
}

test('every resource that supports tags has ours', () => {
  for (const [what, { Type, Properties }] of all()) {
    const tags = (Properties?.Tags ?? Properties?.ResourceTags ?? []) as { Key: string; Value: string }[];
    const isTagged = tags.some(({ Key, Value }) => Key === 'app' && Value === 'twenty-questions');
    assert.ok(UNTAGGABLE.has(Type) || isTagged, `${what}, ${Type}`);
  }
});

test('nothing is retained when the stack is removed', () => {
  for (const [what, resource] of all()) {
    const { Type, DeletionPolicy } = resource;
    assert.notEqual(DeletionPolicy, 'Retain', what);
    assert.notEqual((resource as { UpdateReplacePolicy?: string }).UpdateReplacePolicy, 'Retain', what);
    // Delete is CloudFormation's default, but the CDK's default for resources with data is Retain.
    if (['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret'].includes(Type))
      assert.equal(DeletionPolicy, 'Delete', what);
  }
});

test('each function writes to a log group of the stack, and none may create one', () => {
  for (const name of Object.keys(VARIANTS) as Variant[]) {
    const groups = Object.keys(resources(game(name), 'AWS::Logs::LogGroup'));
    const functions = Object.entries(resources(game(name), 'AWS::Lambda::Function'));
    assert.equal(functions.length, 3);
    assert.equal(groups.length, 3);
    for (const [id, { Properties }] of functions)
      assert.ok(groups.includes(Properties.LoggingConfig?.LogGroup?.Ref), `${id} of ${name}`);
    for (const [id, { Properties }] of Object.entries(resources(game(name), 'AWS::IAM::Role'))) {
      assert.equal(Properties.ManagedPolicyArns, undefined, `${id} of ${name}`);
    }
  }
});

test('no permission is for all resources, except the invalidation, which the CDK grants for all distributions', () => {
  const wide = Object.entries(resources(game('plain'), 'AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
    Properties.PolicyDocument.Statement.filter(
      ({ Resource, Effect }: any) => Resource === '*' && Effect === 'Allow',
    ).map(({ Action }: any) => [id, Action]),
  );
  assert.deepEqual(
    wide.map(([id, actions]: [string, string[]]) => [id.startsWith('SiteUploader'), actions]),
    [[true, ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation']]],
  );
});

test('the stack has the outputs that commands and operators use', () => {
  for (const name of ['plain', 'elsewhere', 'everything'] as const) {
    const own = Object.keys(game(name).findOutputs('*')).filter((id) => !id.startsWith('PublishOutput'));
    assert.deepEqual(
      own.sort(),
      ['Address', 'Bucket', 'DashboardAddress', 'DistributionId', 'FunctionName', 'LogGroup', 'SecretArn'],
      name,
    );
  }
  assert.equal(one(game('plain'), 'AWS::CloudWatch::Dashboard').Properties.DashboardName, 'TwentyQuestions');
});
