// The account, region, settings and stacks of the game, determined as the CDK's own command does.
import { existsSync, readFileSync } from 'node:fs';
import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { App } from 'aws-cdk-lib';
import { EDGE_REGION, readSettings, SettingError, type Settings } from '../src/settings.js';

/** A problem that the operator can fix; the message says how. */
export class OperatorError extends Error {}

/** The settings. As in the app, `-c name=value` overrides cdk.context.json. */
export function settings(args = process.argv.slice(2)): Settings {
  const file = new URL('../cdk.context.json', import.meta.url);
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
  const given = args
    .filter((_, index) => args[index - 1] === '-c')
    .map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]);
  return readSettings(new App({ context: { ...stored, ...Object.fromEntries(given) } }).node);
}

/** The region of the game. */
export async function region(): Promise<string> {
  const set = settings().region || process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'];
  if (set) return set;
  try {
    return await new STSClient({}).config.region();
  } catch {
    throw new OperatorError('no region is set: use -c region=eu-central-1, AWS_REGION, or a profile with a region');
  }
}

/** The ID of the account that the credentials belong to. */
export async function account(): Promise<string> {
  const client = new STSClient({ region: await region(), maxAttempts: 2 });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Account ?? '';
  } catch (cause) {
    const { name, code = '' } = cause as Error & { code?: string };
    if (name === 'CredentialsProviderError') {
      throw new OperatorError(
        'no AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      );
    }
    const isOffline = ['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code);
    throw new OperatorError(isOffline ? "AWS can't be reached" : "AWS doesn't accept the credentials", { cause });
  }
}

/** The stack with this name, or undefined if there is none. */
export async function stack(name: string, where: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await new CloudFormationClient({ region: where }).send(
      new DescribeStacksCommand({ StackName: name }),
    );
    return Stacks?.[0];
  } catch (error) {
    // CloudFormation has no error of its own for a stack that doesn't exist.
    if ((error as Error).name === 'ValidationError') return undefined;
    throw error;
  }
}

/** The value of an output of the deployed stack. */
export async function output(name: string): Promise<string> {
  const where = await region();
  const value = (await stack('TwentyQuestions', where))?.Outputs?.find(
    ({ OutputKey }) => OutputKey === name,
  )?.OutputValue;
  if (value === undefined)
    throw new OperatorError(`the game is not in ${where}: run \`make deploy\`, or set the region that it is in`);
  return value;
}

/** The regions of the game's stacks, where `cdk bootstrap` must have run. */
export async function regions(): Promise<string[]> {
  return [...new Set([await region(), EDGE_REGION])];
}

/** Runs a command. If it fails, prints one line, the chain of causes joined by colons. */
export async function command(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(chain(error as Error));
    process.exitCode = 1;
  }
}

/** An error and its causes. AWS's errors are best known by their names. */
function chain(error: Error & { code?: string }): string {
  const isOurs = error instanceof OperatorError || error instanceof SettingError;
  const text = isOurs ? error.message : `${error.name}: ${error.message || error.code}`;
  return error.cause instanceof Error ? `${text}: ${chain(error.cause)}` : text;
}
