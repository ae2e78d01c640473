// The page for people who don't use it as its makers do.
import type { Page } from '@playwright/test';
import { asWithModel, expect, test } from './server';
import { Game } from './game';

test('a browser that translates the page sees every new question', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  // As Chrome does: each text node is replaced by an element with other words.
  const translate = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: Node[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts.filter((text) => text.textContent!.trim() !== '')) {
        const font = document.createElement('font');
        font.textContent = `»${text.textContent}«`;
        text.parentNode!.replaceChild(font, text);
      }
    });
  const questions = new Set<string>();
  for (let number = 1; number <= 4; number += 1) {
    await expect(page.locator('.number b')).toHaveText(String(number));
    const question = await game.heading.innerText();
    expect(question).not.toContain('»');
    questions.add(question);
    await page.waitForTimeout(300);
    await translate();
    await page.locator('.answer.is-no').click();
  }
  expect(questions.size).toBe(4);
  await expect(game.answered).toHaveCount(4);
});

test('a key that is held down answers one question', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.button('No').focus();
  for (const key of ['Enter', 'n']) {
    const before = await game.answered.count();
    // Pressed again without a release, as the browser repeats a key.
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.down(key);
      await page.waitForTimeout(60);
    }
    await page.keyboard.up(key);
    await expect(game.answered).toHaveCount(before + 1);
    await game.awaitQuestion(before + 2);
  }
});

test('a key answers no question while the panel that changes an answer is open', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const game = new Game(page);
  await game.reach(4);
  const line = page.locator('.page .history li').last().getByRole('button').first();
  const panel = page.getByRole('group', { name: 'Change it to' });
  await line.press('Enter');
  await panel.getByRole('button', { name: 'Yes' }).focus();
  for (const key of ['n', 'z']) await page.keyboard.press(key);
  await page.waitForTimeout(200);
  await expect(game.answered).toHaveCount(3);
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(line).toBeFocused();
  await page.keyboard.press('n');
  await expect(game.answered).toHaveCount(4);
});

test('the key that takes an answer back works at the end of a game too', async ({ page }) => {
  const game = new Game(page);
  await game.reach(3);
  await game.menu('End game');
  await expect(game.heading).toHaveText('You ended the game.');
  await page.keyboard.press('z');
  await game.awaitQuestion(3);
});

test('whoever plays with the keyboard sees the focus, and nobody else', async ({ page }) => {
  const game = new Game(page);
  const ring = () => game.heading.evaluate((heading) => getComputedStyle(heading).outlineStyle);
  await game.start();
  await game.play(() => 'No');
  await expect(game.heading).toBeFocused();
  expect(await ring()).toBe('none');
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  await expect(game.heading).toBeFocused();
  expect(await ring()).toBe('none');
  await game.answerNo(1);
  await game.awaitQuestion(2);
  await page.reload();
  await game.awaitQuestion(2);
  await game.heading.evaluate((heading) => heading.focus());
  expect(await ring()).toBe('none');
  await page.keyboard.press('n');
  await game.awaitQuestion(3);
  await expect(game.heading).toBeFocused();
  expect(await ring()).not.toBe('none');
});

test('a name that is blank or too long is not cut without a word', async ({ page }) => {
  const game = new Game(page);
  await game.reach(2);
  await game.menu('End game');
  const input = page.getByLabel('What was it?');
  const isTaken = () => input.evaluate((input: HTMLInputElement) => input.checkValidity());
  for (const [name, expected] of [['', false], ['  ', false], ['w'.repeat(81), false], ['w'.repeat(80), true], [' a flurb ', true]] as const) {
    await input.fill(name);
    expect(await isTaken(), name).toBe(expected);
  }
});

test('a touch screen offers no keys', async ({ browser, server }) => {
  for (const hasTouch of [true, false]) {
    const context = await browser.newContext({ baseURL: server.url, hasTouch, isMobile: hasTouch });
    const game = new Game(await context.newPage());
    await game.open();
    await game.open('Menu');
    const keys = game.button('Keyboard shortcuts: Y, N, S, Z');
    await (hasTouch ? expect(keys).toBeHidden() : expect(keys).toBeVisible());
    await context.close();
  }
});

