// What the operator may set, and what is said to the rest.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { app, VARIANTS, type Context } from './variants.js';

const DOMAIN = { domain: 'twenty.example.com', zone: 'Z0123456789', zoneName: 'example.com' };

const REFUSED: [Context, RegExp][] = [
  [{ megabytes: '512' }, /^the context value megabytes is unknown: there are region, package, /],
  [{ memory: '64' }, /^the context value memory is "64", but it takes a whole number from 128 to 10240$/],
  [{ memory: '512MB' }, /^the context value memory is "512MB", but it takes a whole number/],
  [{ memory: '' }, /^the context value memory is "", but/],
  [{ timeout: '30' }, /^the context value timeout is "30", but it takes a whole number from 3 to 29$/],
  [{ package: 'docker' }, /^the context value package is "docker", but it takes zip or image$/],
  [{ architecture: 'arm' }, /^the context value architecture is "arm", but it takes arm64 or x86_64$/],
  [{ firewall: 'yes' }, /^the context value firewall is "yes", but it takes true or false$/],
  [{ logDays: '31' }, /^the context value logDays is "31", but it takes one of 1, 3, 5, 7, /],
  [{ region: 'Frankfurt' }, /^the context value region is "Frankfurt", but it takes the name of an AWS region/],
  [{ email: 'operator' }, /^the context value email is "operator", but it takes an e-mail address$/],
  [
    { certificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/0-1' },
    /^the context value certificate is .*, but it takes the ARN of a certificate in us-east-1$/,
  ],
  [{ model: 'gpt-4.1,,gpt-5' }, /^the context value model is "gpt-4.1,,gpt-5", but it takes names of models/],
  [{ prices: '2' }, /^the context value prices is "2", but it takes a pair like 2\/8/],
  [{ prices: '2/8' }, /^prices needs one pair for each name in model$/],
  [{ baseUrl: 'ftp://models' }, /^the context value baseUrl is "ftp:\/\/models", but it takes an https URL$/],
  [
    { baseUrl: 'http://models.example.com/v1' },
    /^baseUrl is http:\/\/models.example.com\/v1, but it takes an https URL: the key is sent there$/,
  ],
  [
    { deadline: '22' },
    /^deadline, requestTimeout and timeout are 22, 22 and 25 seconds, but each must be less than the next/,
  ],
  [{ timeout: '22' }, /^deadline, requestTimeout and timeout are 20, 22 and 22 seconds, but/],
  [{ domain: 'twenty.example.com' }, /^domain needs a certificate in us-east-1, or a zone/],
  [{ ...DOMAIN, zoneName: '' }, /^zone and zoneName need each other$/],
  [{ ...DOMAIN, domain: 'twenty.example.org' }, /^domain is twenty.example.org, which is not in the zone example.com$/],
  [{ ...DOMAIN, domain: 'myexample.com' }, /which is not in the zone example.com$/],
  [{ zone: 'Z0123456789', zoneName: 'example.com' }, /^zone and certificate are of no use without domain$/],
  [{ budget: '50' }, /^budget needs email, which it is told to$/],
  [{ emulator: 'true', ...DOMAIN }, /^emulator is for MiniStack only, so it takes no domain$/],
];

for (const [context, sentence] of REFUSED) {
  test(`refused: ${JSON.stringify(context)}`, () => {
    assert.throws(() => app({ ...VARIANTS.plain, ...context }), { message: sentence });
  });
}

test('without a region there is a sentence too', () => {
  assert.throws(() => app({}), { message: /^no region is set: / });
});

test("the CDK's own names pass", () => {
  app({
    ...VARIANTS.plain,
    '@aws-cdk/core:whatever': 'x',
    'availability-zones:account=1:region=x': 'y',
    'cli-telemetry': 'false',
  });
});

test('the command prints the sentence, and nothing of the inside', async () => {
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ region: 'us-east-1', memory: 'much' }) };
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'src/main.ts'], { env });
  await assert.rejects(run, ({ code, stderr }: { code: number; stderr: string }) => {
    assert.deepEqual(
      [code, stderr],
      [1, 'infra: the context value memory is "much", but it takes a whole number from 128 to 10240\n'],
    );
    return true;
  });
});
