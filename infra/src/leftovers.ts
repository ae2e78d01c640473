// Keeps what the CDK adds from outliving the stack.
import { CfnResource, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { TAG } from './settings.js';

/**
 * The function that empties the bucket writes to a log group that Lambda makes for it and nobody
 * removes. It gets one of the stack's own, and only the right to write to that.
 */
export function sweep(stack: Stack): void {
  const provider = stack.node.tryFindChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  const role = provider?.node.tryFindChild('Role');
  const handler = provider?.node.tryFindChild('Handler');
  if (!(role instanceof CfnResource && handler instanceof CfnResource)) {
    throw new Error('the CDK no longer has the function that empties a bucket where it was');
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
  // Both are older than the CDK's tags and don't take part in them.
  for (const part of [role, handler])
    part.addPropertyOverride(
      'Tags',
      [TAG].map(({ key, value }) => ({ Key: key, Value: value })),
    );
}