test('two quick taps answer one question', async ({ page }) => {
  const game = new Game(page);
  await game.reach(2);
  // The next question comes at once.
  await game.awaitGuesser();
  await page.evaluate(async () => {
    const no = document.querySelector<HTMLElement>('.answer.is-no')!;
    no.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
    no.click();
  });
  await game.awaitQuestion(3);
  await expect(game.answered).toHaveCount(2);
});

/** Whether something other than the page has the focus. */
const hasFocus = (page: Page) => page.evaluate(() => !['BODY', 'HTML'].includes(document.activeElement!.tagName));

test('the focus never gets lost', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await page.getByLabel('What was it?').fill('flurb');
  await game.button('Tell me').press('Enter');
  await expect.poll(() => hasFocus(page)).toBe(true);
  await game.button('a flurb').press('Enter');
  await expect(page.locator('.debrief')).toContainText('A new star.');
  await expect(page.locator('#told')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(game.heading).toHaveText('You win!');
  await game.button('Menu').press('Enter');
  await game.button('Stars I added').press('Enter');
  await expect(page.locator('#sheet-title')).toBeFocused();
  await game.button('Rename a flurb').press('Enter');
  await expect(page.getByLabel('New name')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => hasFocus(page)).toBe(true);
  await game.button('Remove a flurb').press('Enter');
  await expect(page.locator('#sheet-title')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Removed.' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(game.button('Menu')).toBeFocused();
  await game.button('Menu').press('Enter');
  await game.button('Statistics').press('Enter');
  await expect(page.locator('#sheet-title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(game.button('Menu')).toBeFocused();
  await game.button('Play again').press('Enter');
  await game.awaitQuestion(1);
  expect(await hasFocus(page)).toBe(true);
});

test('the focus never gets lost when the server does', async ({ page, server }) => {
  const game = new Game(page);
  await page.route(/\/guesser\./, (route) => route.abort());
  await asWithModel(page);
  await game.start();
  await game.awaitFetchedAhead(1);
  await server.down();
  await game.button('Not sure').press('Enter');
  await game.button('Try again').press('Enter');
  await expect.poll(() => hasFocus(page)).toBe(true);
  await expect(game.button('Try again')).toBeVisible();
  await page.unroute(/\/guesser\./);
  await server.up();
  await game.button('Try again').press('Enter');
  await game.awaitQuestion(2);
  expect(await hasFocus(page)).toBe(true);
});

test('teaching is announced', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await page.getByLabel('What was it?').fill('flurb');
  await page.keyboard.press('Enter');
  const live = page.locator('.debrief[aria-live="polite"]');
  await expect(live).toContainText('I have never heard of it.');
  await game.button('a flurb').click();
  await expect(live).toContainText("I'll know it next time");
});

test('what is read aloud is read once', async ({ page }) => {
  const game = new Game(page);
  await game.reach(3);
  await game.awaitGuesser();
  await page.evaluate(() => {
    Object.assign(window, { changes: 0 });
    const count = () => ((window as unknown as { changes: number }).changes += 1);
    const watch = new MutationObserver(count);
    for (const live of document.querySelectorAll('[aria-live], [role=status], [role=alert]')) watch.observe(live, { subtree: true, childList: true, characterData: true });
  });
  const changes = () => page.evaluate(() => (window as unknown as { changes: number }).changes);
  await game.open('Menu');
  await game.button('Close').click();
  await expect(page.locator('#sheet')).toBeHidden();
  expect(await changes()).toBe(0);
  await game.answer('No');
  await game.awaitQuestion(4);
  expect(await changes()).toBeGreaterThan(0);
});

test('a guess leaves the focus somewhere, though it has no "Not sure"', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  for (let number = 1; !(await game.isGuess()); number += 1) {
    await game.button('Not sure').press('Enter');
    await game.awaitQuestion(number + 1);
  }
  await expect(game.button('Not sure')).toBeHidden();
  expect(await hasFocus(page)).toBe(true);
});

test('a short game teaches nothing', async ({ page }) => {
  const game = new Game(page);
  await game.reach(6);
  await game.menu('End game');
  await page.getByLabel('What was it?').fill('flurb');
  await page.keyboard.press('Enter');
  await expect(page.locator('.debrief')).toContainText('Answer six questions or more, and you can teach me.');
  await expect(game.button('a flurb')).toHaveCount(0);
});

test('single letters can be switched off, and stay off', async ({ page }) => {
  const game = new Game(page);
  await game.reach(2);
  await game.open('Menu');
  await game.button('Keyboard shortcuts: Y, N, S, Z').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.reload();
  await game.awaitQuestion(2);
  await page.keyboard.press('n');
  await page.waitForTimeout(200);
  await expect(game.answered).toHaveCount(1);
  await expect(page.locator('kbd')).toHaveCount(0);
});

test('the colours follow the system or the player', async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  const game = new Game(page);
  await game.open();
  const dark = await background();
  const sky = () => page.evaluate(() => document.querySelector<HTMLCanvasElement>('#sky')!.toDataURL());
  const night = await sky();
  await game.open('Menu');
  await game.button('Light').click();
  await expect.poll(sky).not.toBe(night);
  const light = await background();
  expect(light).not.toBe(dark);
  // The bars of the browser too.
  const bars = () => page.locator('meta[name=theme-color]').evaluateAll((bars) => bars.map((bar) => (bar as HTMLMetaElement).content));
  expect(await bars()).toEqual([light, light]);
  // Before any program runs.
  await page.route('**/start.*.js', (route) => route.abort());
  await page.reload();
  expect(await background()).toBe(light);
  await page.unroute('**/start.*.js');
  await page.reload();
  await expect(game.button('Start')).toBeEnabled();
  expect(await background()).toBe(light);
  await game.open('Menu');
  await game.button('System').click();
  expect(await background()).toBe(dark);
  expect(await bars()).toEqual([dark, dark]);
});

