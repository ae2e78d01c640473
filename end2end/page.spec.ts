// The page itself: its size, its layout, its accessibility.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { asWithModel, expect, test } from './server';
import { Game } from './game';
import { SCREENS } from './screens';
import { drawn } from './sky';

/** The budgets: bytes with brotli and headers, and requests. */
const BUDGETS = {
  /** Until the first screen can be used and its first question is here. */
  first: { bytes: 110_000, requests: 10 },
  /** What the guesser knows, loaded while the player reads. */
  knowledge: { bytes: 200_000, requests: 1 },
  /** What opening the statistics loads. */
  extras: { bytes: 40_000, requests: 3 },
};

/** What is loaded after the first question, while the player reads. */
const LATER = /\/(guesser|knowledge)\./;

type File = { path: string; bytes: number };

/** The files that the page loads, with the bytes that they took on the network. */
async function watchFiles(page: Page): Promise<Map<string, File>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const files = new Map<string, File>();
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const { pathname, search } = new URL(response.url);
    files.set(requestId, { path: pathname + search, bytes: 0 });
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file !== undefined) file.bytes = encodedDataLength;
  });
  return files;
}

function expectWithin(what: keyof typeof BUDGETS, files: File[]): void {
  const budget = BUDGETS[what];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files) console.log(`${String(file.bytes).padStart(8)}  ${file.path}`);
  console.log(`${String(bytes).padStart(8)}  in ${files.length} requests; the budget (${what}) is ${budget.bytes} in ${budget.requests}`);
  expect(bytes).toBeLessThanOrEqual(budget.bytes);
  expect(files.length).toBeLessThanOrEqual(budget.requests);
}

test('all that is loaded is within its budget', async ({ page }) => {
  const files = await watchFiles(page);
  const game = new Game(page);
  await game.open();
  await page.waitForFunction(() => 'guesser' in window);
  await page.waitForLoadState('networkidle');
  const loaded = [...files.values()];
  // Headless Chromium doesn't fetch icon and manifest, but they are part of a player's first load.
  for (const path of ['/icon.svg', '/manifest.webmanifest']) {
    if (loaded.some((file) => file.path === path)) continue;
    const response = await page.request.get(path, { headers: { 'accept-encoding': 'identity' } });
    loaded.push({ path, bytes: (await response.body()).length });
  }
  const first = loaded.filter(({ path }) => !LATER.test(path));
  expect(first.map(({ path }) => path)).toContainEqual(expect.stringContaining('/api/next'));
  expectWithin('first', first);
  expectWithin('knowledge', loaded.filter(({ path }) => path.includes('/knowledge.')));

  files.clear();
  await game.open('Menu', 'Statistics');
  await expect(page.locator('#extra')).toContainText('No game is over yet');
  await page.waitForLoadState('networkidle');
  const extras = [...files.values()];
  expect(extras.every(({ path }) => path.includes('/extras.'))).toBe(true);
  expectWithin('extras', extras);
});

test('the first question goes before the guesser, and both come while the player reads', async ({ page }) => {
  const order: string[] = [];
  page.on('request', (request) => order.push(`ask ${new URL(request.url()).pathname}`));
  page.on('requestfinished', (request) => order.push(`got ${new URL(request.url()).pathname}`));
  await new Game(page).open();
  await page.waitForFunction(() => 'guesser' in window);
  const at = (what: string) => order.findIndex((step) => step.includes(what));
  for (const file of ['guesser', 'knowledge']) expect(at(`ask /pkg/${file}.`)).toBeGreaterThan(at('got /api/next'));
});

test('the page is painted before the program arrives, and its button says that it waits', async ({ page }) => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: 'Twenty Questions' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'One moment' })).toBeDisabled();
  release();
  await expect(page.getByRole('button', { name: 'Start' })).toBeEnabled();
});

test('the page loads only its own files, and nothing is blocked or logged', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, serviceWorkers: 'allow' });
  const page = await context.newPage();
  const strange: string[] = [];
  // Of the worker too.
  context.on('request', (request) => {
    if (!request.url().startsWith(server.url)) strange.push(request.url());
  });
  context.on('console', (message) => strange.push(message.text()));
  page.on('pageerror', (error) => strange.push(error.message));
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  await game.open('Share');
  await expect(page.locator('.summary')).toBeVisible();
  await game.button('Close').click();
  await game.open('Menu', 'Statistics');
  await expect(page.locator('.figures')).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);
  expect(strange).toEqual([]);
  await context.close();
});

/** The sizes of windows: small phones, phones on either side, a tablet's half, laptops at 100 and 200 % zoom, 4K. */
const WINDOWS = [[320, 480], [320, 568], [390, 844], [568, 320], [844, 390], [640, 400], [768, 1024], [1280, 800], [3840, 2160]] as const;

