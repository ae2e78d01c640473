// What few players open: statistics and sharing. page.spec.ts looks at the three sheets with axe.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { Game } from './game';
import { linkTo } from './screens';
import { expect, test } from './server';

const LOG = 'twenty-questions-games';

/** The log as the page has stored it; empty if there is none. */
const stored = (page: Page) => page.evaluate((name) => localStorage.getItem(name) ?? '', LOG);

/** Plays a game in which the AI finds the thing; returns its name. */
async function find(game: Game): Promise<string> {
  await game.play(({ words, isGuess }) => (isGuess || words === 'Is it a living thing?' ? 'Yes' : 'No'));
  await expect(game.heading).toHaveText(/^Got it in \d+: .+\.$/);
  return (await game.heading.innerText()).replace(/^Got it in \d+: |\.$/g, '');
}

/** The figures of the statistics, by their labels. */
async function figures(page: Page): Promise<Record<string, string>> {
  await expect(page.locator('.figures')).toBeVisible();
  const pairs = await page.locator('.figures > div').evaluateAll((all) => all.map((one) => [one.querySelector('dt')!.innerText, one.querySelector('dd')!.innerText]));
  return Object.fromEntries(pairs);
}

/** Opens the first screen of a player who has played these games. */
async function openWith(game: Game, log: string): Promise<void> {
  await game.open();
  await game.page.evaluate(([name, log]) => localStorage.setItem(name!, log!), [LOG, log]);
  await game.page.reload();
  await expect(game.button('Start')).toBeEnabled();
}

test('the statistics count every game that is over', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await game.open('Menu', 'Statistics');
  await expect(page.locator('#extra')).toContainText('No game is over yet.');
  await expect(page.getByText('Save as a file')).toBeHidden();
  await expect(game.button('Erase')).toBeHidden();
  await page.keyboard.press('Escape');

  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.play(() => 'No');
  await page.getByLabel('What was it?').fill('a flurb');
  await page.keyboard.press('Enter');
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  const thing = await find(game);
  const moves = await game.answered.count();
  // The game that is still on the table counts too.
  await game.open('Menu', 'Statistics');
  const expected = {
    games: '2',
    'I found it': '1',
    'you won': '1',
    'questions on average': `${moves}.0`,
    'my streak': '1',
    'my longest streak': '1',
  };
  expect(await figures(page)).toEqual(expected);
  await expect(page.getByRole('img', { name: `Found 1 game in ${moves} questions.` })).toBeVisible();
  await expect(page.locator('#extra')).toContainText('Your sky: 1 star lit.');
  await expect(page.locator('.beaten')).toHaveText('a flurb');
  await page.keyboard.press('Escape');

  await game.button('Play again').click();
  await game.awaitQuestion(1);
  await game.answerNo(2);
  await game.awaitQuestion(3);
  // A game that goes on doesn't count.
  await game.open('Menu', 'Statistics');
  expect(await figures(page)).toEqual(expected);
  await page.keyboard.press('Escape');
  await game.menu('End game');
  await game.menu('Back to the start page');
  expect(await stored(page)).toBe(`missed 20 a flurb\nfound ${moves} ${thing}\nstopped 3\n`);
  await game.open('Menu', 'Statistics');
  expect(await figures(page)).toEqual(expected);
  await expect(page.locator('#extra')).toContainText("You ended 1 game early. It doesn't count.");
});