test('forced colours tell yes from no', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const game = new Game(page);
  await game.start();
  for (const [number, answer] of [[1, 'Yes'], [2, 'No']] as const) {
    await game.awaitQuestion(number);
    await game.answer(answer);
  }
  await game.awaitQuestion(3);
  const marks = await page.evaluate(() => ['.answer.is-yes', '.answer.is-no'].map((answer) => getComputedStyle(document.querySelector(answer)!, '::before').content));
  expect(new Set(marks).size).toBe(2);
  const heights = await page.evaluate(() => ['.pip.is-yes', '.pip.is-no'].map((pip) => document.querySelector(pip)!.getBoundingClientRect().height));
  expect(heights[0]).toBeGreaterThan(heights[1]!);
});

test('what the guesser thinks agrees with its guess', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.awaitGuesser();
  for (let number = 1; !(await game.isGuess()); number += 1) {
    await game.answer('No');
    await game.awaitQuestion(number + 1);
  }
  const guess = (await game.heading.innerText()).slice('Is it '.length, -1);
  await game.open('Menu', 'What I think');
  await expect(page.locator('.is-thought').first()).toContainText(guess);
});

test('any answer can be changed, and the guesser keeps the later ones', async ({ page }) => {
  const game = new Game(page);
  await game.reach(6);
  await game.awaitGuesser();
  await game.open('Your answers');
  const lines = page.locator('#sheet .history li');
  await expect(lines).toHaveCount(5);
  const before = await lines.allInnerTexts();
  // The oldest is the last line.
  await lines.last().getByRole('button').click();
  await page.getByRole('group', { name: 'Change it to' }).getByRole('button', { name: 'Yes' }).click();
  // Behind the sheet is another question now.
  await expect(page.locator('#sheet')).toBeHidden();
  await game.open('Your answers');
  await expect(lines.last()).toContainText('yes');
  await expect(lines).toHaveCount(5);
  const after = await lines.allInnerTexts();
  expect(after.slice(0, 4).map((line) => line.split('\n')[0])).toEqual(before.slice(0, 4).map((line) => line.split('\n')[0]));
  await page.keyboard.press('Escape');
  await game.awaitQuestion(6);
  await game.answer('No');
  await game.awaitQuestion(7);
});

