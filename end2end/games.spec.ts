// Whole games against the real server.
import { asWithModel, expect, requestsOf, test } from './server';
import { Game } from './game';

/** The words for a regular expression. */
const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the AI wins with a right guess', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  let guessed = '';
  await game.play(({ words, isGuess }) => {
    guessed = words;
    return isGuess || words === 'Is it a living thing?' ? 'Yes' : 'No';
  });
  // "Is it a dog?" and "Got it in 13: a dog."
  await expect(game.heading).toHaveText(new RegExp(`^Got it in \\d+: ${guessed.slice('Is it '.length, -1)}\\.$`));
  await expect(game.heading).toBeFocused();
  await expect(game.answered.first()).toHaveClass('is-right');
});

test('the player wins after twenty moves and says what it was', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await expect(game.heading).toHaveText('You win!');
  await expect(game.answered).toHaveCount(20);
  // The twentieth move is a guess.
  await expect(game.answered.first()).toHaveClass('is-refused');
  await page.getByLabel('What was it?').fill('a flurb');
  await page.keyboard.press('Enter');
  await expect(page.locator('.thing')).toContainText('It was a flurb.');
  await page.reload();
  await expect(page.locator('.thing')).toContainText('It was a flurb.');
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  await expect(game.answered).toHaveCount(0);
});

test('undo goes back as far as the first question', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  const first = await game.heading.innerText();
  await game.answerNo(3);
  await game.awaitQuestion(4);
  for (const number of [3, 2, 1]) {
    await game.button('Undo').click();
    await game.awaitQuestion(number);
  }
  await expect(game.heading).toHaveText(first);
  await expect(game.button('Undo')).toBeDisabled();
  await game.answer('Yes');
  await game.awaitQuestion(2);
  await expect(game.answered.first()).toContainText('yes');
});

test('the end of a game can be taken back too', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await game.button('Undo').click();
  await game.awaitQuestion(20);
  // A guess takes only yes or no.
  await expect(game.button('Not sure')).toBeHidden();
  await game.answer('Yes');
  await expect(game.heading).toHaveText(/^Got it in \d+: /);
});

test('a game that the player ended can be continued', async ({ page }) => {
  const game = new Game(page);
  await game.reach(3);
  await game.menu('End game');
  await expect(game.heading).toHaveText('You ended the game.');
  await game.button('Back to the game').click();
  await game.awaitQuestion(3);
});

test('starting again asks first, and then starts a game', async ({ page }) => {
  const game = new Game(page);
  await game.reach(3);
  await game.open('Menu', 'Start again');
  await game.button('Keep playing').click();
  await game.awaitQuestion(3);
  await expect(game.button('Menu')).toBeFocused();
  await game.open('Menu', 'Start again');
  await expect(page.locator('#sheet-title')).toHaveText('Start again?');
  await game.button('Start again').click();
  await game.awaitQuestion(1);
  await expect(game.answered).toHaveCount(0);
});

test('a whole game by keyboard', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await page.keyboard.press('Enter');
  const keys = ['y', 'N', 's', 'n'];
  for (let number = 1; number <= 20; number += 1) {
    await game.awaitQuestion(number);
    const isGuess = await game.isGuess();
    await page.keyboard.press(isGuess ? 'n' : keys[number % keys.length]!);
    if (number === 5) {
      await game.awaitQuestion(6);
      await page.keyboard.press('z');
      await game.awaitQuestion(5);
      await page.keyboard.press('Backspace');
      await game.awaitQuestion(4);
      await page.keyboard.press('n');
      await game.awaitQuestion(5);
      await page.keyboard.press('n');
    }
  }
  await expect(game.heading).toHaveText('You win!');
  // Neither key has a meaning for the whole screen: an end isn't lost by a key that was held too long.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Backspace');
  await expect(game.heading).toHaveText('You win!');
  await game.button('Play again').press('Enter');
  await game.awaitQuestion(1);
});

test('screen readers hear each question', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  const live = page.locator('.move [aria-live="polite"]');
  const spoken = async (number: number, left: string) => new RegExp(`^Question ${number} of 20\\. ${escaped(await game.heading.innerText())}${left}$`);
  // The number comes with the guesser, and would be read after the question once more.
  await expect(live).toHaveText(await spoken(1, ''));
  await game.answer('No');
  await game.awaitQuestion(2);
  await expect(live).toHaveText(await spoken(2, ' about [\\d,]+ left\\.'));
  await expect(game.button('No')).toBeFocused();
});

test('a reload changes nothing, at any point', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  for (let number = 1; number <= 4; number += 1) {
    await game.awaitQuestion(number);
    const words = await game.heading.innerText();
    await page.reload();
    await game.awaitQuestion(number);
    await expect(game.heading).toHaveText(words);
    await expect(game.answered).toHaveCount(number - 1);
    await game.answer('Yes');
  }
});

test('it ponders: the next click needs no network', async ({ page }) => {
  const game = new Game(page);
  const asked = requestsOf(page);
  await asWithModel(page);
  await game.start();
  await game.awaitFetchedAhead(1);
  expect(asked).toHaveLength(3);
  await page.context().setOffline(true);
  await game.answer('No');
  await game.awaitQuestion(2);
  await expect(game.by).toHaveText('asked by the built-in guesser');
});

test('the title of the window follows the game', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await expect(page).toHaveTitle('Twenty Questions');
  await game.button('Start').click();
  for (const number of [1, 2]) {
    await game.awaitQuestion(number);
    await expect(page).toHaveTitle(`${number}. ${await game.heading.innerText()}`);
    await game.answer('No');
  }
  await game.awaitQuestion(3);
  await game.menu('End game');
  await expect(page).toHaveTitle('Twenty Questions');
});
