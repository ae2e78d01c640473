// Follows the log of the function, starting with the last ten minutes.
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { account, command, output, region } from './aws.js';

const POLL_MILLISECONDS = 2_000;

await command(async () => {
  await account();
  const logGroupName = await output('LogGroup');
  const isOnce = process.argv.includes('--once');
  const client = new CloudWatchLogsClient({ region: await region() });
  console.error(isOnce ? `${logGroupName}, last ten minutes` : `${logGroupName}, from ten minutes ago; Ctrl-C ends`);
  // Lines arrive late and out of order, so each request covers the last minute again; `shown` filters repeats.
  let startTime = Date.now() - 600_000;
  const shown = new Map<string, number>();
  for (;;) {
    let nextToken: string | undefined;
    do {
      const page = await client.send(new FilterLogEventsCommand({ logGroupName, startTime, nextToken }));
      for (const { eventId, logStreamName, timestamp = 0, message = '' } of page.events ?? []) {
        const id = eventId ?? `${logStreamName} ${timestamp} ${message}`;
        if (shown.has(id)) continue;
        shown.set(id, timestamp);
        console.log(`${new Date(timestamp).toISOString()}  ${message.trimEnd()}`);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    if (isOnce) return;
    startTime = Math.max(startTime, Date.now() - 60_000);
    for (const [id, timestamp] of shown) if (timestamp < startTime - 60_000) shown.delete(id);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
});
