// What the page learns of its server, and what it asks it for.
import { asWithModel, expect, requestsOf, Server, test, withSettings, type Settings } from './server';
import { Game } from './game';

const STORED = 'twenty-questions-server';

/** What the page has stored of the server. */
const stored = (game: Game) => game.page.evaluate((name) => localStorage.getItem(name), STORED);

test('the server says what its variables say', async ({ request }) => {
  const server = await Server.start({ OPENINGS: '3', REQUEST_TIMEOUT: '30', PONDER: 'false' });
  const reply = await request.get(`${server.url}/api/settings`);
  const settings = (await reply.json()) as Settings;
  expect(settings).toEqual({ openings: 3, timeout: 30, ponder: false, model: false, v: expect.stringMatching(/^[\w-]+$/) });
  await server.down();
});

test('the page draws its openings from those that the server has', async ({ page, browser }) => {
  const server = await Server.start({ OPENINGS: '2' });
  const game = new Game(page);
  const asked = requestsOf(page);
  await asWithModel(page);
  await page.goto(server.url);
  await game.button('Start').click();
  for (let games = 1; games <= 8; games += 1) {
    await game.awaitQuestion(1);
    await expect(game.by).toHaveText('asked by the built-in guesser');
    await game.open('Menu', 'Start again');
    await game.button('Start again').click();
  }
  await game.awaitQuestion(1);
  const firsts = new Set(asked.filter(({ game }) => game.moves.length === 0).map(({ game }) => game.opening));
  expect([...firsts].every((opening) => opening < 2)).toBe(true);

  // Without a model, the script that starts the page draws the first one, before the program is there.
  for (let visits = 1; visits <= 4; visits += 1) {
    const context = await browser.newContext();
    const visitor = new Game(await context.newPage());
    const early = requestsOf(visitor.page);
    await visitor.page.goto(server.url);
    await visitor.button('Start').click();
    await visitor.awaitQuestion(1);
    expect(early[0]!.game.moves).toEqual([]);
    expect(early[0]!.game.opening).toBeLessThan(2);
    await context.close();
  }
  await server.down();
});

test('without pondering, nothing is fetched ahead', async ({ page }) => {
  const server = await Server.start({ PONDER: 'false' });
  const game = new Game(page);
  const asked = requestsOf(page);
  await asWithModel(page);
  await page.goto(server.url);
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.answer('No');
  await game.awaitQuestion(2);
  await page.waitForLoadState('networkidle');
  expect(asked.map(({ game }) => game.moves.length)).toEqual([0, 1]);
  await server.down();
});

for (const [who, model, answers] of [
  ['a model plays: yes and no', true, ['no', 'yes']],
  ['the guesser of the server plays: every answer', false, ['no', 'unsure', 'yes']],
] as const) {
  test(`what is fetched ahead if ${who}`, async ({ page }) => {
    // Once it is here, a server without a model isn't asked.
    await page.route(/\/guesser\./, (route) => route.abort());
    await withSettings(page, { model });
    const game = new Game(page);
    const asked = requestsOf(page);
    await game.start();
    await expect.poll(() => asked.length).toBe(1 + answers.length);
    await page.waitForLoadState('networkidle');
    expect(asked.slice(1).map(({ game }) => game.moves[0]!.answer).sort()).toEqual(answers);
  });
}

test('the settings of the last visit apply when they do not come', async ({ page }) => {
  const game = new Game(page);
  const changed = { openings: 1, timeout: 9, ponder: false, model: true };
  await withSettings(page, changed);
  await game.open();
  await expect.poll(() => stored(game)).not.toBeNull();
  const { v, ...rest } = JSON.parse((await stored(game))!);
  expect(rest).toEqual(changed);

  await page.unroute('**/api/settings');
  await page.route('**/api/settings', (route) => route.abort());
  const asked = requestsOf(page);
  await game.reach(2);
  await expect(game.by).toHaveText('asked by the built-in guesser');
  await page.waitForLoadState('networkidle');
  expect(asked.map(({ game }) => game.moves.length)).toEqual([0, 1]);
  for (const request of asked) expect(request).toMatchObject({ v, game: { opening: 0 } });
});

test('a server in trouble is no missing server', async ({ page }) => {
  const game = new Game(page);
  await asWithModel(page);
  await game.open();
  await expect.poll(() => stored(game)).toContain('"model":true');
  const body = '{"type":"/problems/status","status":503,"title":"No."}';
  await page.route('**/api/settings', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body }));
  await page.reload();
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.awaitFetchedAhead(1);
  expect(await stored(game)).toContain('"model":true');
});

