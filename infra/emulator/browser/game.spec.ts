// A whole game in Chromium against the emulated CloudFront, bucket and function.
import { expect, test } from '@playwright/test';
import { Game } from '../../../end2end/game';

test('a game to the end, with nothing refused or logged', async ({ page }) => {
  const strange: string[] = [];
  page.on('console', (message) => strange.push(message.text()));
  page.on('pageerror', (error) => strange.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(process.env.ADDRESS!)) strange.push(request.url());
  });
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  await expect(game.answered).toHaveCount(20);
  expect(strange).toEqual([]);
});

test('a mistyped address says so and leads to the game', async ({ page }) => {
  const response = await page.goto('/gmae');
  expect(response?.status()).toBe(404);
  await page.getByRole('link').click();
  await expect(page.getByRole('button', { name: 'Start' })).toBeEnabled();
});