test('two tabs share one game and all lessons', async ({ page, context }) => {
  const [first, second] = [new Game(page), new Game(await context.newPage())];
  await first.reach(2);
  await second.page.goto('/');
  await second.awaitQuestion(2);
  await second.answer('No');
  await second.awaitQuestion(3);
  await first.awaitQuestion(3);
  await expect(first.heading).toHaveText(await second.heading.innerText());
  const lesson = (name: string) => Buffer.from(JSON.stringify({ version: 1, lessons: [{ name, answers: [{ question: 'Is it a living thing?', answer: 'yes' }] }] }));
  for (const [game, name] of [[first, 'a flurb'], [second, 'a wug']] as const) {
    await game.open('Menu', 'Stars I added');
    await game.page.locator('input[type=file]').setInputFiles({ name: 'l.json', mimeType: 'application/json', buffer: lesson(name) });
    await expect(game.button(`Remove ${name}`)).toBeVisible();
  }
  await expect(first.button('Remove a wug')).toBeVisible();
  await expect(second.button('Remove a flurb')).toBeVisible();
});

test('one lesson that cannot be read does not take the others with it', async ({ page }) => {
  await page.addInitScript(() => {
    const answers = [{ question: 'Is it a living thing?', answer: 'yes' }];
    const lessons = [{ name: '', answers }, { name: 'a flurb', answers }, { name: 'a wug', answers: [{ question: 'Is it?', answer: 'perhaps' }] }];
    localStorage.setItem('twenty-questions-lessons', JSON.stringify({ version: 1, lessons }));
  });
  const game = new Game(page);
  await game.open();
  await game.open('Menu', 'Stars I added');
  await expect(page.locator('.stars li')).toHaveCount(1);
  await expect(game.button('Remove a flurb')).toBeVisible();
});

test('a full storage is not reported as saved', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const game = new Game(page);
  await game.start();
  await expect(page.getByRole('status').filter({ hasText: "couldn't save" })).toBeVisible();
  await game.answer('No');
  await game.awaitQuestion(2);
});

test('a game that could not be stored is not replaced by the older one that was', async ({ page }) => {
  const game = new Game(page);
  await game.reach(2);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await game.answer('No');
  await game.awaitQuestion(3);
  // As when the player comes back from another tab.
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await game.awaitQuestion(3);
  await expect(game.answered).toHaveCount(2);
});

test('a sheet stays open when the AI moves', async ({ page }) => {
  const game = new Game(page);
  await asWithModel(page);
  await game.reach(2);
  await game.awaitFetchedAhead(2);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/api/next*', async (route) => {
    await held;
    await route.continue();
  });
  await game.answer('Not sure');
  await game.open('Menu');
  release();
  await expect(page.locator('.number')).toHaveText('3 of 20');
  await expect(game.heading).not.toHaveText('Let me think');
  await expect(page.locator('#sheet-title')).toHaveText('Menu');
  await page.keyboard.press('Escape');
  await expect(game.button('Menu')).toBeFocused();
});

for (const motion of ['no-preference', 'reduce'] as const) {
  const isCalm = motion === 'reduce';
  test(`with reduced motion: ${motion}, ${isCalm ? 'nothing moves' : 'questions fade in, the sky breathes and the phone ticks'}`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: motion });
    await page.addInitScript(() => {
      Object.assign(window, { ticks: [], started: [] });
      navigator.vibrate = (pattern) => Boolean((window as unknown as { ticks: unknown[] }).ticks.push(pattern));
      addEventListener('animationstart', ({ animationName }) => (window as unknown as { started: string[] }).started.push(animationName));
    });
    const game = new Game(page);
    await asWithModel(page);
    await game.start();
    await game.awaitFetchedAhead(1);
    // The page hasn't fetched what follows this answer.
    await page.route('**/api/next*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    await game.answer('Not sure');
    await game.awaitQuestion(2);
    const { ticks, started } = await page.evaluate(() => {
      const { ticks, started } = window as unknown as { ticks: number[]; started: string[] };
      return { ticks, started };
    });
    expect(ticks).toEqual(isCalm ? [] : [8]);
    expect(new Set(started)).toEqual(new Set(isCalm ? [] : ['appear', 'appear-again', 'breathe']));
  });
}
