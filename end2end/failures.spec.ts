// What the player sees when the server is slow, fails or is gone. A model plays in most of these tests: without one, the
// page soon needs no server.
import type { Page } from '@playwright/test';
import { asWithModel, expect, requestsOf, test, withSettings } from './server';
import { Game } from './game';

const SERVER = 'asked by the built-in guesser';
const ALONE = 'asked by the built-in guesser, without the server';

/** What every alert ends with. */
const SAFE = 'Your game is safe';

/** Comes to the move with this number of a game with a model; the guesser in the page is loaded too. */
async function reach(game: Game, number: number): Promise<void> {
  await asWithModel(game.page);
  await game.reach(number);
  await game.awaitGuesser();
  await game.awaitFetchedAhead(number);
  await expect(game.by).toHaveText(SERVER);
}

/** As {@link reach}, but the guesser can't be loaded. */
async function reachWithoutGuesser(game: Game, number: number): Promise<void> {
  await game.page.route(/\/guesser\./, (route) => route.abort());
  await asWithModel(game.page);
  await game.reach(number);
  await game.awaitFetchedAhead(number);
}

/** Notes every alert; returns what gets them. */
async function watchAlerts(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const alerts: string[] = [];
    Object.assign(window, { alerts });
    new MutationObserver(() => {
      const words = document.querySelector('.outage')?.textContent;
      if (words) alerts.push(words);
    }).observe(document, { subtree: true, childList: true });
  });
  return () => page.evaluate(() => (window as unknown as { alerts: string[] }).alerts);
}

test('when the server is gone, the guesser in the page goes on without a word, and the server makes the moves of the next game', async ({ page, server }) => {
  const alerts = await watchAlerts(page);
  const game = new Game(page);
  await reach(game, 3);
  await server.down();
  // The page has fetched the next move ahead, but not the one after it.
  await game.answer('No');
  await game.awaitQuestion(4);
  await expect(game.by).toHaveText(SERVER);
  await game.answer('No');
  await game.awaitQuestion(5);
  await expect(game.by).toHaveText(ALONE);
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  const questions = await page.locator('.history .subject').allTextContents();
  expect(new Set(questions).size).toBe(20);
  await server.up();
  const asked = requestsOf(page);
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  await expect(game.by).toHaveText(SERVER);
  expect(asked.length).toBeGreaterThan(0);
  expect(await alerts()).toEqual([]);
});

test('when the server and the guesser are gone, the page says so and keeps the game', async ({ page, server }) => {
  const game = new Game(page);
  await reachWithoutGuesser(game, 3);
  await server.down();
  await game.answer('No');
  await game.awaitQuestion(4);
  await game.answer('No');
  await expect(page.getByRole('alert')).toContainText("can't be reached");
  await expect(page.getByRole('alert')).toContainText(SAFE);
  await expect(game.button('Go on without it')).toHaveCount(0);
  await game.button('Try again').click();
  await expect(page.getByRole('alert')).toContainText(SAFE);
  await server.up();
  await game.button('Try again').click();
  await game.awaitQuestion(5);
  await expect(game.by).toHaveText(SERVER);
  await expect(game.answered).toHaveCount(4);
});

test('when the guesser comes after the failure, it goes on by itself', async ({ page, server }) => {
  const game = new Game(page);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/guesser\./, async (route) => {
    const reply = await route.fetch();
    await held;
    await route.fulfill({ response: reply });
  });
  await asWithModel(page);
  await game.reach(2);
  await game.awaitFetchedAhead(2);
  await server.down();
  await game.answer('Not sure');
  await expect(page.getByRole('alert')).toContainText(SAFE);
  release();
  await game.awaitQuestion(3);
  await expect(game.by).toHaveText(ALONE);
  await expect(page.getByRole('alert')).toBeEmpty();
});

