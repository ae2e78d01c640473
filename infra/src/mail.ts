// The e-mail topic of the alarms.
import { Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/**
 * A topic with one subscriber, who must confirm a first e-mail. It isn't encrypted at rest: CloudWatch would
 * need a customer-managed key for that, which costs a dollar a month, and the content is only alarm names.
 */
export function mail(scope: Construct, address: string): IAlarmAction | undefined {
  if (address === '') return undefined;
  const topic = new Topic(scope, 'Mail', { displayName: 'Twenty Questions', enforceSSL: true });
  // enforceSSL gives the topic a policy, which replaces the default one that lets CloudWatch publish.
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
