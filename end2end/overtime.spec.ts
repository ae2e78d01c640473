// Five more moves, which the player may grant after winning.
import { asWithModel, expect, requestsOf, test } from './server';
import { Game } from './game';

const MORE = 'Let me ask five more';

/** Wins, and grants five more moves. */
async function grant(game: Game): Promise<void> {
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  await game.button(MORE).click();
  await game.awaitQuestion(21);
}

test('the AI finds the thing in overtime, and the player has won all the same', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await grant(game);
  await expect(page.locator('.number')).toHaveText('21 of 25');
  await expect(page.locator('.pip')).toHaveCount(25);
  await expect(page.locator('.move [aria-live="polite"]')).toHaveText(/ 21 of 25\. /);
  let guessed = '';
  await game.play(({ words, isGuess }) => {
    guessed = words.slice('Is it '.length, -1);
    return isGuess ? 'Yes' : 'No';
  });
  await expect(game.heading).toHaveText(`You win! It was ${guessed}.`);
  const moves = await game.answered.count();
  expect(moves).toBeGreaterThan(20);
  await expect(page.locator('.ending .kicker')).toHaveText(`I needed ${moves} moves.`);
  await expect(game.answered.first()).toHaveClass('is-right');
  // It is named, and overtime is granted once.
  await expect(page.getByLabel('What was it?')).toHaveCount(0);
  await expect(game.button(MORE)).toHaveCount(0);
  await page.reload();
  await expect(game.heading).toHaveText(`You win! It was ${guessed}.`);

  await game.menu('Back to the start page');
  await expect(page.locator('.welcome')).toContainText(`Last time you won. It was ${guessed}.`);
  expect(await page.evaluate(() => localStorage.getItem('twenty-questions-games'))).toBe(`late ${moves} ${guessed}\n`);
});

test('the AI finds nothing in overtime either; its last move is a guess', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await grant(game);
  await game.answerNo(4);
  await game.awaitQuestion(25);
  expect(await game.isGuess()).toBe(true);
  await expect(game.button('Not sure')).toBeHidden();
  const guesses = await page.locator('.history .is-refused .subject').allTextContents();
  expect(guesses).not.toContain(await game.heading.innerText());
  await game.answer('No');
  await expect(game.heading).toHaveText('You win!');
  await expect(page.locator('.ending .kicker')).toHaveText('I never got there.');
  await expect(game.answered).toHaveCount(25);
  const questions = await page.locator('.history .subject').allTextContents();
  expect(new Set(questions).size).toBe(25);
  await expect(game.button(MORE)).toHaveCount(0);
  // What it was can be taught as after any game.
  await page.getByLabel('What was it?').fill('flurb');
  await page.keyboard.press('Enter');
  await game.button('a flurb').click();
  await expect(page.locator('.debrief')).toContainText("I'll know it next time");
});

test('with the name of the thing there is nothing left to ask', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await expect(game.button(MORE)).toBeVisible();
  await page.getByLabel('What was it?').fill('flurb');
  await page.keyboard.press('Enter');
  await expect(page.locator('.thing')).toContainText('It was flurb.');
  await expect(game.button(MORE)).toHaveCount(0);
});

test('overtime can be taken back, and survives a reload', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await grant(game);
  await game.answer('No');
  await game.awaitQuestion(22);
  const words = await game.heading.innerText();
  await page.reload();
  await game.awaitQuestion(22);
  await expect(page.locator('.number')).toHaveText('22 of 25');
  await expect(game.heading).toHaveText(words);
  await expect(game.answered).toHaveCount(21);
  await game.button('Undo').click();
  await game.awaitQuestion(21);
  await expect(page.locator('.number')).toHaveText('21 of 25');
  // The answer before overtime goes with it.
  await game.button('Undo').click();
  await game.awaitQuestion(20);
  await expect(page.locator('.number')).toHaveText('20 of 20');
  await expect(page.locator('.pip')).toHaveCount(20);
  await game.answer('No');
  await expect(game.button(MORE)).toBeVisible();
  await game.button(MORE).click();
  await game.awaitQuestion(21);
  // And a game that is ended in overtime was won before.
  await game.menu('End game');
  await expect(game.heading).toHaveText('You win!');
  await game.button('Back to the game').click();
  await game.awaitQuestion(21);
});

test('a model is asked for the moves of overtime too', async ({ page }) => {
  const game = new Game(page);
  const asked = requestsOf(page);
  await asWithModel(page);
  await game.start();
  await grant(game);
  await expect(game.by).toHaveText('asked by the built-in guesser');
  await game.answerNo(4);
  await game.awaitQuestion(25);
  expect(await game.isGuess()).toBe(true);
  await game.answer('Yes');
  await expect(game.heading).toHaveText(/^You win! It was .+\.$/);
  await expect(page.locator('.ending .kicker')).toHaveText('I needed 25 moves.');
  // The server hears of both ends, and of overtime in each request of it.
  await expect.poll(() => asked.filter(({ game }) => game.moves.length === 25)).toHaveLength(1);
  for (const { game } of asked) {
    const { length } = game.moves;
    if (length > 20) expect(game.overtime).toBe(true);
    if (length < 20) expect(game.overtime).toBeUndefined();
  }
  expect(asked.filter(({ game }) => game.moves.length === 20).map(({ game }) => game.overtime)).toEqual([undefined, true]);
});
