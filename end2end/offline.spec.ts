// The game without a network: what the worker keeps, and how a new build replaces it.
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import { Game } from './game';
import { Files, Network } from './network';
import { root } from './ports';
import { expect, Server, test } from './server';

test.use({ serviceWorkers: 'allow' });

/** Opens the page and waits until the whole game is on the device. */
async function visit(page: Page, url: string): Promise<Game> {
  const game = new Game(page);
  await page.goto(url);
  await expect(game.button('Start')).toBeEnabled();
  await page.evaluate(() => navigator.serviceWorker.ready);
  return game;
}

/** A whole game, which the player wins. */
async function playOn(game: Game): Promise<void> {
  const outages: Promise<number>[] = [];
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.play(() => {
    outages.push(game.page.locator('.outage').count());
    return 'No';
  });
  await expect(game.heading).toHaveText('You win!');
  expect(await Promise.all(outages)).toEqual(Array(20).fill(0));
}

for (const how of ['the server is stopped', 'the network is cut', 'the browser is offline'] as const) {
  test(`after the first visit, whole games need no network: ${how}`, async ({ page, server }) => {
    const network = await Network.to(server.url);
    const game = await visit(page, network.url);
    if (how === 'the server is stopped') await server.down();
    if (how === 'the network is cut') network.cut();
    if (how === 'the browser is offline') await page.context().setOffline(true);
    await page.reload();
    await playOn(game);
    // What is loaded on demand is there too.
    await game.open('Menu', 'Statistics');
    await expect(page.locator('.figures')).toContainText('1');
    // And a reload at the end changes nothing.
    await page.reload();
    await expect(game.heading).toHaveText('You win!');
    await network.close();
  });
}

test('the game can be installed', async ({ page, server }) => {
  await visit(page, server.url);
  const client = await page.context().newCDPSession(page);
  const { installabilityErrors } = await client.send('Page.getInstallabilityErrors');
  // A window without a profile, as in tests, can't install anything.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  const { errors } = await client.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = await (await page.request.get('/manifest.webmanifest')).json();
  const sizes = manifest.icons.map(({ sizes, purpose }: { sizes: string; purpose?: string }) => [sizes, purpose ?? 'any'].join(' '));
  expect(sizes).toEqual(['192x192 any', '512x512 any', '512x512 maskable', 'any any']);
  const icons = [...manifest.icons.map(({ src }: { src: string }) => src), 'apple-touch-icon.png', 'preview.png'];
  for (const icon of icons) expect((await page.request.get(`/${icon}`)).status(), icon).toBe(200);
});

test('the worker itself is asked for anew, and keeps nothing of the server', async ({ page, server }) => {
  await visit(page, server.url);
  const worker = await page.request.get('/worker.js');
  expect(worker.headers()['cache-control']).toBe('no-cache');
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { caches: names.length, paths: requests.flat().map(({ url }) => new URL(url).pathname) };
  });
  expect(kept.caches).toBe(1);
  expect(kept.paths).toContain('/');
  expect(kept.paths.filter((path) => path.startsWith('/api/') || path.includes('worker'))).toEqual([]);
  expect(kept.paths.filter((path) => path.startsWith('/pkg/')).length).toBeGreaterThan(7);
});

const run = promisify(execFile);

/** Writes the site into a folder: as it was built, or as another build that says so in `window.build`. */
async function build(site: string, number: number): Promise<void> {
  const bundle = await mkdtemp(join(tmpdir(), 'bundle-'));
  await cp(join(root, 'target/site'), bundle, { recursive: true });
  for (const script of ['start.js', 'extras.js']) await appendFile(join(bundle, script), `;window.${script.slice(0, -3)}Build=${number};`);
  await run(join(root, 'target/release/server'), ['site', '--bundle', bundle, '--out', site]);
  await rm(bundle, { recursive: true });
}

