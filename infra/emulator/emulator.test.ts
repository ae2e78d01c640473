// The whole life of a deployment: made, played, its key rotated, deployed again, removed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Game } from './game.js';
import { ROOT } from './ministack.js';
import { ok, READS_SECRET, World } from './world.js';

const HEADERS = JSON.parse(readFileSync(join(ROOT, 'server/headers.json'), 'utf8')) as Record<string, string>;
const KEYS = ['sk-first-key-of-the-emulator-1111', 'sk-second-key-of-the-emulator-2222'] as const;
const skip = READS_SECRET ? false : 'this build of the server does not read SECRET_ARN yet';

let world: World;
/** Every question and guess of the game over HTTP. */
const said: string[] = [];

before(async () => {
  world = await World.start();
});

after(() => world?.stop());

test('nothing is there before', async () => {
  const found = await world.ministack.inventory();
  assert.deepEqual(Object.values(found).flat(), []);
});

test('without the game the commands say so', async () => {
  const { code, stderr } = await world.ministack.run('scripts/logs', ['--once']);
  assert.equal(code, 1);
  assert.match(stderr, /the game is not in us-east-1: `make deploy` first/);
});

test('deploy: prepares the CDK, shows changes and cost, deploys, prints the address', async () => {
  const output = ok(await world.ministack.run('scripts/deploy', ['--built', '--yes', ...world.settings()]));
  assert.match(output, /AWS::CloudFront::Distribution/);
  assert.match(output, /A month in dollars/);
  assert.match(output, /`cdk bootstrap` will prepare/);
  const [, domain] = /The game is at https:\/\/(\S+\.cloudfront\.net)/.exec(output) ?? [];
  assert.ok(domain, output.slice(-2000));
  assert.match(output, /make key/);
  await world.open(domain);
});

test('each kind of thing that must go in the end is there now', async () => {
  const found = await world.ministack.inventory();
  const missing = Object.entries(found)
    .filter(([, names]) => names.length === 0)
    .map(([what]) => what);
  // The stack has only inline policies, no parameter and no image.
  assert.deepEqual(missing.sort(), ['image repositories', 'parameters', 'policies']);
});

test('the page: types, encodings, caching and security headers', async () => {
  const page = await fetch(`${world.url}/`);
  const html = await page.text();
  assert.equal(page.status, 200);
  assert.match(html, /Twenty Questions/);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  for (const [header, value] of Object.entries(HEADERS)) assert.equal(page.headers.get(header), value, header);
  const files = [...html.matchAll(/\/pkg\/[\w.]+/g)].map(([path]) => path);
  const types: Record<string, RegExp> = {
    css: /^text\/css/,
    js: /^text\/javascript/,
    wasm: /^application\/wasm$/,
    bin: /^application\/octet-stream$/,
  };
  assert.deepEqual([...new Set(files.map((path) => path.split('.').at(-1)))].sort(), Object.keys(types).sort());
  for (const path of new Set(files)) {
    const file = await fetch(world.url + path);
    const content = Buffer.from(await file.arrayBuffer());
    assert.equal(file.status, 200, path);
    assert.match(file.headers.get('content-type') ?? '', types[path.split('.').at(-1) ?? ''] ?? /^$/, path);
    assert.equal(file.headers.get('content-encoding'), 'br', path);
    assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable', path);
    // fetch has undone the brotli, so what comes out must be the file itself.
    assert.ok(content.equals(readFileSync(join(ROOT, 'dist', path))), path);
  }
  for (const path of ['/icon.svg', '/manifest.webmanifest']) {
    const file = await fetch(world.url + path);
    assert.deepEqual(
      [file.status, file.headers.get('cache-control'), file.headers.get('content-encoding')],
      [200, 'no-cache', null],
      path,
    );
  }
});

test('a page that does not exist is a page; an API path that does not exist is a problem document', async () => {
  const page = await fetch(`${world.url}/nothing`);
  assert.deepEqual([page.status, page.headers.get('content-type')], [404, 'text/html; charset=utf-8']);
  const problem = await fetch(`${world.url}/api/nothing`);
  assert.deepEqual([problem.status, problem.headers.get('content-type')], [404, 'application/problem+json']);
  for (const [header, value] of Object.entries(HEADERS)) {
    assert.equal(page.headers.get(header), value, header);
    assert.equal(problem.headers.get(header), value, header);
  }
});

test('a whole game over HTTP, without a key: the house plays', async () => {
  const game = new Game(world.url, 3);
  const { end, by } = await game.toTheEnd();
  assert.deepEqual([...by], ['house']);
  assert.deepEqual(end.outcome, { winner: 'player', moves: 20 });
  assert.equal(end.headers.get('cache-control'), 'no-store');
  said.push(...game.moves.map(({ question, guess }) => question ?? guess ?? ''));
  assert.equal(new Set(said).size, 20);
});

