// Says who deploys and where, and prints which places the CDK must still be prepared in, one a line.
import { account, command, region, regions, stack } from './place.js';

await command(async () => {
  const id = await account();
  console.error(`AWS account ${id}, region ${await region()}`);
  for (const where of await regions()) {
    if ((await stack('CDKToolkit', where)) === undefined) console.log(`aws://${id}/${where}`);
  }
});
