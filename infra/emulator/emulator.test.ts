// The life of a deployment: deploy, play, set and rotate the key, deploy again, destroy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Game, settings, start, type Settings } from './game.js';
import { ROOT } from './ministack.js';
import { ok, World } from './world.js';

const HEADERS = JSON.parse(readFileSync(join(ROOT, 'server/headers.json'), 'utf8')) as Record<string, string>;
const KEYS = ['sk-first-key-of-the-emulator-1111', 'sk-second-key-of-the-emulator-2222'] as const;

let world: World;
/** The text of every move of the game over HTTP. */
const texts: string[] = [];

before(async () => {
  world = await World.start();
});

after(() => world?.stop());

test('the account is empty at first', async () => {
  const found = await world.ministack.inventory();
  assert.deepEqual(Object.values(found).flat(), []);
});

test('before a deployment the commands ask for one', async () => {
  const { code, stderr } = await world.ministack.run('scripts/logs', ['--once']);
  assert.equal(code, 1);
  assert.match(stderr, /the game is not in us-east-1: run `make deploy`/);
});

test('deploy: bootstraps the CDK, shows changes and cost, deploys, prints the address', async () => {
  const output = ok(await world.ministack.run('scripts/deploy', ['--built', '--yes', ...world.settings()]));
  assert.match(output, /AWS::CloudFront::Distribution/);
  assert.match(output, /Dollars a month/);
  assert.match(output, /`cdk bootstrap` will first create/);
  const [, domain] = /The game is at https:\/\/(\S+\.cloudfront\.net)/.exec(output) ?? [];
  assert.ok(domain, output.slice(-2000));
  assert.match(output, /make key/);
  await world.open(domain);
});

test('the inventory now finds every kind of resource that destroy must remove', async () => {
  const found = await world.ministack.inventory();
  const missing = Object.entries(found)
    .filter(([, names]) => names.length === 0)
    .map(([what]) => what);
  // The stack has inline policies only, and no parameters or images.
  assert.deepEqual(missing.sort(), ['image repositories', 'parameters', 'policies']);
});

test('the page has the right content types, encodings, caching and security headers', async () => {
  const page = await fetch(`${world.url}/`);
  const html = await page.text();
  assert.equal(page.status, 200);
  assert.match(html, /Twenty Questions/);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  for (const [header, value] of Object.entries(HEADERS)) assert.equal(page.headers.get(header), value, header);
  // The page's addresses are relative.
  const files = [...html.matchAll(/\bpkg\/[\w.]+/g)].map(([path]) => `/${path}`);
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
    // fetch decompresses, so the content must be that of the uncompressed file.
    assert.ok(content.equals(readFileSync(join(ROOT, 'dist', path))), path);
  }
  const named = {
    '/icon.svg': 'image/svg+xml',
    '/icon-192.png': 'image/png',
    '/icon-512.png': 'image/png',
    '/icon-maskable-512.png': 'image/png',
    '/apple-touch-icon.png': 'image/png',
    '/preview.png': 'image/png',
    '/manifest.webmanifest': 'application/manifest+json',
    '/worker.js': 'text/javascript; charset=utf-8',
  };
  for (const [path, type] of Object.entries(named)) {
    const { status, headers } = await fetch(world.url + path);
    assert.deepEqual(
      [status, headers.get('content-type'), headers.get('cache-control'), headers.get('content-encoding')],
      [200, type, 'no-cache', null],
      path,
    );
  }
});

test('an unknown path gets an error page, an unknown API path a problem document', async () => {
  const page = await fetch(`${world.url}/nothing`);
  assert.deepEqual([page.status, page.headers.get('content-type')], [404, 'text/html; charset=utf-8']);
  const problem = await fetch(`${world.url}/api/nothing`);
  assert.deepEqual([problem.status, problem.headers.get('content-type')], [404, 'application/problem+json']);
  for (const [header, value] of Object.entries(HEADERS)) {
    assert.equal(page.headers.get(header), value, header);
    assert.equal(problem.headers.get(header), value, header);
  }
});

test('the settings of the deployment reach the page, and caches keep them for a minute', async () => {
  const response = await fetch(`${world.url}/api/settings`);
  assert.deepEqual(
    [response.status, response.headers.get('content-type'), response.headers.get('cache-control')],
    [200, 'application/json', 'public, max-age=60'],
  );
  const { v, ...others } = (await response.json()) as Settings;
  assert.deepEqual(others, { openings: 8, timeout: 22, ponder: true, model: false });
  assert.match(v, /^[\w-]+$/);
});

test('a whole game over HTTP, without a key: the guesser plays', async () => {
  const game = new Game(world.url, 3);
  const { end, by } = await game.toTheEnd();
  assert.deepEqual([...by], ['guesser']);
  assert.deepEqual(end.outcome, { winner: 'player', moves: 20 });
  assert.equal(end.headers.get('cache-control'), 'no-store');
  texts.push(...game.moves.map(({ question, guess }) => question ?? guess ?? ''));
  assert.equal(new Set(texts).size, 20);
});

