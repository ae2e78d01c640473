// What the player sees when the server is slow, broken or gone.
import { expect, Server, test } from './server';
import { Game } from './game';

test('the server is killed and comes back in mid-game', async ({ page, server }) => {
  const game = new Game(page);
  await game.reach(3);
  await page.waitForLoadState('networkidle');
  await server.down();
  // The pondered successor still comes; the one after it does not.
  await game.answer('No');
  await game.awaitQuestion(4);
  await game.answer('No');
  await expect(page.getByRole('alert')).toContainText('Your game is safe');
  await expect(game.button('Go on with the house')).toHaveCount(0);
  await server.up();
  await game.button('Try again').click();
  await game.awaitQuestion(5);
  await expect(game.asked).toHaveCount(4);
});

test('the server is gone: the house in the browser plays to the end', async ({ page, server }) => {
  const game = new Game(page);
  await game.reach(3);
  await page.waitForLoadState('networkidle');
  await server.down();
  await game.answer('Not sure');
  await expect(page.getByRole('alert')).toContainText("can't be reached");
  await game.button('Try again').click();
  await game.button('Go on with the house').click();
  await game.awaitQuestion(4);
  await expect(page.locator('.by')).toContainText('in your browser');
  const earlier = await game.asked.allInnerTexts();
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You have won');
  const all = await game.asked.allInnerTexts();
  expect(all.slice(-3)).toEqual(earlier);
  expect(new Set(all).size).toBe(20);
});

test('a game that the server no longer recognises goes on with the house', async ({ page, server }) => {
  const game = new Game(page);
  await game.reach(3);
  // As after a change of the key: every seal is another's.
  const other = await Server.start({ SEAL_KEY: 'another key, and a long enough one' });
  await page.route('**/api/next*', (route) => route.continue({ url: route.request().url().replace(server.url, other.url) }));
  await page.reload();
  await game.awaitQuestion(3);
  await game.answer('No');
  await expect(page.getByRole('alert')).toContainText("doesn't recognise this game");
  await expect(game.button('Try again')).toHaveCount(0);
  await game.button('Go on with the house').click();
  await game.awaitQuestion(4);
  await expect(game.asked).toHaveCount(3);
  await other.down();
});

test('a slow server shows that it thinks, and a click meanwhile does nothing', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await page.route('**/api/next*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await game.button('I have thought of something').click();
  await expect(game.heading).toHaveText('Let me think');
  await expect(game.button('Yes')).toBeDisabled();
  await page.keyboard.press('y');
  await game.awaitQuestion(1);
  await expect(game.asked).toHaveCount(0);
});

for (const [what, reply] of [
  ['a broken server', { status: 500, body: 'oops' }],
  ['nonsense', { status: 200, body: '{"move":{}}' }],
  ['a cut answer', { status: 200, body: '{"move":{"question":"Is' }],
] as const) {
  test(`${what} is named, and the game is kept`, async ({ page }) => {
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

test('the connection comes back by itself', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await game.answer('Not sure');
  await expect(page.getByRole('alert')).toContainText('offline');
  await page.context().setOffline(false);
  await game.awaitQuestion(2);
});

test('without the program the page says so', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('/');
  await expect(page.locator('main button').first()).toContainText('could not be loaded');
});
