// Where alarms go.
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
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
  topic.addSubscription(new EmailSubscription(address));
  return new SnsAction(topic);
}
