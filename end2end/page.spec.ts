// The page itself: its size, its layout, its accessibility.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './server';
import { Game } from './game';

/** The budget of the first load: bytes with brotli and headers, and requests. */
const BUDGET = { bytes: 110_000, requests: 10 };

test('the first load is within its budget', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const files = new Map<string, { url: string; bytes: number }>();
  session.on('Network.responseReceived', ({ requestId, response }) => files.set(requestId, { url: response.url, bytes: 0 }));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file !== undefined) file.bytes = encodedDataLength;
  });
  await new Game(page).open();
  await page.waitForLoadState('networkidle');
  // Headless Chromium doesn't fetch icon and manifest, but they are part of a player's first load.
  for (const path of ['/icon.svg', '/manifest.webmanifest']) {
    if (![...files.values()].some((file) => file.url.endsWith(path))) {
      const response = await page.request.get(path, { headers: { 'accept-encoding': 'identity' } });
      files.set(path, { url: path, bytes: (await response.body()).length });
    }
  }
  const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files.values()) console.log(`${String(file.bytes).padStart(8)}  ${file.url.replace(server.url, '')}`);
  console.log(`${String(bytes).padStart(8)}  in ${files.size} requests; the budget is ${BUDGET.bytes} in ${BUDGET.requests}`);
  expect(bytes).toBeLessThanOrEqual(BUDGET.bytes);
  expect(files.size).toBeLessThanOrEqual(BUDGET.requests);
  await context.close();
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

test('the page loads only its own files, and nothing is blocked or logged', async ({ page, server }) => {
  const strange: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url)) strange.push(request.url());
  });
  page.on('console', (message) => strange.push(message.text()));
  page.on('pageerror', (error) => strange.push(error.message));
  const game = new Game(page);
  await game.start();
  await game.play(() => 'No');
  expect(strange).toEqual([]);
});

const SCREENS: [string, (game: Game) => Promise<void>][] = [
  ['the rules', (game) => game.open()],
  ['the board', (game) => game.reach(13)],
  ['the thoughts', async (game) => {
    await game.reach(5);
    await game.button('What I think').click();
    await expect(game.page.locator('.is-thought')).toHaveCount(5);
  }],
  ['the ending', async (game) => {
    await game.start();
    await game.play(() => 'No');
  }],
  ['the surprises', async (game) => {
    await game.start();
    await game.play(() => 'No');
    await game.page.getByLabel('What was it?').fill('a dog');
    await game.page.keyboard.press('Enter');
    await expect(game.page.locator('.debrief li')).toHaveCount(3);
  }],
  ['the lessons', async (game) => {
    await game.page.addInitScript(() => localStorage.setItem('twenty-questions-lessons', '{"version":1,"lessons":[{"name":"a flurb","answers":[]}]}'));
    await game.open();
    await game.button('What I have learnt from you').click();
    await expect(game.button('Forget a flurb')).toBeVisible();
  }],
];

/** The screen that may scroll: its list may be long, and no game is on the table. */
const SCROLLS = 'the lessons';

for (const [name, reach] of SCREENS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${name}, ${colorScheme}: axe finds nothing and the window does not scroll`, async ({ browser, server }) => {
      for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }, { width: 360, height: 640 }]) {
        const context = await browser.newContext({ baseURL: server.url, colorScheme, viewport });
        const page = await context.newPage();
        await reach(new Game(page));
        const { scrollHeight, scrollWidth } = await page.evaluate(() => {
          const { scrollHeight, scrollWidth } = document.documentElement;
          return { scrollHeight, scrollWidth };
        });
        if (name === SCROLLS) expect(scrollWidth).toBe(viewport.width);
        else expect({ scrollHeight, scrollWidth }).toEqual({ scrollHeight: viewport.height, scrollWidth: viewport.width });
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
        await context.close();
      }
    });
  }
}
