// What the guesser in the page shows and learns.
import { readFile } from 'node:fs/promises';
import { expect, test } from './server';
import { Game } from './game';
import { drawn } from './sky';

test('the player can look at what the guesser thinks', async ({ page }) => {
  const game = new Game(page);
  await game.reach(4);
  await expect(page.locator('.is-thought')).toHaveCount(0);
  await game.awaitGuesser();
  await game.open('Menu', 'What I think');
  await expect(page.locator('.is-thought')).toHaveCount(5);
  const certainties = await page.locator('.is-thought .said').allInnerTexts();
  for (const certainty of certainties) expect(certainty).toMatch(/^(< 1|\d+) %$/);
  await page.keyboard.press('Escape');
  await expect(game.button('Menu')).toBeFocused();
  // About how many things each answer left.
  await expect(page.locator('.caption')).toHaveText(/^about [\d,]+ left$/);
  await game.open('Your answers');
  for (const line of await page.locator('#sheet .left').allInnerTexts()) expect(line).toMatch(/^[\d,]+ left$/);
});

test('the guesser says which answers it did not expect', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await page.getByLabel('What was it?').fill('dog');
  await page.keyboard.press('Enter');
  await expect(page.locator('.debrief')).toContainText('Where you surprised me:');
  await expect(page.locator('.debrief li')).toHaveCount(3);
  await expect(page.locator('.debrief .said').first()).toHaveText(/^You said no\. I was \d+ % sure it was yes\.$/);
});

/** Wins with a thing that the guesser doesn't know, and teaches it. */
async function teach(game: Game): Promise<void> {
  await game.start();
  await game.play(() => 'No');
  await game.page.getByLabel('What was it?').fill('flurb');
  await game.page.keyboard.press('Enter');
  await expect(game.page.locator('.debrief')).toContainText('I have never heard of it.');
  await expect(game.button('flurb')).toBeVisible();
  await game.button('a flurb').click();
  await expect(game.page.locator('.debrief')).toContainText("I'll know it next time, on this device.");
}

test('the guesser guesses the next time what a player has taught it', async ({ page }) => {
  const game = new Game(page);
  await teach(game);
  await page.reload();
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  await game.play(({ words }) => (words === 'Is it a flurb?' ? 'Yes' : 'No'));
  await expect(game.heading).toHaveText(/^Got it in \d+: a flurb\.$/);
});

test('lessons can be listed, forgotten, saved as a file and loaded again', async ({ page }) => {
  const game = new Game(page);
  await teach(game);
  await game.open('Menu', 'Stars I added');
  await expect(game.button('Remove a flurb')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByText('Save as a file').press('Enter');
  const file = await (await download).path();
  const { version, lessons } = JSON.parse(await readFile(file, 'utf8'));
  expect(version).toBe(1);
  expect(lessons[0].name).toBe('a flurb');
  expect(lessons[0].answers.length).toBeGreaterThan(10);

  await game.button('Remove a flurb').click();
  await expect(page.locator('.stars')).toContainText('None yet.');
  await game.button('Bring back a flurb').click();
  await expect(game.button('Remove a flurb')).toBeVisible();
  await game.button('Rename a flurb').click();
  // A second dog would never be guessed.
  await page.getByLabel('New name').fill('dog');
  await page.keyboard.press('Enter');
  await expect(page.locator('.stars')).toContainText('I know that one already');
  await game.button('Rename a flurb').click();
  await game.button('Cancel').click();
  // Another spelling of the same name is no other thing.
  await game.button('Rename a flurb').click();
  await page.getByLabel('New name').fill('a Flurb');
  await page.keyboard.press('Enter');
  await expect(page.locator('.stars')).toContainText('Renamed.');
  await game.button('Rename a Flurb').click();
  await page.getByLabel('New name').fill('a flurb');
  await page.keyboard.press('Enter');
  await expect(game.button('Rename a flurb')).toBeVisible();
  await game.button('Rename a flurb').click();
  await page.getByLabel('New name').fill('a florb');
  await page.keyboard.press('Enter');
  await expect(game.button('Remove a florb')).toBeVisible();
  // The game behind the sheet follows.
  await expect(page.locator('.thing')).toContainText('It was a florb.');
  await game.button('Remove a florb').click();
  await expect(page.locator('.stars')).toContainText('None yet.');
  const load = (buffer: Buffer) => page.locator('input[type=file]').setInputFiles({ name: 'l.json', mimeType: 'application/json', buffer });
  await load(Buffer.from('{"version":1,"lessons":[{"name":""}]}'));
  await expect(page.locator('.stars')).toContainText("That file isn't from this game.");
  await load(await readFile(file));
  await expect(page.locator('.stars')).toContainText('One thing is loaded.');
  await expect(game.button('Remove a flurb')).toBeVisible();
  await game.button('Remove a flurb').click();
  await load(await readFile(file));
  await expect(game.button('Remove a flurb')).toBeVisible();
  await expect(game.button('Bring back a flurb')).toHaveCount(0);
  await page.reload();
  await game.open('Menu', 'Stars I added');
  await expect(game.button('Remove a flurb')).toBeVisible();
});

test('after a reload, the end of a game is shown as before', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await page.getByLabel('What was it?').fill('dog');
  await page.keyboard.press('Enter');
  const shown = async () => [await page.locator('.caption').innerText(), await page.locator('.debrief').innerText()];
  await expect(page.locator('.caption')).toHaveText('where it was');
  await expect(page.locator('.thing')).toContainText('It was a dog.');
  await expect(page.locator('.debrief li')).toHaveCount(3);
  const before = await shown();
  await page.reload();
  await expect(page.locator('.debrief li')).toHaveCount(3);
  expect(await shown()).toEqual(before);
});