test('the log can be saved as a file, erased and loaded again', async ({ page }) => {
  const log = 'found 13 a penguin\nmissed 20\nlate 22 a dog\nmissed 25 a flurb\nstopped 3\n';
  const game = new Game(page);
  await openWith(game, log);
  await game.open('Menu', 'Statistics');
  const expected = {
    games: '4',
    'I found it': '1',
    'you won': '3',
    'questions on average': '13.0',
    'my streak': '0',
    'my longest streak': '1',
  };
  expect(await figures(page)).toEqual(expected);
  await expect(page.locator('#extra')).toContainText('You let me ask five more twice. It helped me once.');
  await expect(page.locator('.beaten li')).toHaveText(['a flurb', 'a dog']);
  const download = page.waitForEvent('download');
  await page.getByText('Save as a file').press('Enter');
  expect((await download).suggestedFilename()).toBe('twenty-questions-games.txt');
  const file = await readFile(await (await download).path());
  expect(file.toString()).toBe(log);

  // It asks first.
  await game.button('Erase').press('Enter');
  await expect(game.button('Keep them')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(game.button('Erase')).toBeFocused();
  expect(await stored(page)).toBe(log);
  await game.button('Erase').click();
  await game.button('Erase them').click();
  const status = page.locator('#extra [role=status]');
  await expect(status).toHaveText('The games are erased.');
  await expect(page.locator('#sheet-title')).toBeFocused();
  await expect(page.locator('#extra')).toContainText('No game is over yet.');
  expect(await stored(page)).toBe('');

  const load = (buffer: Buffer) => page.locator('#extra input[type=file]').setInputFiles({ name: 'games.txt', mimeType: 'text/plain', buffer });
  for (const wrong of ['{"version":1,"lessons":[]}', '', 'found 13 a penguin\nlost 3\n']) {
    await load(Buffer.from(wrong));
    await expect(status).toContainText("That file isn't a list of games.");
    expect(await stored(page)).toBe('');
    // The next message is a new one.
    await status.evaluate((status) => (status.textContent = ''));
  }
  await load(file);
  await expect(status).toHaveText('The games are loaded.');
  expect(await figures(page)).toEqual(expected);
  expect(await stored(page)).toBe(log);
  // A second time adds nothing, and what both have counts once.
  await load(file);
  await expect(status).toHaveText('The games are loaded.');
  expect(await stored(page)).toBe(log);
  await load(Buffer.from(`${log}found 9 a cat\n`));
  await expect.poll(() => stored(page)).toBe(`${log}found 9 a cat\n`);
  // The page behind the sheet has the new games too.
  await page.keyboard.press('Escape');
  await expect(page.locator('.welcome')).toContainText('Last time I got it in 9. It was a cat.');
});

test('a game that is over but still on the table is saved, loaded and erased too', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  const thing = await find(game);
  const line = `found ${await game.answered.count()} ${thing}\n`;
  await game.open('Menu', 'Statistics');
  const download = page.waitForEvent('download');
  await page.getByText('Save as a file').press('Enter');
  const file = await readFile(await (await download).path());
  expect(file.toString()).toBe(line);
  // It counts once, though the file has it too.
  await page.locator('#extra input[type=file]').setInputFiles({ name: 'games.txt', mimeType: 'text/plain', buffer: file });
  const status = page.locator('#extra [role=status]');
  await expect(status).toHaveText('The games are loaded.');
  expect(await figures(page)).toMatchObject({ games: '1' });
  expect(await stored(page)).toBe('');

  await game.button('Erase').click();
  await game.button('Erase them').click();
  await expect(status).toHaveText('The games are erased.');
  await expect(page.locator('#extra')).toContainText('No game is over yet.');
  await expect(game.button('Erase')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(game.heading).toHaveText(/^Got it in/);
  // Not after a reload either, nor once another game is over.
  await page.reload();
  await expect(game.heading).toHaveText(/^Got it in/);
  await game.open('Menu', 'Statistics');
  await expect(page.locator('#extra')).toContainText('No game is over yet.');
  await page.keyboard.press('Escape');
  await game.button('Play again').click();
  await game.awaitQuestion(1);
  expect(await stored(page)).toBe('');
  await game.menu('End game');
  await game.menu('Back to the start page');
  expect(await stored(page)).toBe('stopped 1\n');
});

test('things are called as the guesser calls them', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await game.awaitGuesser();
  await page.getByLabel('What was it?').fill('lighthouses');
  await page.keyboard.press('Enter');
  await expect(page.locator('.thing')).toContainText('It was a lighthouse.');
  await game.open('Menu', 'Statistics');
  await expect(page.locator('.beaten')).toHaveText('a lighthouse');
  await page.keyboard.press('Escape');
  await game.open('Share');
  await page.getByRole('checkbox').check();
  await expect(page.locator('.summary')).toContainText('It was a lighthouse.');
  await page.keyboard.press('Escape');
  await game.menu('Back to the start page');
  expect(await stored(page)).toBe('missed 20 a lighthouse\n');
});

