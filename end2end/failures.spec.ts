// What the player sees when the server is slow, fails or is gone.
import { expect, Server, test } from './server';
import { Game } from './game';

test('the server is killed and comes back in mid-game', async ({ page, server }) => {
  const game = new Game(page);
  await game.reach(3);
  await game.awaitFetchedAhead(3);
  await server.down();
  // The page has fetched the next move ahead, but not the one after it.
  await game.answer('No');
  await game.awaitQuestion(4);
  await game.answer('No');
  await expect(page.getByRole('alert')).toContainText('Your game is safe');
  await expect(game.button('Go on without it')).toHaveCount(0);
  await server.up();
  await game.button('Try again').click();
  await game.awaitQuestion(5);
  await expect(game.answered).toHaveCount(4);
});

test('when the server is gone, the guesser in the page plays to the end', async ({ page, server }) => {
  const game = new Game(page);
  await game.reach(3);
  await page.waitForLoadState('networkidle');
  await server.down();
  await game.answer('Not sure');
  await expect(page.getByRole('alert')).toContainText("can't be reached");
  await game.button('Try again').click();
  await game.button('Go on without it').click();
  await game.awaitQuestion(4);
  const questions = page.locator('.history .subject');
  const earlier = await questions.allTextContents();
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  const all = await questions.allTextContents();
  expect(all.slice(-3)).toEqual(earlier);
  expect(new Set(all).size).toBe(20);
});

test('when the server no longer recognises the game, the guesser in the page continues it', async ({ page, server }) => {
  const game = new Game(page);
  await game.reach(3);
  // As after a change of the key: the server doesn't recognise any of its seals.
  const other = await Server.start({ SEAL_KEY: 'another key, and a long enough one' });
  await page.route('**/api/next*', (route) => route.continue({ url: route.request().url().replace(server.url, other.url) }));
  await page.reload();
  await game.awaitQuestion(3);
  await game.answer('No');
  await expect(page.getByRole('alert')).toContainText("doesn't recognise this game");
  await expect(game.button('Try again')).toHaveCount(0);
  await game.button('Go on without it').click();
  await game.awaitQuestion(4);
  await expect(game.answered).toHaveCount(3);
  await other.down();
});

test('while the server is slow the page says that it thinks, and ignores answers', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await page.route('**/api/next*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await game.button('Start').click();
  await expect(game.heading).toHaveText('Let me think');
  await expect(game.button('Yes')).toBeDisabled();
  await page.keyboard.press('y');
  await game.awaitQuestion(1);
  await expect(game.answered).toHaveCount(0);
});

for (const [what, reply] of [
  ['an error without a problem document', { status: 500, body: 'oops' }],
  ['a reply without a move', { status: 200, body: '{"move":{}}' }],
  ['a truncated reply', { status: 200, body: '{"move":{"question":"Is' }],
] as const) {
  test(`${what}: the page says so and keeps the game`, async ({ page }) => {
    const game = new Game(page);
    await game.start();
    await page.waitForLoadState('networkidle');
    await page.route('**/api/next*', (route) => route.fulfill(reply));
    await game.answer('Not sure');
    await expect(page.getByRole('alert')).toContainText('made no sense');
    await page.unroute('**/api/next*');
    // The focus is still on the answer, which can't be pressed now: Enter tries again.
    await page.keyboard.press('Enter');
    await game.awaitQuestion(2);
  });
}

test('when the connection comes back, the page tries again by itself', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await game.answer('Not sure');
  await expect(page.getByRole('alert')).toContainText('offline');
  await page.context().setOffline(false);
  await game.awaitQuestion(2);
});

for (const file of ['twenty.*.wasm', 'twenty.*.js'] as const) {
  for (const how of ['missing', 'cut off'] as const) {
    test(`when ${file} is ${how}, the page says so and offers nothing to press`, async ({ page }) => {
      await page.route(`**/${file}`, (route) => (how === 'missing' ? route.fulfill({ status: 404 }) : route.abort()));
      await page.goto('/');
      await expect(page.getByRole('alert')).toContainText('could not be loaded');
      await expect(page.getByRole('button')).toHaveCount(0);
    });
  }
}

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

test('after six seconds without a move, the page offers to go on by itself', async ({ page }) => {
  const game = new Game(page);
  await game.reach(2);
  await page.waitForLoadState('networkidle');
  await page.route('**/api/next*', () => {});
  await game.answer('Not sure');
  await expect(game.heading).toHaveText('Let me think');
  await expect(page.getByRole('alert')).toContainText('This takes longer than usual.', { timeout: 10_000 });
  await game.button('Go on without it').click();
  await game.awaitQuestion(3);
});