test('what was found in past games shines on the first screen', async ({ page }) => {
  const game = new Game(page);
  const accent = async () => (await page.evaluate(drawn)).accent;
  await game.open();
  await page.waitForFunction(() => 'guesser' in window);
  expect(await accent()).toBe(0);
  await page.evaluate(() => localStorage.setItem('twenty-questions-games', 'found 13 a penguin\nmissed 20 a flurb\n'));
  await page.reload();
  await expect.poll(accent).toBeGreaterThan(10);
  const one = await accent();
  // What another tab finds appears too.
  await page.evaluate(() => {
    localStorage.setItem('twenty-questions-games', 'found 13 a penguin\nlate 22 a guitar\n');
    dispatchEvent(new Event('storage'));
  });
  await expect.poll(accent).toBeGreaterThan(one);
});

test('what was found just now shines on the first screen too', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(({ words, isGuess }) => (isGuess || words === 'Is it a living thing?' ? 'Yes' : 'No'));
  await expect(game.heading).toHaveText(/^Got it in/);
  await game.menu('Back to the start page');
  await expect(game.button('Start')).toBeEnabled();
  await expect.poll(async () => (await page.evaluate(drawn)).accent).toBeGreaterThan(10);
});

for (const file of ['guesser.*.js', 'guesser.*.wasm', 'knowledge.*.bin']) {
  test(`the guesser is loaded later if ${file} fails once`, async ({ page }) => {
    const game = new Game(page);
    let requests = 0;
    await page.route(new RegExp(file), (route) => (requests++ === 0 ? route.abort() : route.continue()));
    await game.start();
    await expect.poll(() => requests).toBeGreaterThan(0);
    await game.answer('No');
    await game.awaitQuestion(2);
    await game.awaitGuesser();
    expect(requests).toBe(2);
  });
}

test('the guesser thinks fast in the page', async ({ page, server }) => {
  const game = new Game(page);
  await game.reach(4);
  await game.awaitGuesser();
  // No model plays, so there is no server to wait for.
  await server.down();
  await game.answer('No');
  await game.awaitQuestion(5);
  const times: number[] = [];
  for (let number = 5; number < 17; number += 1) {
    times.push(
      await page.evaluate(async () => {
        const number = () => document.querySelector('.number')!.textContent;
        const before = number();
        const start = performance.now();
        document.querySelector<HTMLElement>('.answer.is-no')!.click();
        // The page is drawn in microtasks; nothing else has to be waited for.
        while (number() === before) await Promise.resolve();
        return performance.now() - start;
      }),
    );
    await game.awaitQuestion(number + 1);
  }
  const moves = await page.evaluate(() => {
    const { guesser } = window as unknown as { guesser: { nextMove: () => string } };
    return Array.from({ length: 21 }, () => {
      const start = performance.now();
      guesser.nextMove();
      return performance.now() - start;
    }).sort((a, b) => a - b);
  });
  console.log(`the guesser's next move: ${moves[10]!.toFixed(1)} ms at the median, ${moves.at(-1)!.toFixed(1)} ms at most`);
  times.sort((a, b) => a - b);
  console.log(`from the click to the next question on the page: ${times[6]!.toFixed(1)} ms at the median, ${times.at(-1)!.toFixed(1)} ms at most`);
});
