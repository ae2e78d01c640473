// After `cdk destroy`: removes log groups that a late log line has created again, and prints what remains.
import { CloudWatchLogsClient, DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { NAME } from '../src/app.js';
import { command, OperatorError, regions, stack } from './aws.js';

/** The names that CloudFormation and Lambda give to log groups of our stacks. */
const OURS = new RegExp(
  `^(${NAME}-(ProxyLog|SiteLog|EmptyingLog)|/aws/lambda/${NAME}-(ProxyFunction|Custom(CDKBucketDeployment|S3AutoDelete)))`,
);

await command(async () => {
  for (const where of await regions()) {
    for (const suffix of ['', 'Gate', 'Watch']) {
      const left = await stack(`${NAME}${suffix}`, where);
      if (left !== undefined)
        throw new OperatorError(
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
        `The CDK's own stack CDKToolkit remains in ${where}, with the uploaded packages in its bucket, because other CDK apps may use it.`,
      );
  }
  console.log('The metrics remain in CloudWatch for 15 months, free of charge. Nothing else of the game is left.');
});
