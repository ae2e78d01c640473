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
  await expect(page.locator('.by')).toContainText('in your browser');
  const earlier = await game.answered.allInnerTexts();
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  const all = await game.answered.allInnerTexts();
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

test('when the program fails to load, the page says so', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('/');
  await expect(page.locator('main button').first()).toContainText('could not be loaded');
});
