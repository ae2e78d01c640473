// The model plays: the page, the real server and a mock of OpenAI.
import { test as base, expect, type APIRequestContext, type Request } from '@playwright/test';
import { Game } from './game';
import { error, Model, move, says, type Fixture } from './model';
import { Server } from './server';

const KEY = 'sk-end2end-Vq7RzT4mWk9LxB2cNf6HpJ3dGs8YaEuQ';

/** Starts both; they end with the test. */
const test = base.extend<{ play: (fixtures: Fixture[], env?: Record<string, string>) => Promise<{ model: Model; server: Server }> }>({
  play: async ({}, use) => {
    const running: { model: Model; server: Server }[] = [];
    await use(async (fixtures, env = {}) => {
      const model = await Model.start(fixtures);
      const server = await Server.start({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: model.url, LOG: 'off', ...env });
      running.push({ model, server });
      return { model, server };
    });
    for (const { model, server } of running) {
      await server.down();
      await model.stop();
    }
  },
});

const QUESTIONS = ['Is it alive?', 'Is it an animal?', 'Does it live in water?', 'Can you keep it at home?', 'Does it bark?'];
const GAME: Fixture[] = [
  ...QUESTIONS.map((question, index) => move(index + 1, says('question', question))),
  move(QUESTIONS.length + 1, says('guess', 'a dog')),
];

test('a whole game by the model, and the key stays where it is', async ({ page, play }) => {
  const { model, server } = await play(GAME);
  const seen: string[] = [];
  page.on('response', async (response) => {
    const body = await response.text().catch(() => '');
    seen.push(JSON.stringify(response.headers()) + body);
  });
  const game = new Game(page);
  await page.goto(server.url);
  await game.button('Start').click();
  for (const [index, question] of QUESTIONS.entries()) {
    await game.awaitQuestion(index + 1);
    await expect(game.heading).toHaveText(question);
    await expect(game.by).toHaveText('asked by gpt-6-luna');
    // What the guesser thinks is of no interest as long as the model plays.
    await game.open('Menu');
    await expect(game.button('What I think')).toHaveCount(0);
    await game.button('Close').click();
    await expect(page.locator('.caption')).toHaveText(/^(|about [\d,]+ left, as far as I know)$/);
    await game.answer(question === 'Does it live in water?' ? 'No' : 'Yes');
  }
  await game.awaitQuestion(6);
  await expect(game.heading).toHaveText('Is it a dog?');
  await game.answer('Yes');
  await expect(game.heading).toHaveText('Got it in 6: a dog.');
  // The model was sent the state of the game, and nothing that the page could have made up. (The page has fetched other branches, too.)
  const sent = (await model.calls()).map(({ messages }) => messages.at(-1)!.content);
  const facts = 'CONFIRMED (yes):\n1. Is it alive?\n2. Is it an animal?\n4. Can you keep it at home?\n5. Does it bark?\n';
  expect(sent).toContainEqual(expect.stringContaining(`Move 6 of 20.\n${facts}RULED OUT (no):\n3. Does it live in water?\n`));
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.filter((text) => [KEY.slice(0, 16), KEY.slice(-16)].some((part) => text.includes(part)))).toEqual([]);
});

test('the page fetches ahead only where the server allows it', async ({ page, play }) => {
  const game = new Game(page);
  for (const [ponder, calls] of [['false', 2], ['true', 5]] as const) {
    const { model, server } = await play(GAME, { PONDER: ponder });
    await page.goto(server.url);
    await game.button('Start').click();
    await game.awaitQuestion(1);
    await game.answer('Yes');
    await game.awaitQuestion(2);
    await page.waitForLoadState('networkidle');
    // The two moves that are shown; with pondering also what follows yes and no after each, without counting a move twice.
    await expect.poll(async () => (await model.calls()).length).toBe(calls);
  }
});

test('when the model fails in mid-game, the guesser makes that move and the model the next', async ({ page, play }) => {
  const broken = GAME.map((fixture, index) => (index === 2 ? move(3, error(503, 'overloaded')) : fixture));
  const { server } = await play(broken, { PONDER: 'false', OPENAI_DEADLINE: '4' });
  const game = new Game(page);
  await page.goto(server.url);
  await game.button('Start').click();
  for (const [number, by] of [[1, 'asked by gpt-6-luna'], [2, 'asked by gpt-6-luna'], [3, 'asked by the built-in guesser'], [4, 'asked by gpt-6-luna']] as const) {
    await game.awaitQuestion(number);
    await expect(game.by).toHaveText(by);
    await game.answer('Yes');
  }
  await game.awaitQuestion(5);
  await expect(game.answered).toHaveCount(4);
});

test('when model and server are gone, the guesser in the page takes over and uses the answers so far', async ({ page, play }) => {
  const { server } = await play(GAME, { PONDER: 'false' });
  const game = new Game(page);
  await page.goto(server.url);
  await page.waitForFunction(() => 'guesser' in window);
  await game.button('Start').click();
  for (const [number, answer] of [[1, 'Yes'], [2, 'Yes']] as const) {
    await game.awaitQuestion(number);
    await game.answer(answer);
  }
  await game.awaitQuestion(3);
  await server.down();
  await game.answer('No');
  await game.awaitQuestion(4);
  await expect(game.by).toHaveText('asked by the built-in guesser, without the server');
  // Alive, an animal, not in water: it doesn't ask for that again, and thinks of animals.
  await game.open('Menu', 'What I think');
  await expect(page.locator('.is-thought')).toHaveCount(5);
  await game.button('Close').click();
  const questions = [await game.heading.innerText()];
  for (let number = 4; number < 12; number += 1) {
    await game.awaitQuestion(number);
    questions.push(await game.heading.innerText());
    await game.answer('No');
  }
  for (const question of ['Is it a living thing?', 'Is it an animal?', 'Is it a plant?']) expect(questions).not.toContain(question);
});