/** A server of a site that can be built anew. */
async function withBuild(work: (server: Server, rebuild: (number: number) => Promise<void>, site: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  const site = join(folder, 'dist');
  await build(site, 1);
  const server = await Server.start({ SITE_DIR: site });
  await work(server, (number) => build(site, number), site);
  await server.down();
  await rm(folder, { recursive: true });
}

const builds = (page: Page) => page.evaluate(() => [(window as never as { startBuild: number }).startBuild, (window as never as { extrasBuild?: number }).extrasBuild]);

/** Waits until a worker of another build has stored its files and waits for its turn. */
async function awaitUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await expect.poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())!.waiting))).toBe(true);
}

async function restart(context: BrowserContext, url: string): Promise<Page> {
  // Workers change between the last page of the old build and the first of the new one.
  for (const page of context.pages()) await page.close();
  const page = await context.newPage();
  await page.goto(url);
  await expect(new Game(page).button('Start')).toBeEnabled();
  return page;
}

test('a new build waits for the next start, and no page ever mixes two', async ({ context, page }) => {
  await withBuild(async (server, rebuild) => {
    let game = await visit(page, server.url);
    await rebuild(2);
    await page.reload();
    await expect(game.button('Start')).toBeEnabled();
    await awaitUpdate(page);
    await page.reload();
    await expect(game.button('Start')).toBeEnabled();
    await game.open('Menu', 'Statistics');
    await expect(page.locator('#extra')).toContainText('No game is over yet');
    expect(await builds(page)).toEqual([1, 1]);

    await expect.poll(async () => {
      const next = await restart(context, server.url);
      game = new Game(next);
      return (await builds(next))[0];
    }).toBe(2);
    await game.open('Menu', 'Statistics');
    await expect(game.page.locator('#extra')).toContainText('No game is over yet');
    expect(await builds(game.page)).toEqual([2, 2]);
    // A rollback is an update like any other.
    await rebuild(1);
    await awaitUpdate(game.page);
    await expect.poll(async () => (await builds(await restart(context, server.url)))[0]).toBe(1);
  });
});

test('a page that was open before a new build still loads the rest of its own', async ({ browser }) => {
  await withBuild(async (server, rebuild) => {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    const page = await context.newPage();
    const game = new Game(page);
    await page.goto(server.url);
    await expect(game.button('Start')).toBeEnabled();
    await rebuild(2);
    await game.open('Menu', 'Statistics');
    await expect(page.locator('#extra')).toContainText('No game is over yet');
    expect(await builds(page)).toEqual([1, 1]);
    await context.close();
  });
});

test('a build whose files are damaged on the way is not stored', async ({ page }) => {
  await withBuild(async (server) => {
    let refused = 0;
    await page.context().route('**/pkg/extras.*.js', (route) => {
      refused += 1;
      return route.fulfill({ body: 'damaged', contentType: 'text/javascript' });
    });
    const game = new Game(page);
    await page.goto(server.url);
    await expect(game.button('Start')).toBeEnabled();
    const state = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? 'none');
    await expect.poll(() => refused).toBeGreaterThan(0);
    await page.waitForLoadState('networkidle');
    expect(await state()).toBe('none');
    await page.context().unroute('**/pkg/extras.*.js');
    await page.reload();
    await expect(game.button('Start')).toBeEnabled();
    await expect.poll(state).toBe('activated');
  });
});

test('in development, the worker of an earlier visit gives way', async ({ page }) => {
  await withBuild(async (server, _, site) => {
    await visit(page, server.url);
    // As `cargo leptos watch` serves it.
    for (const ending of ['.br', '.gz']) await rm(join(site, `worker.js${ending}`));
    await cp(join(root, 'public/worker.js'), join(site, 'worker.js'));
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
    await expect.poll(() => page.evaluate(async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]).catch(() => [])).toEqual([0, 0]);
  });
});

for (const folder of ['/', '/games/twenty/']) {
  test(`the site alone, on a plain file server at ${folder}, plays whole games`, async ({ page }) => {
    const files = await Files.serve(folder);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    const game = await visit(page, files.url);
    await playOn(game);
    await expect(page.locator('.caption')).toHaveText('where I was looking');
    expect(problems).toEqual([]);
    await files.close();
    await page.reload();
    await game.button('Play again').click();
    await game.awaitQuestion(1);
  });
}
