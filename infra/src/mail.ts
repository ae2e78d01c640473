// Where alarms go.
import { Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/**
 * A topic with one subscriber, who must confirm the first mail. It isn't encrypted at rest: CloudWatch
 * can write only to a topic with a key of one's own, which costs a dollar a month to hide names of alarms.
 */
export function mail(scope: Construct, address: string): IAlarmAction | undefined {
  if (address === '') return undefined;
  const topic = new Topic(scope, 'Mail', { displayName: 'Twenty Questions', enforceSSL: true });
  // With a policy of its own a topic loses the one by which CloudWatch may write to it.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  topic.addSubscription(new EmailSubscription(address));
  return new SnsAction(topic);
}
