// Makes sure that what the CDK adds is removed with the stack.
import { CfnResource, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { TAG } from './settings.js';

/**
 * The CDK's function that empties the bucket logs to a group that Lambda creates and nobody removes.
 * It gets a log group of this stack instead, and only the right to write to that one.
 */
export function preventLeftovers(stack: Stack): void {
  const provider = stack.node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  const role = provider?.node.tryFindChild('Role');
  const handler = provider?.node.tryFindChild('Handler');
  if (!(role instanceof CfnResource && handler instanceof CfnResource)) {
    throw new Error('the CDK has moved its function that empties a bucket: adapt src/leftovers.ts');
  }
  const log = new LogGroup(stack, 'EmptyingLog', {
    retention: RetentionDays.ONE_WEEK,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  role.addPropertyDeletionOverride('ManagedPolicyArns');
  role.addPropertyOverride('Policies', [
    {
      PolicyName: 'Log',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: log.logGroupArn },
        ],
      },
    },
  ]);
  handler.addPropertyOverride('LoggingConfig', { LogGroup: log.logGroupName });
  // The CDK doesn't pass its tags on to these two.
  for (const part of [role, handler])
    part.addPropertyOverride(
      'Tags',
      [TAG].map(({ key, value }) => ({ Key: key, Value: value })),
    );
}
