// Where the game is on AWS, and who asks: read as the CDK's command reads it.
import { existsSync, readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { App } from 'aws-cdk-lib';
import { EDGE_REGION, readSettings, SettingError, type Settings } from '../src/settings.js';

/** Something the operator must do first; its message is the one sentence that says what. */
export class Missing extends Error {}

/** The settings, as the app itself reads them: `-c name=value` before cdk.context.json. */
export function settings(args = process.argv.slice(2)): Settings {
  const file = new URL('../cdk.context.json', import.meta.url);
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
  const given = args
    .filter((_, index) => args[index - 1] === '-c')
    .map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]);
  try {
    return readSettings(new App({ context: { ...kept, ...Object.fromEntries(given) } }).node);
  } catch (error) {
    throw error instanceof SettingError ? new Missing(error.message) : error;
  }
}

/** The game's region. */
export async function region(): Promise<string> {
  const set = settings().region || process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  if (set) return set;
  try {
    return await new STSClient({}).config.region();
  } catch {
    throw new Missing('no region is set: give -c region=eu-central-1, or AWS_REGION, or a profile that has one');
  }
}

/** The account that the credentials belong to. */
export async function account(): Promise<string> {
  const client = new STSClient({ region: await region(), maxAttempts: 2 });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Account ?? '';
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'CredentialsProviderError') {
      throw new Missing(
        'no AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      );
    }
    if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(message))
      throw new Missing(`AWS can't be reached (${message})`);
    throw new Missing(`the AWS credentials don't work (${name}: ${message})`);
  }
}

/** A stack, if it is there. */
export async function stack(name: string, where: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await new CloudFormationClient({ region: where }).send(
      new DescribeStacksCommand({ StackName: name }),
    );
    return Stacks?.[0];
  } catch (error) {
    if ((error as Error).name === 'ValidationError') return undefined;
    throw error;
  }
}

/** What a deployed stack says of itself. */
export async function output(name: string): Promise<string> {
  const where = await region();
  const value = (await stack('TwentyQuestions', where))?.Outputs?.find(
    ({ OutputKey }) => OutputKey === name,
  )?.OutputValue;
  if (value === undefined)
    throw new Missing(`the game is not in ${where}: \`make deploy\` first, or give the region that it is in`);
  return value;
}

/** The regions that the CDK must have been prepared in. */
export async function regions(): Promise<string[]> {
  return [...new Set([await region(), EDGE_REGION])];
}

/** Runs a command; what the operator must do is a sentence, any other failure one with its name. */
export async function command(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const { name, message } = error as Error;
    console.error(error instanceof Missing ? message : `AWS says: ${name}: ${message}`);
    process.exitCode = 1;
  }
}