test('a whole game in Chromium', async () => {
  const playwright = join(ROOT, 'node_modules/.bin/playwright');
  const env = { ADDRESS: world.url, ...(process.env['CHROMIUM'] && { CHROMIUM: process.env['CHROMIUM'] }) };
  const output = ok(await world.ministack.run(playwright, ['test', '--config', 'infra/emulator/browser'], { env }));
  assert.match(output, /2 passed/);
});

test('logs: a line of metrics for each move, and no word of a game', async () => {
  const output = ok(await world.ministack.run('scripts/logs', ['--once']));
  assert.match(output, /"Namespace":"TwentyQuestions"/);
  assert.match(output, /"HouseMoves":1/);
  assert.match(output, /"Games":1/);
  for (const words of said) assert.ok(!output.includes(words), words);
  assert.ok(!output.includes('game='));
});

test('logs: a missing key is a metric', { skip }, async () => {
  assert.match(ok(await world.ministack.run('scripts/logs', ['--once'])), /"KeyMissing":1/);
});

test('key: refuses what is no key, and an argument', async () => {
  const short = await world.ministack.run('scripts/key', [], { stdin: 'short\n' });
  assert.deepEqual(
    [short.code, short.stderr.trim().split('\n').at(-1)],
    [1, 'that is no key: it takes one word of at least 20 characters; nothing was changed'],
  );
  const argument = await world.ministack.run('scripts/key', [KEYS[0]], { stdin: '' });
  assert.equal(argument.code, 1);
  assert.match(argument.stderr, /your shell has kept it/);
  assert.equal((await world.secret())['OPENAI_API_KEY'], 'placeholder');
});

test('key: sets the key, keeps the key of the seals, and shows neither', async () => {
  const { SEAL_KEY } = await world.secret();
  // MiniStack heeds the length but not that there be no punctuation.
  assert.equal(SEAL_KEY?.length, 64);
  const output = ok(await world.ministack.run('scripts/key', [], { stdin: `${KEYS[0]}\n` }));
  assert.match(output, /The key ending in 1111 is set/);
  assert.ok(!output.includes(KEYS[0]) && !output.includes(SEAL_KEY ?? ''));
  assert.deepEqual(await world.secret(), { OPENAI_API_KEY: KEYS[0], SEAL_KEY });
});

test('deploying again changes nothing of the secret', async () => {
  const earlier = await world.secret();
  ok(
    await world.ministack.run('scripts/deploy', [
      '--built',
      '--yes',
      ...world.settings({ memory: '512', ...world.withModel }),
    ]),
  );
  assert.deepEqual(await world.secret(), earlier);
  const { stdout } = await world.ministack.aws(
    'lambda',
    'list-functions',
    '--query',
    'Functions[].MemorySize',
    '--output',
    'json',
  );
  assert.equal(
    (JSON.parse(stdout) as number[]).filter((size) => size === 512).length,
    2,
    'the function and the uploader',
  );
  assert.equal((await fetch(`${world.url}/`)).status, 200);
});

test('a rotated key is taken without a deployment, and the game goes on', { skip }, async () => {
  const game = new Game(world.url, 5);
  const first = await game.next();
  assert.equal(await world.untilAskedWith(KEYS[0]), 'gpt-4.1');
  const second = await game.next({ move: first.move ?? {}, answer: 'no' });
  ok(await world.ministack.run('scripts/key', [], { stdin: `${KEYS[1]}\n` }));
  await world.untilAskedWith(KEYS[1]);
  // The key of the seals is still the same, so the server knows its own game.
  const third = await game.next({ move: second.move ?? {}, answer: 'no' });
  assert.deepEqual([second.status, third.status], [200, 200]);
});

test('destroy: asks first', async () => {
  const { code, stderr } = await world.ministack.run('scripts/destroy', world.settings(), { stdin: 'n\n' });
  assert.equal(code, 1);
  assert.match(stderr, /nothing was changed/);
  assert.equal((await fetch(`${world.url}/`)).status, 200);
});

test('destroy: leaves nothing', async () => {
  // MiniStack doesn't give a bucket the tags of its template, and the CDK empties only what is tagged so.
  const tags = 'TagSet=[{Key=aws-cdk:auto-delete-objects,Value=true}]';
  ok(await world.ministack.aws('s3api', 'put-bucket-tagging', '--bucket', world.outputs.Bucket, '--tagging', tags));
  const output = ok(await world.ministack.run('scripts/destroy', ['--yes', ...world.settings()]));
  assert.match(output, /Nothing else of the game is left/);
  const left = Object.entries(await world.ministack.inventory()).filter(([, names]) => names.length > 0);
  assert.deepEqual(left, []);
  const gone = await fetch(`${world.url}/`);
  assert.ok(!(await gone.text()).includes('Twenty Questions'));
});