test('what can be done with the log is in sight on a desktop', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const game = new Game(page);
  await openWith(game, 'found 13 a penguin\nmissed 20 a flurb\nlate 22 a piano\nstopped 3\nfound 9 a cat\n');
  await game.open('Menu', 'Statistics');
  await expect(page.locator('.histogram')).toBeVisible();
  await expect(game.button('Erase')).toBeInViewport({ ratio: 1 });
});

test('a log that cannot be stored is not reported as loaded', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  await game.open('Menu', 'Statistics');
  await expect(page.locator('#extra')).toContainText('No game is over yet.');
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.locator('#extra input[type=file]').setInputFiles({ name: 'games.txt', mimeType: 'text/plain', buffer: Buffer.from('found 9 a cat\n') });
  await expect(page.locator('#extra [role=status]')).toContainText("I couldn't save this on your device");
});

test('the games that an earlier version has kept are counted', async ({ page }) => {
  await page.addInitScript(() => {
    if (localStorage.length > 0) return;
    const past = [{ ai_won: true, moves: 13, thing: 'a penguin' }, { ai_won: false, moves: 20, thing: null }, { ai_won: null, moves: 3, thing: null }];
    localStorage.setItem('twenty-questions', JSON.stringify({ version: 1, game: null, past }));
  });
  const game = new Game(page);
  await game.open();
  expect(await stored(page)).toBe('found 13 a penguin\nmissed 20\nstopped 3\n');
  await page.reload();
  await game.open('Menu', 'Statistics');
  expect(await figures(page)).toMatchObject({ games: '2', 'I found it': '1', 'you won': '1' });
});

test('if the extras cannot be loaded, the sheet says so and the next attempt may work', async ({ page }) => {
  const game = new Game(page);
  await game.open();
  for (const file of [/\/extras\.[^/]*\.js/, /\/extras\.[^/]*\.wasm/]) {
    await page.route(file, (route) => route.abort());
    await game.open('Menu', 'Statistics');
    await expect(page.locator('#extra')).toContainText('This could not be loaded.');
    await page.unroute(file);
    await page.keyboard.press('Escape');
  }
  await game.open('Menu', 'Statistics');
  await expect(page.locator('#extra')).toContainText('No game is over yet.');
});