test('a whole game in Chromium', async () => {
  const playwright = join(ROOT, 'node_modules/.bin/playwright');
  const env = { ADDRESS: world.url, ...(process.env['CHROMIUM'] && { CHROMIUM: process.env['CHROMIUM'] }) };
  const output = ok(await world.ministack.run(playwright, ['test', '--config', 'infra/emulator/browser'], { env }));
  assert.match(output, /2 passed/);
});

test('logs: one line of metrics for each move, and no text of a game', async () => {
  const output = ok(await world.ministack.run('scripts/logs', ['--once']));
  assert.match(output, /"Namespace":"TwentyQuestions"/);
  assert.match(output, /"GuesserMoves":1/);
  assert.match(output, /"Games":1/);
  // A guess of one word, such as "ice", may also be a part of another word.
  const phrases = texts.filter((text) => text.includes(' '));
  assert.ok(phrases.length > 10);
  for (const text of phrases) assert.ok(!output.includes(text), text);
  assert.ok(!output.includes('game='));
});

test('logs: a missing key is a metric', async () => {
  assert.match(ok(await world.ministack.run('scripts/logs', ['--once'])), /"KeyMissing":1/);
});

test('key: rejects an invalid key, and a key as an argument', async () => {
  const short = await world.ministack.run('scripts/key', [], { stdin: 'short\n' });
  assert.deepEqual(
    [short.code, short.stderr.trim().split('\n').at(-1)],
    [1, 'this is not an API key: it must be one word of at least 20 characters; nothing was changed'],
  );
  const argument = await world.ministack.run('scripts/key', [KEYS[0]], { stdin: '' });
  assert.equal(argument.code, 1);
  assert.match(argument.stderr, /it is in your shell history/);
  assert.equal((await world.secret())['OPENAI_API_KEY'], 'placeholder');
});

test('key: sets the API key, keeps the seal key, and prints neither', async () => {
  const { SEAL_KEY } = await world.secret();
  // MiniStack supports the length, but ignores ExcludePunctuation.
  assert.equal(SEAL_KEY?.length, 64);
  const output = ok(await world.ministack.run('scripts/key', [], { stdin: `${KEYS[0]}\n` }));
  assert.match(output, /The key ending in 1111 is set/);
  assert.ok(!output.includes(KEYS[0]) && !output.includes(SEAL_KEY ?? ''));
  assert.deepEqual(await world.secret(), { OPENAI_API_KEY: KEYS[0], SEAL_KEY });
});

test('a second deployment keeps the secret', async () => {
  const earlier = await world.secret();
  ok(
    await world.ministack.run('scripts/deploy', [
      '--built',
      '--yes',
      ...world.settings({ memory: '512', openings: '16', ...world.withModel }),
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
    'the function and the upload function',
  );
  assert.equal((await fetch(`${world.url}/`)).status, 200);
});

test('the settings of the second deployment reach the page, although the site is the same', async () => {
  const { openings, model } = await settings(world.url);
  assert.deepEqual([openings, model], [16, true]);
});

test('a rotated key takes effect without a deployment, and running games continue', async () => {
  const game = new Game(world.url, 5);
  const first = await game.next();
  assert.equal(await world.untilCalledWith(KEYS[0]), 'gpt-6-luna');
  const second = await game.next({ move: first.move ?? {}, answer: 'no' });
  ok(await world.ministack.run('scripts/key', [], { stdin: `${KEYS[1]}\n` }));
  await world.untilCalledWith(KEYS[1]);
  // SEAL_KEY is unchanged, so the server still accepts the game.
  const third = await game.next({ move: second.move ?? {}, answer: 'no' });
  assert.deepEqual([second.status, third.status], [200, 200]);
});

test('caches may keep a move of the model, but only under the v of the settings', async () => {
  const { v } = await settings(world.url);
  const sent = async (query: string): Promise<unknown[]> => {
    const { status, headers } = await fetch(`${world.url}/api/next?${query}`);
    return [status, headers.get('cache-control')?.split(',')[0]];
  };
  assert.deepEqual(await sent(`v=${v}&game=${start(6)}`), [200, 'public']);
  assert.deepEqual(await sent(`v=unknown&game=${start(6)}`), [200, 'no-store']);
  // Pages that were opened before there was a v.
  assert.deepEqual(await sent(`game=${start(6)}`), [200, 'no-store']);
});

test('destroy: asks first', async () => {
  const { code, stderr } = await world.ministack.run('scripts/destroy', world.settings(), { stdin: 'n\n' });
  assert.equal(code, 1);
  assert.match(stderr, /nothing was changed/);
  assert.equal((await fetch(`${world.url}/`)).status, 200);
});

test('destroy: leaves nothing', async () => {
  // MiniStack ignores the tags of the template, and the CDK only empties a bucket with this tag.
  const tags = 'TagSet=[{Key=aws-cdk:auto-delete-objects,Value=true}]';
  ok(await world.ministack.aws('s3api', 'put-bucket-tagging', '--bucket', world.outputs.Bucket, '--tagging', tags));
  const output = ok(await world.ministack.run('scripts/destroy', ['--yes', ...world.settings()]));
  assert.match(output, /Nothing else of the game is left/);
  const left = Object.entries(await world.ministack.inventory()).filter(([, names]) => names.length > 0);
  assert.deepEqual(left, []);
  const gone = await fetch(`${world.url}/`);
  assert.ok(!(await gone.text()).includes('Twenty Questions'));
});