/** What can't be read or pressed, however the player scrolls. */
function unreachable(): string[] {
  const problems: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push(`the page is ${scrollWidth} px wide`);
  const layer = document.querySelector('dialog[open]') ?? document;
  for (const element of layer.querySelectorAll('h1, h2, button, a, input, label, .caption, .number, .pitch')) {
    const style = getComputedStyle(element);
    if (element.getClientRects().length === 0 || style.visibility === 'hidden' || style.clipPath !== 'none') continue;
    const isTall = element.getBoundingClientRect().height > innerHeight;
    element.scrollIntoView({ block: isTall ? 'start' : 'center', behavior: 'instant' });
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const name = `${element.tagName} "${element.textContent}"`;
    if (left < -1 || right > innerWidth + 1 || top < -1) problems.push(`${name} is cut off: ${left}, ${top}, ${right}`);
    const [x, y] = [(left + right) / 2, Math.min((top + bottom) / 2, innerHeight - 1)];
    const hit = document.elementFromPoint(x, y);
    if (!hit || !(element.contains(hit) || hit.contains(element))) problems.push(`${name} lies under ${hit?.tagName} "${hit?.textContent}"`);
  }
  scrollTo(0, 0);
  return problems;
}

/** Checks the page in all windows and with text of 100 and 200 %. */
async function expectReachable(page: Page): Promise<void> {
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    for (const text of ['', '200%']) {
      await page.evaluate((text) => (document.documentElement.style.fontSize = text), text);
      expect(await page.evaluate(unreachable), `${width}x${height} ${text}`).toEqual([]);
    }
  }
}

for (const [name, reach] of SCREENS) {
  test(`${name}: everything can be reached, and axe finds nothing`, async ({ page }) => {
    await reach(new Game(page));
    for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
      await page.emulateMedia(media);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`), JSON.stringify(media)).toEqual([]);
    }
    await expectReachable(page);
  });
}

test('the longest question and the longest name fit', async ({ page }) => {
  const game = new Game(page);
  await asWithModel(page);
  await page.route('**/api/next*', async (route) => {
    const reply = await route.fetch();
    const json = await reply.json();
    if (json.move?.question) json.move.question = `${'Pneumonoultramicroscopicsilicovolcanoconiosis and '.repeat(3)}words?`.slice(-160);
    await route.fulfill({ response: reply, json });
  });
  await game.start();
  await expectReachable(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await game.menu('End game');
  await page.getByLabel('What was it?').fill('w'.repeat(80));
  await page.keyboard.press('Enter');
  await expect(page.locator('.thing')).toContainText('It was www');
  await expectReachable(page);
});

test('nothing moves while a game goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[]) {
        // A press may move things; nothing else may.
        if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const game = new Game(page);
  await game.reach(6);
  // Longer questions take their place from the sky; what is pressed stays where it is.
  const place = () => game.button('Yes').boundingBox();
  const before = await place();
  await game.answer('No');
  await game.awaitQuestion(7);
  expect(await place()).toEqual(before);
  const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
  console.log(`layout shift: ${shift.toFixed(4)}`);
  expect(shift).toBeLessThan(0.1);
});

for (const [device, viewport] of [['a phone', { width: 390, height: 844 }], ['a desktop', { width: 1280, height: 800 }]] as const) {
  test(`the sky is drawn on ${device}`, async ({ browser, server }) => {
    const context = await browser.newContext({ baseURL: server.url, viewport, deviceScaleFactor: 2 });
    const page = await context.newPage();
    const game = new Game(page);
    await game.reach(3);
    await game.awaitGuesser();
    expect((await page.evaluate(drawn)).all).toBeGreaterThan(8_000);
    const client = await context.newCDPSession(page);
    for (const rate of [1, 4]) {
      await client.send('Emulation.setCPUThrottlingRate', { rate });
      const times = await page.evaluate(() => {
        const sky = (window as unknown as { sky: { redraw: () => void } }).sky;
        const canvas = document.querySelector<HTMLCanvasElement>('#sky')!.getContext('2d')!;
        return Array.from({ length: 30 }, () => {
          const start = performance.now();
          sky.redraw();
          // Now it is drawn, and not only remembered.
          canvas.getImageData(0, 0, 1, 1);
          return performance.now() - start;
        }).sort((a, b) => a - b);
      });
      console.log(`one redraw of the sky on ${device}, CPU ${rate} times slower: ${times[15]!.toFixed(1)} ms at the median, ${times.at(-1)!.toFixed(1)} ms at most`);
    }
    await context.close();
  });
}
