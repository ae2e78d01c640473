// The game in Chromium, through the emulated CloudFront, bucket and function.
import { expect, test } from '@playwright/test';
import { Game } from '../../../end2end/game';

test('a whole game, without console messages, errors or requests to other servers', async ({ page }) => {
  const unexpected: string[] = [];
  page.on('console', (message) => unexpected.push(message.text()));
  page.on('pageerror', (error) => unexpected.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(process.env.ADDRESS!)) unexpected.push(request.url());
  });
  const game = new Game(page);
  await game.start();
  // The worker stores the page only if every file is the one that the build lists.
  await page.evaluate(() => navigator.serviceWorker.ready);
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  await expect(game.answered).toHaveCount(20);
  expect(unexpected).toEqual([]);
});

test('a mistyped address gets an error page that links to the game', async ({ page }) => {
  const response = await page.goto('/gmae');
  expect(response?.status()).toBe(404);
  await page.getByRole('link').click();
  await expect(page.getByRole('button', { name: 'Start' })).toBeEnabled();
});
