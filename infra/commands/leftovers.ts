// After `cdk destroy`: removes the log groups that a late line has brought back, and says what stays.
import { CloudWatchLogsClient, DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { NAME } from '../src/game.js';
import { command, Missing, regions, stack } from './place.js';

/** Names that CloudFormation and Lambda make of the parts of our stack, and of nothing else. */
const OURS = new RegExp(
  `^(${NAME}-(ProxyLog|SiteLog|EmptyingLog)|/aws/lambda/${NAME}-(ProxyFunction|Custom(CDKBucketDeployment|S3AutoDelete)))`,
);

await command(async () => {
  for (const where of await regions()) {
    for (const suffix of ['', 'Gate', 'Watch']) {
      const left = await stack(`${NAME}${suffix}`, where);
      if (left !== undefined)
        throw new Missing(
          `the stack ${left.StackName} in ${where} is still there (${left.StackStatus}): run this again`,
        );
    }
    const client = new CloudWatchLogsClient({ region: where });
    for (const prefix of [`/aws/lambda/${NAME}-`, `${NAME}-`]) {
      const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: prefix }));
      for (const { logGroupName } of logGroups?.filter((group) => OURS.test(group.logGroupName ?? '')) ?? []) {
        await client.send(new DeleteLogGroupCommand({ logGroupName }));
        console.log(`removed the log group ${logGroupName} in ${where}`);
      }
    }
    const toolkit = await stack('CDKToolkit', where);
    if (toolkit)
      console.log(
        `The CDK's own stack CDKToolkit stays in ${where}, with the uploaded packages in its bucket: other CDK apps may use it.`,
      );
  }
  console.log('The metrics stay in CloudWatch for 15 months, without cost. Nothing else of the game is left.');
});