test('when the server no longer recognises the game, the guesser goes on after a second attempt with the new settings', async ({ page, server }) => {
  const alerts = await watchAlerts(page);
  const game = new Game(page);
  await reach(game, 3);
  await server.down();
  await server.up({ SEAL_KEY: 'another key and a long enough one' });
  const asked = requestsOf(page);
  await game.answer('Not sure');
  await game.awaitQuestion(4);
  await expect(game.by).toHaveText(ALONE);
  await expect(game.answered).toHaveCount(3);
  expect(asked).toHaveLength(2);
  expect(asked[1]!.game).toEqual(asked[0]!.game);
  // The keys are part of it.
  expect(asked[1]!.v).not.toBe(asked[0]!.v);
  expect(await alerts()).toEqual([]);
});

for (const [what, reply] of [
  ['an error without a problem document', { status: 500, body: 'oops' }],
  ['a reply without a move', { status: 200, body: '{"move":{}}' }],
  ['a truncated reply', { status: 200, body: '{"move":{"question":"Is' }],
  ['a broken seal', { status: 409, body: '{"type":"/problems/broken-seal","status":409,"title":"No."}' }],
] as const) {
  test(`${what}, once: the page asks again, past the cache`, async ({ page }) => {
    const alerts = await watchAlerts(page);
    await page.addInitScript(() => {
      const { fetch } = window;
      const modes: string[] = [];
      // A header would say nothing: Playwright switches the cache off once it routes requests.
      window.fetch = (request, init) => {
        if (request instanceof Request && request.url.includes('/api/next')) modes.push(request.cache);
        return fetch(request, init);
      };
      Object.assign(window, { modes });
    });
    const modes = () => page.evaluate(() => (window as unknown as { modes: string[] }).modes.splice(0));
    const game = new Game(page);
    await reach(game, 2);
    expect(new Set(await modes())).toEqual(new Set(['default']));
    await page.route('**/api/next*', (route) => route.fulfill(reply), { times: 1 });
    await game.answer('Not sure');
    await game.awaitQuestion(3);
    await expect(game.by).toHaveText(SERVER);
    expect((await modes()).slice(0, 3)).toEqual(['default', 'reload', 'default']);
    expect(await alerts()).toEqual([]);
  });

  test(`${what}, for good: the guesser goes on after a second attempt`, async ({ page }) => {
    const alerts = await watchAlerts(page);
    const game = new Game(page);
    await reach(game, 2);
    await page.route('**/api/next*', (route) => route.fulfill(reply));
    const asked = requestsOf(page);
    await game.answer('Not sure');
    await game.awaitQuestion(3);
    await expect(game.by).toHaveText(ALONE);
    await game.answerNo(1);
    await game.awaitQuestion(4);
    expect(asked).toHaveLength(2);
    expect(await alerts()).toEqual([]);
  });
}

test('without the guesser, the page says that a reply made no sense', async ({ page }) => {
  const game = new Game(page);
  await reachWithoutGuesser(game, 1);
  await page.route('**/api/next*', (route) => route.fulfill({ body: '{"move":{}}' }));
  await game.answer('Not sure');
  await expect(page.getByRole('alert')).toContainText('made no sense');
  await page.unroute('**/api/next*');
  // The focus is still on the answer, which can't be pressed now: Enter tries again.
  await page.keyboard.press('Enter');
  await game.awaitQuestion(2);
});

test('offline, the guesser goes on at once', async ({ page }) => {
  const alerts = await watchAlerts(page);
  const game = new Game(page);
  await reach(game, 1);
  await page.context().setOffline(true);
  const asked = requestsOf(page);
  await game.answer('Not sure');
  await game.awaitQuestion(2);
  await expect(game.by).toHaveText(ALONE);
  expect(asked).toHaveLength(1);
  await page.context().setOffline(false);
  await game.answer('No');
  await game.awaitQuestion(3);
  await expect(game.by).toHaveText(ALONE);
  await game.open('Menu', 'Start again');
  await game.button('Start again').click();
  await game.awaitQuestion(1);
  await expect(game.by).toHaveText(SERVER);
  expect(await alerts()).toEqual([]);
});

