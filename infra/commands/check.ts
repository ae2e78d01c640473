// Prints who deploys and where to stderr, and to stdout every environment that still needs `cdk bootstrap`, one a line.
import { account, command, region, regions, stack } from './aws.js';

await command(async () => {
  const id = await account();
  console.error(`AWS account ${id}, region ${await region()}`);
  for (const name of await regions()) {
    if ((await stack('CDKToolkit', name)) === undefined) console.log(`aws://${id}/${name}`);
  }
});