test('new settings replace those of the last visit', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await expect.poll(() => stored(game)).toContain('"openings":8');
  await withSettings(page, { openings: 5, model: true });
  await page.reload();
  await expect.poll(() => stored(game)).toContain('"openings":5');
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.awaitFetchedAhead(1);
});

test('a page of an earlier version, which names no settings, can go on', async ({ request }) => {
  const moves: object[] = [];
  let seal: string | undefined;
  for (let number = 1; number <= 3; number += 1) {
    const game = Buffer.from(JSON.stringify({ opening: 1, moves, seal })).toString('base64url');
    const reply = await request.get(`/api/next?game=${game}`);
    expect(reply.status()).toBe(200);
    const next = await reply.json();
    // It read here whether it may fetch ahead.
    expect(next.ponder).toBe(true);
    moves.push({ ...next.move, answer: 'no' });
    seal = next.seal;
  }
});

test('without settings, as on a plain file server, the guesser in the page plays', async ({ page }) => {
  await page.route('**/api/**', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '<h1>404</h1>' }));
  const game = new Game(page);
  await game.open();
  const asked = requestsOf(page);
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await expect(game.by).toHaveText('asked by the built-in guesser');
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  expect(asked).toEqual([]);
});

test('without settings and guesser, the page says so, and the player can try again', async ({ page }) => {
  await page.route('**/api/**', (route) => route.fulfill({ status: 404, contentType: 'text/html', body: '<h1>404</h1>' }));
  await page.route(/\/guesser\./, (route) => route.abort());
  const game = new Game(page);
  await game.open();
  await game.button('Start').click();
  await expect(page.getByRole('alert')).toContainText('Your game is safe');
  await page.unroute(/\/guesser\./);
  await game.button('Try again').click();
  await game.awaitQuestion(1);
});

test('without a model, a whole game needs no request once the guesser is here', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await page.waitForFunction(() => 'guesser' in window);
  const asked = requestsOf(page);
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  expect(asked).toEqual([]);
});

test('without a model, the guesser in the page goes on in the middle of a game as soon as it is here', async ({ page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/guesser\./, async (route) => {
    await held;
    await route.continue();
  });
  const game = new Game(page);
  const asked = requestsOf(page);
  await game.reach(2);
  // The first move, and three after each of two questions.
  await game.awaitFetched(7);
  release();
  await game.awaitGuesser();
  await game.answerNo(2);
  await game.awaitQuestion(4);
  expect(asked).toHaveLength(7);
});

test('a page that needs no first question asks for none', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await expect.poll(() => stored(game)).toContain('"model":false');
  const asked = requestsOf(page);
  // A returning visitor has the guesser.
  await page.reload();
  await page.waitForFunction(() => 'guesser' in window);
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
  // A model plays, but a game is on the table.
  await asWithModel(page);
  await page.reload();
  await expect.poll(() => stored(game)).toContain('"model":true');
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await page.waitForLoadState('networkidle');
  asked.length = 0;
  await page.reload();
  await game.awaitQuestion(1);
  await page.waitForLoadState('networkidle');
  expect(asked.map(({ game }) => game.moves.length)).toEqual([1, 1]);
});

test('the page asks for the first question of the next game while the player reads', async ({ page }) => {
  const game = new Game(page);
  const asked = requestsOf(page);
  await asWithModel(page);
  await game.open();
  await expect.poll(() => asked.length).toBe(1);
  await game.awaitFetched(1);
  await page.context().setOffline(true);
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await expect(game.by).toHaveText('asked by the built-in guesser');

  await page.context().setOffline(false);
  const before = asked.length;
  await game.menu('End game');
  await expect.poll(() => asked.slice(before).some(({ game }) => game.moves.length === 0)).toBe(true);
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  await expect(game.by).toHaveText('asked by the built-in guesser');
});

test('once the model has cost its budget, the guesser plays and the page says until when', async ({ page }) => {
  // The address is never called: nothing is left to spend.
  const model = { OPENAI_API_KEY: 'sk-test-0123456789abcdef', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', MODEL_BUDGET: '0' };
  const server = await Server.start(model);
  const settings = (await (await page.request.get(`${server.url}/api/settings`)).json()) as Settings & { resting: boolean };
  expect([settings.model, settings.resting]).toEqual([false, true]);
  const game = new Game(page);
  await page.goto(server.url);
  await game.button('Start').click();
  for (let number = 1; number <= 3; number += 1) {
    await game.awaitQuestion(number);
    await expect(game.by).toHaveText('asked by the built-in guesser; the model rests until midnight UTC');
    await game.answer('No');
  }
  await server.down();
});