test('when the connection comes back, the page tries again by itself', async ({ page }) => {
  const game = new Game(page);
  await reachWithoutGuesser(game, 1);
  await page.context().setOffline(true);
  await game.answer('Not sure');
  await expect(page.getByRole('alert')).toContainText('offline');
  await page.context().setOffline(false);
  await game.awaitQuestion(2);
});

test('while the server is slow the page says that it thinks, and ignores answers', async ({ page }) => {
  const game = new Game(page);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/next*', async (route) => {
    await held;
    await route.continue();
  });
  await asWithModel(page);
  await game.open();
  await game.button('Start').click();
  await expect(game.heading).toHaveText('Let me think');
  await expect(game.button('Yes')).toBeDisabled();
  await page.keyboard.press('y');
  release();
  await game.awaitQuestion(1);
  await expect(game.answered).toHaveCount(0);
});

for (const [what, then] of [
  ['the player may go on without it', 'press'],
  ['a failure makes the guesser go on', 'fail'],
  ['a late reply is played', 'reply'],
] as const) {
  test(`after six seconds without a move, the page says so: ${what}`, async ({ page }) => {
    const game = new Game(page);
    await reach(game, 2);
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/next*', async (route) => {
      await held;
      await (then === 'fail' ? route.abort() : route.continue());
    });
    const asked = requestsOf(page);
    await game.answer('Not sure');
    await expect(game.heading).toHaveText('Let me think');
    await expect(page.getByRole('alert')).toContainText('This takes longer than usual.', { timeout: 10_000 });
    if (then === 'press') await game.button('Go on without it').click();
    else release();
    await game.awaitQuestion(3);
    await expect(page.getByRole('alert')).toBeEmpty();
    await expect(game.by).toHaveText(then === 'reply' ? SERVER : ALONE);
    if (then !== 'reply') expect(asked).toHaveLength(1);
  });
}

test('the page waits three seconds longer than the server takes at most', async ({ page }) => {
  const game = new Game(page);
  await withSettings(page, { model: true, timeout: 1 });
  await game.reach(1);
  await game.awaitGuesser();
  await game.awaitFetchedAhead(1);
  await page.route('**/api/next*', () => {});
  const gaveUp = () => page.waitForEvent('requestfailed', { predicate: (request) => request.url().includes('/api/next') });
  const [first, start] = [gaveUp(), Date.now()];
  await game.answer('Not sure');
  await first;
  expect(Date.now() - start).toBeGreaterThan(3_900);
  expect(Date.now() - start).toBeLessThan(5_900);
  await gaveUp();
  await game.awaitQuestion(2);
  await expect(game.by).toHaveText(ALONE);
});

for (const file of ['twenty.*.wasm', 'start.*.js'] as const) {
  for (const how of ['missing', 'cut off'] as const) {
    test(`when ${file} is ${how}, the page says so and offers nothing to press`, async ({ page }) => {
      await page.route(`**/${file}`, (route) => (how === 'missing' ? route.fulfill({ status: 404 }) : route.abort()));
      await page.goto('/');
      await expect(page.getByRole('alert')).toContainText('could not be loaded');
      await expect(page.getByRole('button')).toHaveCount(0);
    });
  }
}

test('without the rest of its styles, the game can be played', async ({ page }) => {
  await page.route('**/twenty.*.css', (route) => route.abort());
  await new Game(page).reach(2);
});

test('without the guesser, the game goes on', async ({ page }) => {
  await page.route(/\/guesser\./, (route) => route.fulfill({ status: 404 }));
  const game = new Game(page);
  await game.reach(4);
});

test('without JavaScript the page says what it needs', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/');
  // Playwright finds no text in a <noscript>.
  expect(await page.content()).toContain('The game needs JavaScript');
  await expect(page.getByRole('button')).toHaveCount(0);
  await context.close();
});

test('without WebAssembly the page says what it needs', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'));
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('needs WebAssembly');
});
