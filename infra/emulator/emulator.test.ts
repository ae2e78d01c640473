// The whole life of a deployment: made, played, its key rotated, deployed again, removed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Game } from './game.js';
import { MiniStack, ROOT, type Result } from './ministack.js';
import { Model } from './model.js';
import { viewer, type Viewer } from './viewer.js';

const HEADERS = JSON.parse(readFileSync(join(ROOT, 'server/headers.json'), 'utf8')) as Record<string, string>;
const help = execFileSync(join(ROOT, 'target/lambda/bootstrap-x86_64/bootstrap'), ['--help'], { encoding: 'utf8' });
/** Whether this build of the server reads its key from the secret. */
const readsSecret = help.includes('SECRET_ARN');
const skip = readsSecret ? false : 'this build of the server does not read SECRET_ARN yet';
const KEYS = ['sk-first-key-of-the-emulator-1111', 'sk-second-key-of-the-emulator-2222'] as const;

let ministack: MiniStack;
let model: Model;
let edge: Viewer;
let bucket: string;
let secretArn: string;
const said: string[] = [];

before(async () => {
  [ministack, model] = await Promise.all([MiniStack.start(), Model.start()]);
});

after(() => {
  ministack?.stop();
  model?.server.close();
  edge?.server.close();
});

function settings(): string[] {
  const all = { emulator: 'true', architecture: 'x86_64', email: 'operator@example.com', ...(readsSecret && { baseUrl: model.url }) };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function ok(result: Result): string {
  assert.equal(result.code, 0, `${result.stdout.slice(-4000)}\n${result.stderr.slice(-4000)}\nthe log of MiniStack: ${ministack.log}`);
  return result.stdout + result.stderr;
}

async function secret(): Promise<Record<string, string>> {
  const { stdout } = await ministack.aws('secretsmanager', 'get-secret-value', '--secret-id', secretArn, '--output', 'json');
  return JSON.parse((JSON.parse(stdout) as { SecretString: string }).SecretString) as Record<string, string>;
}

/** Plays until the model has been asked with this key; gives who moved then. */
async function untilAskedWith(key: string): Promise<string> {
  const patience = Date.now() + (help.includes('SECRET_TTL') ? 20_000 : 300_000);
  // A short game after the other, in every opening, so that no cache answers in the model's stead.
  for (let opening = 0; Date.now() < patience; opening = (opening + 1) % 8) {
    const game = new Game(edge.url, opening);
    let reply = await game.next();
    for (let moves = 0; moves < 6 && reply.move; moves += 1) {
      assert.equal(reply.status, 200);
      if (model.keys.includes(key)) return reply.by ?? '';
      await new Promise((resolve) => setTimeout(resolve, 500));
      reply = await game.next({ move: reply.move, answer: opening % 2 === 0 ? 'no' : 'yes' });
    }
  }
  throw new Error(`the function has not taken the key in time; it asked with ${model.keys.join(', ') || 'none'}`);
}

test('nothing is there before', async () => {
  const found = await ministack.inventory();
  assert.deepEqual(Object.values(found).flat(), []);
});

test('without the game the commands say so', async () => {
  const { code, stderr } = await ministack.run('scripts/logs', ['--once']);
  assert.equal(code, 1);
  assert.match(stderr, /the game is not in us-east-1: `make deploy` first/);
});

test('deploy: prepares the CDK, shows changes and cost, deploys, prints the address', async () => {
  const output = ok(await ministack.run('scripts/deploy', ['--built', '--yes', ...settings()]));
  assert.match(output, /AWS::CloudFront::Distribution/);
  assert.match(output, /A month in dollars/);
  assert.match(output, /`cdk bootstrap` will prepare/);
  const [, domain] = /The game is at https:\/\/(\S+\.cloudfront\.net)/.exec(output) ?? [];
  assert.ok(domain, output.slice(-2000));
  assert.match(output, /make key/);
  const outputs = JSON.parse(readFileSync(join(ROOT, 'infra/cdk.out/outputs.json'), 'utf8')).TwentyQuestions;
  ({ Bucket: bucket, SecretArn: secretArn } = outputs);
  edge = await viewer(ministack.port, domain);
});

test('each kind of thing that must go in the end is there now', async () => {
  const found = await ministack.inventory();
  const missing = Object.entries(found).filter(([, names]) => names.length === 0).map(([what]) => what);
  // The stack has only inline policies, no parameter and no image.
  assert.deepEqual(missing.sort(), ['image repositories', 'parameters', 'policies']);
});

test('the page: types, encodings, caching and security headers', async () => {
  const page = await fetch(`${edge.url}/`);
  const html = await page.text();
  assert.equal(page.status, 200);
  assert.match(html, /Twenty Questions/);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  for (const [header, value] of Object.entries(HEADERS)) assert.equal(page.headers.get(header), value, header);
  const files = [...html.matchAll(/\/pkg\/[\w.]+/g)].map(([path]) => path);
  const types: Record<string, RegExp> = { css: /^text\/css/, js: /^text\/javascript/, wasm: /^application\/wasm$/, bin: /^application\/octet-stream$/ };
  assert.deepEqual([...new Set(files.map((path) => path.split('.').at(-1)))].sort(), Object.keys(types).sort());
  for (const path of new Set(files)) {
    const file = await fetch(edge.url + path);
    const content = Buffer.from(await file.arrayBuffer());
    assert.equal(file.status, 200, path);
    assert.match(file.headers.get('content-type') ?? '', types[path.split('.').at(-1) ?? ''] ?? /^$/, path);
    assert.equal(file.headers.get('content-encoding'), 'br', path);
    assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable', path);
    // fetch has undone the brotli, so what comes out must be the file itself.
    assert.ok(content.equals(readFileSync(join(ROOT, 'dist', path))), path);
  }
  for (const path of ['/icon.svg', '/manifest.webmanifest']) {
    const file = await fetch(edge.url + path);
    assert.deepEqual([file.status, file.headers.get('cache-control'), file.headers.get('content-encoding')], [200, 'no-cache', null], path);
  }
});

test('a page that does not exist is a page; an API path that does not exist is a problem document', async () => {
  const page = await fetch(`${edge.url}/nothing`);
  assert.deepEqual([page.status, page.headers.get('content-type')], [404, 'text/html; charset=utf-8']);
  const problem = await fetch(`${edge.url}/api/nothing`);
  assert.deepEqual([problem.status, problem.headers.get('content-type')], [404, 'application/problem+json']);
  for (const [header, value] of Object.entries(HEADERS)) {
    assert.equal(page.headers.get(header), value, header);
    assert.equal(problem.headers.get(header), value, header);
  }
});

test('a whole game over HTTP, without a key: the house plays', async () => {
  const game = new Game(edge.url, 3);
  const { end, by } = await game.toTheEnd();
  assert.deepEqual([...by], ['house']);
  assert.deepEqual(end.outcome, { winner: 'player', moves: 20 });
  assert.equal(end.headers.get('cache-control'), 'no-store');
  said.push(...game.moves.map(({ question, guess }) => question ?? guess ?? ''));
  assert.equal(new Set(said).size, 20);
});

test('a whole game in Chromium', async () => {
  const playwright = join(ROOT, 'node_modules/.bin/playwright');
  const env = { ADDRESS: edge.url, ...(process.env['CHROMIUM'] && { CHROMIUM: process.env['CHROMIUM'] }) };
  const output = ok(await ministack.run(playwright, ['test', '--config', 'infra/emulator/browser'], { env }));
  assert.match(output, /2 passed/);
});

test('logs: a line of metrics for each move, and no word of a game', async () => {
  const output = ok(await ministack.run('scripts/logs', ['--once']));
  assert.match(output, /"Namespace":"TwentyQuestions"/);
  assert.match(output, /"HouseMoves":1/);
  assert.match(output, /"Games":1/);
  for (const words of said) assert.ok(!output.includes(words), words);
  assert.ok(!output.includes('game='));
});

test('logs: a missing key is a metric', { skip }, async () => {
  assert.match(ok(await ministack.run('scripts/logs', ['--once'])), /"KeyMissing":1/);
});

test('key: refuses what is no key, and an argument', async () => {
  const short = await ministack.run('scripts/key', [], { stdin: 'short\n' });
  assert.deepEqual([short.code, short.stderr.trim().split('\n').at(-1)], [1, 'that is no key: it takes one word of at least 20 characters; nothing was changed']);
  const argument = await ministack.run('scripts/key', [KEYS[0]], { stdin: '' });
  assert.equal(argument.code, 1);
  assert.match(argument.stderr, /your shell has kept it/);
  assert.equal((await secret())['OPENAI_API_KEY'], 'placeholder');
});

test('key: sets the key, keeps the key of the seals, and shows neither', async () => {
  const { SEAL_KEY } = await secret();
  // MiniStack heeds the length but not that there be no punctuation.
  assert.equal(SEAL_KEY?.length, 64);
  const output = ok(await ministack.run('scripts/key', [], { stdin: `${KEYS[0]}\n` }));
  assert.match(output, /The key ending in 1111 is set/);
  assert.ok(!output.includes(KEYS[0]) && !output.includes(SEAL_KEY ?? ''));
  assert.deepEqual(await secret(), { OPENAI_API_KEY: KEYS[0], SEAL_KEY });
});

test('the function takes the key, and a rotated one, without a deployment; the game goes on', { skip }, async () => {
  const game = new Game(edge.url, 5);
  const first = await game.next();
  assert.equal(await untilAskedWith(KEYS[0]), 'gpt-4.1');
  const second = await game.next({ move: first.move ?? {}, answer: 'no' });
  ok(await ministack.run('scripts/key', [], { stdin: `${KEYS[1]}\n` }));
  await untilAskedWith(KEYS[1]);
  // The key of the seals is still the same, so the server knows its own game.
  const third = await game.next({ move: second.move ?? {}, answer: 'no' });
  assert.deepEqual([second.status, third.status], [200, 200]);
});

test('deploying again changes nothing of the secret', async () => {
  const earlier = await secret();
  ok(await ministack.run('scripts/deploy', ['--built', '--yes', '-c', 'memory=512', ...settings()]));
  assert.deepEqual(await secret(), earlier);
  const { stdout } = await ministack.aws('lambda', 'list-functions', '--query', 'Functions[].MemorySize', '--output', 'json');
  assert.equal((JSON.parse(stdout) as number[]).filter((size) => size === 512).length, 2, 'the function and the uploader');
  assert.equal((await fetch(`${edge.url}/`)).status, 200);
});

test('destroy: asks first', async () => {
  const { code, stderr } = await ministack.run('scripts/destroy', settings(), { stdin: 'n\n' });
  assert.equal(code, 1);
  assert.match(stderr, /nothing was changed/);
  assert.equal((await fetch(`${edge.url}/`)).status, 200);
});

test('destroy: leaves nothing', async () => {
  // MiniStack doesn't give a bucket the tags of its template, and the CDK empties only what is tagged so.
  const tags = 'TagSet=[{Key=aws-cdk:auto-delete-objects,Value=true}]';
  ok(await ministack.aws('s3api', 'put-bucket-tagging', '--bucket', bucket, '--tagging', tags));
  const output = ok(await ministack.run('scripts/destroy', ['--yes', ...settings()]));
  assert.match(output, /Nothing else of the game is left/);
  const left = Object.entries(await ministack.inventory()).filter(([, names]) => names.length > 0);
  assert.deepEqual(left, []);
  const gone = await fetch(`${edge.url}/`);
  assert.ok(!(await gone.text()).includes('Twenty Questions'));
});