test('what is shared tells how the game went, and the thing only if the player wants that', async ({ page, context, server }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const game = new Game(page);
  await game.start();
  await game.awaitGuesser();
  const thing = await find(game);
  const moves = await game.answered.count();
  await game.open('Share');
  await expect(page.locator('#sheet-title')).toHaveText('Share this game');
  await expect(page.locator('.summary')).toBeVisible();
  // This browser can't share.
  await expect(page.locator('#extra').getByRole('button', { name: 'Share' })).toBeHidden();
  const [shown, status] = [page.locator('.summary'), page.locator('#extra [role=status]')];
  const copy = async () => {
    await game.button('Copy').click();
    await expect(status).toHaveText('Copied.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    // The player has seen all of it before.
    expect(await shown.textContent()).toBe(copied);
    return copied;
  };
  const copied = await copy();
  const lines = copied.split('\n');
  const rows = Math.ceil(moves / 10);
  expect(lines).toHaveLength(rows + 3);
  expect(lines[0]).toBe(`Twenty Questions ${moves}/20`);
  const marks = lines.slice(1, 1 + rows).join('');
  expect(marks).toMatch(/^[🟢🟥🔸❌]+⭐$/u);
  expect([...marks]).toHaveLength(moves);
  expect(lines[1 + rows]).toMatch(/^8,\d00 things → [\d,]+$/);
  expect(lines.at(-1)).toBe(`${server.url}/`);
  expect(copied).not.toContain(thing);
  expect(await page.locator('.summary').innerText()).not.toContain(thing);

  await page.getByRole('checkbox', { name: 'Say what it was, and let others read the game' }).check();
  // What was copied is no longer what is shown.
  await expect(status).toBeEmpty();
  await expect(page.locator('.summary')).toContainText(`It was ${thing}.`);
  const told = (await copy()).split('\n');
  expect(told.slice(0, -2)).toEqual(lines.slice(0, -1));
  expect(told.at(-2)).toBe(`It was ${thing}.`);
  expect(told.at(-1)).toMatch(new RegExp(`^${server.url}/#game=[\\w-]+$`));
  await page.getByRole('checkbox').uncheck();
  expect(await copy()).toBe(copied);
});

test('a browser that can share is given the same', async ({ page, server }) => {
  await page.addInitScript(() => {
    const shared: object[] = [];
    Object.assign(window, { shared });
    navigator.share = async (data) => {
      shared.push(data!);
      // The player changes their mind; then the browser fails.
      if (shared.length > 1) throw new DOMException('', shared.length === 2 ? 'AbortError' : 'DataError');
    };
  });
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await game.open('Share');
  const [share, status] = [page.locator('#extra').getByRole('button', { name: 'Share', exact: true }), page.locator('#extra [role=status]')];
  await share.click();
  await share.click();
  await expect(status).toBeEmpty();
  await share.click();
  await expect(status).toHaveText("It couldn't be shared here. Copy it instead.");
  // The next press says anew how it went.
  await page.evaluate(() => (navigator.share = () => new Promise(() => {})));
  await share.click();
  await expect(status).toBeEmpty();
  const shared = await page.evaluate(() => (window as unknown as { shared: { text: string; url: string }[] }).shared);
  expect(shared[0]!.url).toBe(`${server.url}/`);
  expect(await page.locator('.summary').innerText()).toBe(`${shared[0]!.text}\n${shared[0]!.url}`);
  expect(shared[0]!.text).toMatch(/^Twenty Questions X\/20\n/);
});

test('only a decided game can be shared', async ({ page }) => {
  const game = new Game(page);
  await game.reach(2);
  await game.menu('End game');
  await expect(game.heading).toHaveText('You ended the game.');
  await expect(game.button('Share')).toHaveCount(0);
});

/** The lines of the game in a link, which may be changed. */
function changed(link: string, change: (lines: string) => string): string {
  const [page, game] = link.split('#game=');
  return `${page}#game=${Buffer.from(change(Buffer.from(game!, 'base64url').toString())).toString('base64url')}`;
}

test('a link shows the whole game, sends it nowhere, and leaves the game on the table alone', async ({ page, browser }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await page.getByLabel('What was it?').fill('a flurb');
  await page.keyboard.press('Enter');
  const subjects = (await page.locator('.history .subject').allTextContents()).reverse();
  await game.open('Share');
  await expect(page.locator('.summary')).not.toContainText('flurb');
  const link = await linkTo(game);

  const context = await browser.newContext();
  const reader = new Game(await context.newPage());
  const sent: string[] = [];
  context.on('request', async (request) => sent.push(request.url() + JSON.stringify(await request.allHeaders()) + request.postData()));
  await reader.page.goto(link);
  await expect(reader.page.locator('#sheet-title')).toHaveText('A shared game');
  const extra = reader.page.locator('#extra');
  await expect(extra).toContainText('I never got there. It was a flurb.');
  await expect(extra.locator('li > span')).toHaveText(subjects);
  await expect(extra.locator('li > b')).toHaveText(Array<string>(20).fill('no'));
  // Once it is closed, a reload shows the page as usual.
  await extra.getByRole('button', { name: 'Play' }).click();
  await expect(reader.page).not.toHaveURL(/#/);
  await reader.page.reload();
  await expect(reader.button('Start')).toBeEnabled();
  await expect(reader.page.locator('#sheet-title')).toBeHidden();

  // In a tab with a game, where only the fragment of the address changes.
  await reader.button('Start').click();
  await reader.awaitQuestion(1);
  await reader.answerNo(2);
  await reader.awaitQuestion(3);
  const words = await reader.heading.innerText();
  await reader.page.goto(link);
  await expect(extra).toContainText('It was a flurb.');
  await reader.page.keyboard.press('Escape');
  await expect(reader.page.locator('#sheet')).toBeHidden();
  await reader.awaitQuestion(3);
  await expect(reader.heading).toHaveText(words);
  // And in a new one.
  await reader.page.goto('about:blank');
  await reader.page.goto(link);
  await expect(extra).toContainText('It was a flurb.');
  await reader.button('Close').click();
  await reader.awaitQuestion(3);
  await expect(reader.heading).toHaveText(words);
  await expect(reader.answered).toHaveCount(2);
  await reader.answer('No');
  await reader.awaitQuestion(4);
  expect(await stored(reader.page)).toBe('');

  await reader.page.waitForLoadState('networkidle');
  expect(sent.length).toBeGreaterThan(10);
  const secret = link.split('#game=')[1]!;
  expect(sent.filter((text) => [secret, secret.slice(-30), 'flurb'].some((part) => text.includes(part)))).toEqual([]);
  await context.close();
});

/** A link to a lost game about this thing. */
function lost(url: string, thing: string): string {
  const questions = Array.from({ length: 19 }, (_, index) => `no question Is it number ${index}?`);
  const lines = ['3', ...questions, 'no guess a dog', `thing ${thing}`];
  return `${url}/#game=${Buffer.from(lines.join('\n')).toString('base64url')}`;
}

test('a second link takes the place of the first one', async ({ page, server }) => {
  for (const thing of ['a flurb', 'a wug']) {
    await page.goto(lost(server.url, thing));
    await expect(page.locator('#extra')).toContainText(`It was ${thing}.`);
  }
});

test('a link puts the focus on the title of its sheet, as all sheets do', async ({ page, server }) => {
  await page.goto(lost(server.url, 'a flurb'));
  await expect(page.locator('#extra')).toContainText('It was a flurb.');
  await expect(page.locator('#sheet-title')).toBeFocused();
});

test('a link that could not be shown is not shown again and again', async ({ page, server }) => {
  const game = new Game(page);
  await page.route(/\/extras\./, (route) => route.abort());
  await page.goto(lost(server.url, 'a flurb'));
  await expect(page.locator('#extra')).toContainText('This could not be loaded.');
  await game.button('Close').click();
  await expect(page.locator('#sheet')).toBeHidden();
  // As when the player comes back from another tab.
  await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
  await game.button('Start').click({ timeout: 5_000 });
  await game.awaitQuestion(1);
});

test('a link that is cut off, made up or hostile does no harm', async ({ page, browser }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await page.getByLabel('What was it?').fill('a flurb');
  await page.keyboard.press('Enter');
  await game.open('Share');
  const link = await linkTo(game);
  const context = await browser.newContext();
  const reader = new Game(await context.newPage());
  const problems: string[] = [];
  reader.page.on('pageerror', (error) => problems.push(error.message));
  const extra = reader.page.locator('#extra');
  const show = async (link: string) => {
    await reader.page.goto('about:blank');
    await reader.page.goto(link);
    await expect(reader.page.locator('#sheet-title')).toHaveText('A shared game');
    await expect(extra).not.toContainText('One moment');
  };
  for (const broken of [
    link.slice(0, -5),
    link.slice(0, link.indexOf('=') + 1),
    `${link}%20`,
    // A question that was answered twice, a game that goes on, and one that is far too long.
    changed(link, (lines) => lines.replace('no question', 'no question no question').slice(0, 90)),
    changed(link, (lines) => lines.split('\n').slice(0, 10).join('\n')),
    changed(link, (lines) => lines.replace('a flurb', 'x'.repeat(9_000))),
  ]) {
    await show(broken);
    await expect(extra.locator('p')).toHaveText('There is no game in this link: it may have been cut off.');
  }
  // Whoever made the link may have written anything into it.
  const evil = '<img src=x onerror=alert(1)>';
  await show(changed(link, (lines) => lines.replace('a flurb', evil)));
  await expect(extra).toContainText(`It was ${evil}.`);
  await expect(extra.locator('img')).toHaveCount(0);
  await reader.button('Close').click();
  await expect(reader.button('Start')).toBeEnabled();
  expect(problems).toEqual([]);
  await context.close();
});

test('the sky of a game can be saved as a picture', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.awaitGuesser();
  await find(game);
  await game.open('Share');
  const download = page.waitForEvent('download');
  await game.button('Save the sky as a picture').click();
  expect((await download).suggestedFilename()).toBe('twenty-questions.png');
  const { width, height, data } = PNG.sync.read(await readFile(await (await download).path()));
  const sky = await page.locator('#sky').evaluate((sky: HTMLCanvasElement) => ({ width: sky.width, height: sky.height }));
  expect(width).toBe(sky.width);
  // Below the sky stands the summary.
  expect(height).toBeGreaterThan(sky.height + 60);
  const colours = (from: number, to: number) => {
    const found = new Set<number>();
    for (let at = from * width * 4; at < to * width * 4; at += 4) found.add(data.readUInt32BE(at));
    return found.size;
  };
  expect(colours(0, sky.height)).toBeGreaterThan(5);
  expect(colours(sky.height + 1, height)).toBeGreaterThan(5);
  await expect(page.locator('#extra [role=status]')).toHaveText('Saved.');
});

test('the picture names nothing unless the player wants that', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.awaitGuesser();
  const thing = await find(game);
  // The line is drawn.
  await page.waitForTimeout(1_400);
  await page.evaluate(() => {
    const written: string[] = [];
    Object.assign(window, { written });
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
      written.push(text);
      return write.call(this, text, ...(place as [number, number]));
    };
  });
  await game.open('Share');
  const save = async () => {
    const download = page.waitForEvent('download');
    await game.button('Save the sky as a picture').click();
    return PNG.sync.read(await readFile(await (await download).path()));
  };
  const height = await page.locator('#sky').evaluate((sky: HTMLCanvasElement) => sky.height);
  const sky = (png: PNG) => png.data.subarray(0, height * png.width * 4);
  const secret = await save();
  // The sky behind the sheet has its names again.
  const written = () => page.evaluate(() => (window as unknown as { written: string[] }).written.splice(0));
  const names = (await written()).filter((text) => text === thing);
  expect(names).toHaveLength(1);
  await page.getByRole('checkbox').check();
  const told = await save();
  expect(await written()).toContain(`It was ${thing}.`);
  expect(sky(told).equals(sky(secret))).toBe(false);
  expect(told.height).toBeGreaterThan(secret.height);
  await page.getByRole('checkbox').uncheck();
  expect((await save()).data.equals(secret.data)).toBe(true);
});

test('what was left does not change with what the player then says and teaches', async ({ page }) => {
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await game.awaitGuesser();
  const shared = async () => {
    await game.open('Share');
    const text = await page.locator('.summary').innerText();
    await page.keyboard.press('Escape');
    return text;
  };
  const before = await shared();
  expect(before).toMatch(/\n8,\d00 things → (?!1\n)[\d,]+\n/);
  await page.getByLabel('What was it?').fill('flurb');
  await page.keyboard.press('Enter');
  await game.button('a flurb').click();
  await expect(page.locator('.debrief')).toContainText('A new star.');
  expect(await shared()).toBe(before);
  await page.reload();
  await game.awaitGuesser();
  expect(await shared()).toBe(before);
});
