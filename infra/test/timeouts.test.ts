// The chain of timeouts: the model's deadline < the server < the function < CloudFront.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { game, one, synthesise, template, VARIANTS, type Context } from './variants.js';

/** The default of a variable: from `server --help` if SERVER names the binary, else from its source. */
function initial(name: string): number {
  const server = process.env['SERVER'];
  const [text, pattern] = server
    ? [execFileSync(server, ['--help'], { encoding: 'utf8' }), new RegExp(`^  ${name} \\[([\\d.]+)\\]$`, 'm')]
    : [readFileSync('../server/src/config/variables.rs', 'utf8'), new RegExp(`"${name}",\\s*"([\\d.]+)"`)];
  const [, value] = pattern.exec(text) ?? [];
  assert.ok(value !== undefined, `the server has no ${name}`);
  return Number(value);
}

function chain(from: ReturnType<typeof game>): number[] {
  const {
    Timeout,
    Environment: { Variables },
  } = one(from, 'AWS::Lambda::Function', 'ProxyFunction').Properties;
  const { Origins } = one(from, 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
  const { CustomOriginConfig } = Origins.find((origin: { CustomOriginConfig?: object }) => origin.CustomOriginConfig);
  return [
    Number(Variables.OPENAI_DEADLINE ?? initial('OPENAI_DEADLINE')),
    Number(Variables.REQUEST_TIMEOUT ?? initial('REQUEST_TIMEOUT')),
    Timeout,
    CustomOriginConfig.OriginReadTimeout,
  ];
}

function assertIncreasing(seconds: number[]): void {
  for (const [index, value] of seconds.slice(1).entries()) assert.ok(seconds[index]! < value, seconds.join(' < '));
}

for (const context of [
  {},
  { deadline: '1', requestTimeout: '2', timeout: '3' },
  { deadline: '27', requestTimeout: '28', timeout: '29' },
] as Context[]) {
  test(`deadline < server < function < CloudFront with ${JSON.stringify(context)}`, () => {
    const seconds = chain(template(synthesise({ ...VARIANTS.plain, ...context }), 'TwentyQuestions'));
    assert.equal(seconds.length, 4);
    assertIncreasing(seconds);
  });
}

test("the stack's defaults are the server's defaults", () => {
  const [deadline, request] = chain(game('plain'));
  assert.deepEqual([deadline, request], [initial('OPENAI_DEADLINE'), initial('REQUEST_TIMEOUT')]);
});

test('an attempt times out before the deadline, so that there is time for another', () => {
  assertIncreasing([initial('OPENAI_TIMEOUT'), chain(game('plain'))[0]!]);
});