test('after a change of the key, the page asks once more with new settings and past its cache, then its guesser goes on', async ({ page, play }) => {
  const { server } = await play(GAME, { PONDER: 'false' });
  const game = new Game(page);
  await page.goto(server.url);
  await page.waitForFunction(() => 'guesser' in window);
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.answer('Yes');
  await game.awaitQuestion(2);
  await server.down();
  await server.up({ SEAL_KEY: 'another key and a long enough one' });
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await game.answer('Yes');
  await game.awaitQuestion(3);
  await expect(game.by).toHaveText('asked by the built-in guesser, without the server');
  const sent = requests.map(async (request) => {
    const [{ pathname, searchParams }, headers] = [new URL(request.url()), await request.allHeaders()];
    return { pathname, v: searchParams.get('v'), cache: headers['cache-control'] };
  });
  const [first, settings, second, ...more] = await Promise.all(sent);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ pathname: '/api/next', cache: undefined });
  expect(settings).toMatchObject({ pathname: '/api/settings', cache: 'no-cache' });
  expect(second).toMatchObject({ pathname: '/api/next', cache: 'no-cache' });
  expect(second!.v).not.toBe(first!.v);
  // The model asks the questions of the next game.
  await game.open('Menu', 'Start again');
  await game.button('Start again').click();
  await game.awaitQuestion(1);
  await expect(game.by).toHaveText('asked by gpt-6-luna');
});

for (const isLoaded of [true, false]) {
  test(`a player above the rate limit ${isLoaded ? 'plays on with the guesser in the page' : 'is told so and keeps the game, if the guesser is missing'}`, async ({ page, play }) => {
    const { server } = await play(GAME, { PONDER: 'false', RATE_LIMIT: '2' });
    const game = new Game(page);
    if (!isLoaded) await page.route(/\/guesser\./, (route) => route.abort());
    await page.goto(server.url);
    if (isLoaded) await page.waitForFunction(() => 'guesser' in window);
    await game.button('Start').click();
    for (const number of [1, 2]) {
      await game.awaitQuestion(number);
      await expect(game.by).toHaveText('asked by gpt-6-luna');
      await game.answer('Yes');
    }
    if (isLoaded) {
      await game.awaitQuestion(3);
      await expect(game.by).toHaveText('asked by the built-in guesser, without the server');
    } else {
      await expect(page.getByRole('alert')).toContainText('too fast');
      await expect(page.getByRole('alert')).toContainText('Your game is safe');
    }
    await expect(game.answered).toHaveCount(2);
  });
}

const FIRST = encodeURIComponent(Buffer.from('{"opening":0,"moves":[]}').toString('base64url'));
const moved = async (request: APIRequestContext, server: Server) => {
  const reply = await request.get(`${server.url}/api/next?game=${FIRST}`);
  expect(reply.status()).toBe(200);
  expect(Object.keys(reply.headers()).filter((name) => /openai|ratelimit|request-id|cookie/.test(name))).toEqual([]);
  return (await reply.json()) as { by: string; move: object };
};

const good = says('question', 'Is it alive?');
/** The reply to the request that names a mistake. */
// The message of a repair holds that of the move too, so its fixture comes first.
const repaired = (response: object, chaos?: object): Fixture => ({ match: { userMessage: "can't be used" }, response, chaos });
const once = (response: object, chaos?: object): Fixture[] => [
  { ...move(1, response, { sequenceIndex: 0 }), chaos },
  move(1, good),
];
for (const [what, fixtures, by, calls] of [
  ['401: not tried again', [move(1, error(401, 'invalid_api_key'))], 'guesser', 1],
  ['429 quota: not tried again', [move(1, error(429, 'insufficient_quota'))], 'guesser', 1],
  ['429 once: tried again', once(error(429, 'rate_limit_exceeded')), 'gpt-6-luna', 2],
  ['503 once: tried again', once(error(503, 'overloaded')), 'gpt-6-luna', 2],
  ['503 for good: the guesser, after three calls', [move(1, error(503, 'overloaded'))], 'guesser', 3],
  ['404 model_not_found: the next model', [move(1, error(404, 'model_not_found'), { model: 'gpt-6-luna' }), move(1, good)], 'gpt-4.1', 2],
  ['length with a whole move: played', [move(1, { ...good, finishReason: 'length' })], 'gpt-6-luna', 1],
  ['length: repaired', [repaired(good), move(1, { content: '{"kind":"ques', finishReason: 'length' })], 'gpt-6-luna', 2],
  ['content_filter: repaired', [repaired(good), move(1, { content: '', finishReason: 'content_filter' })], 'gpt-6-luna', 2],
  ['malformed JSON for good: the guesser', [{ ...move(1, good), chaos: { malformedRate: 1 } }, repaired(good, { malformedRate: 1 })], 'guesser', 2],
  ['connections lost for good: the guesser', [{ ...move(1, good), chaos: { disconnectRate: 1 } }], 'guesser', 3],
] as const) {
  test(`aimock: ${what}`, async ({ request, play }) => {
    const { model, server } = await play([...fixtures]);
    expect((await moved(request, server)).by).toBe(by);
    expect(await model.calls()).toHaveLength(calls);
  });
}
