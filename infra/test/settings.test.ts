// Invalid settings, and the messages that the operator gets.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { app, VARIANTS, type Context } from './variants.js';

const DOMAIN = { domain: 'twenty.example.com', zone: 'Z0123456789', zoneName: 'example.com' };

const REJECTED: [Context, RegExp][] = [
  [{ megabytes: '512' }, /^there is no setting megabytes; the settings are region, package, /],
  [{ memory: '64' }, /^memory is "64", but must be a whole number from 128 to 10240$/],
  [{ memory: '512MB' }, /^memory is "512MB", but must be a whole number/],
  [{ memory: '' }, /^memory is "", but/],
  [{ timeout: '30' }, /^timeout is "30", but must be a whole number from 3 to 29$/],
  [{ openings: '0' }, /^openings is "0", but must be a whole number from 1 to 64$/],
  [{ openings: '65' }, /^openings is "65", but must be/],
  [{ package: 'docker' }, /^package is "docker", but must be zip or image$/],
  [{ architecture: 'arm' }, /^architecture is "arm", but must be arm64 or x86_64$/],
  [{ firewall: 'yes' }, /^firewall is "yes", but must be true or false$/],
  [{ logDays: '31' }, /^logDays is "31", but must be one of 1, 3, 5, 7, /],
  [{ region: 'Frankfurt' }, /^region is "Frankfurt", but must be an AWS region/],
  [{ email: 'operator' }, /^email is "operator", but must be an e-mail address$/],
  [
    { certificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/0-1' },
    /^certificate is .*, but must be the ARN of a certificate in us-east-1$/,
  ],
  [{ model: 'gpt-4.1,,gpt-5' }, /^model is "gpt-4.1,,gpt-5", but must be model names/],
  [{ prices: '2' }, /^prices is "2", but must be a pair such as 2\/8/],
  [{ prices: '2/8' }, /^prices must have one pair for each name in model$/],
  [{ baseUrl: 'ftp://models' }, /^baseUrl is "ftp:\/\/models", but must be an https URL$/],
  [
    { baseUrl: 'http://models.example.com/v1' },
    /^baseUrl is http:\/\/models.example.com\/v1, but must be an https URL, because the API key is sent there$/,
  ],
  [
    { deadline: '22' },
    /^deadline, requestTimeout and timeout are 22, 22 and 25 seconds, but each must be less than the next/,
  ],
  [{ timeout: '22' }, /^deadline, requestTimeout and timeout are 20, 22 and 22 seconds, but/],
  [
    { domain: 'twenty.example.com' },
    /^domain requires certificate \(an existing one\) or zone \(to validate a new one\)$/,
  ],
  [{ ...DOMAIN, zoneName: '' }, /^zone and zoneName require each other$/],
  [{ ...DOMAIN, domain: 'twenty.example.org' }, /^domain is twenty.example.org, but must be in the zone example.com$/],
  [{ ...DOMAIN, domain: 'myexample.com' }, /but must be in the zone example.com$/],
  [{ zone: 'Z0123456789', zoneName: 'example.com' }, /^zone and certificate require domain$/],
  [{ budget: '50' }, /^budget requires email, the address to notify$/],
  [{ emulator: 'true', ...DOMAIN }, /^emulator is for MiniStack only, which supports no domain$/],
];

for (const [context, sentence] of REJECTED) {
  test(`rejected: ${JSON.stringify(context)}`, () => {
    assert.throws(() => app({ ...VARIANTS.plain, ...context }), { message: sentence });
  });
}

test('a missing region is rejected', () => {
  assert.throws(() => app({}), { message: /^no region is set: / });
});

test("the CDK's own context values are allowed", () => {
  app({
    ...VARIANTS.plain,
    '@aws-cdk/core:whatever': 'x',
    'availability-zones:account=1:region=x': 'y',
    'cli-telemetry': 'false',
  });
});

test('the command prints the message only, without a stack trace', async () => {
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ region: 'us-east-1', memory: 'much' }) };
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/main.ts'], { env });
  await assert.rejects(run, ({ code, stderr }: { code: number; stderr: string }) => {
    assert.deepEqual([code, stderr], [1, 'infra: memory is "much", but must be a whole number from 128 to 10240\n']);
    return true;
  });
});
