// node scripts/slow.mjs [VISITS]: measures how fast the page is on a slow phone: 2 s round trips, 50 KB/s, a CPU four times
// slower. Prints the median and the slowest of several first visits, by default five, and of a return after each. Asserts no
// time, but fails if a first question doesn't come. Needs `make site` and Chromium.
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const visits = Number(process.argv[2] ?? 5);
if (!Number.isInteger(visits) || visits < 1) throw new Error(`"${process.argv[2]}" is no number of visits: 1, 2, 3 ...`);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
// As in end2end/playwright.config.ts: connected to nothing but the server.
const args = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
// Chromium adds the latency to each request, not to each connection; the targets are stated in this model. Page and service
// worker have 50 KB/s each.
const NETWORK = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
// Of the page. Chromium can't slow workers down.
const CPU = { rate: 4 };
/** After so many milliseconds, a question doesn't come any more. */
const PATIENCE = 90_000;
/** So many milliseconds the player stays after the first question, unless a service worker is ready before. */
const STAY = 20_000;
const FIGURES = { paint: 'first paint (ms)', usable: 'button usable (ms)', question: 'first question (ms)', bytes: 'received until usable (bytes)' };

/** Runs in the page before its own scripts: the times of the driver would be distorted by the slow CPU. */
function watch() {
  if (!location.protocol.startsWith('http')) return;
  // A return would go on with the game of the first visit, without a button to start.
  localStorage.clear();
  let usable;
  window.times = new Promise((resolve) => {
    const find = (selector, words) => [...document.querySelectorAll(selector)].find(({ textContent }) => words.test(textContent.trim()));
    const findStart = () => find('.button.is-primary:not([aria-disabled])', /^Start$/);
    const look = () => {
      if (usable === undefined && findStart()) {
        usable = performance.now();
        // As a press at that moment: it waits until the page has done what it is at, and that counts.
        setTimeout(() => findStart().click());
      } else if (usable !== undefined && find('.move:not(.is-thinking) #heading', /\?$/)) {
        observer.disconnect();
        const question = performance.now() - usable;
        const [{ startTime: paint }] = performance.getEntriesByName('first-contentful-paint');
        resolve({ paint, usable, question });
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
}

/** Counts the bytes of a page and its workers. Returns a function from milliseconds since the navigation to bytes. */
function counter() {
  let start;
  const counts = [];
  const received = new Map();
  const count = (id, timestamp, bytes) => {
    counts.push([timestamp, bytes]);
    received.set(id, (received.get(id) ?? 0) + bytes);
  };
  const events = {
    'Network.requestWillBeSent': ({ type, timestamp }) => {
      if (type === 'Document') start ??= timestamp;
    },
    'Network.responseReceived': ({ requestId, timestamp, response }) => {
      if (!response.fromDiskCache && !response.fromServiceWorker) count(requestId, timestamp, response.encodedDataLength);
    },
    'Network.dataReceived': ({ requestId, timestamp, encodedDataLength }) => count(requestId, timestamp, encodedDataLength),
    // The sum of the request.
    'Network.loadingFinished': ({ requestId, timestamp, encodedDataLength }) =>
      count(requestId, timestamp, encodedDataLength - (received.get(requestId) ?? 0)),
  };
  const until = (milliseconds) =>
    counts.filter(([timestamp]) => timestamp - start <= milliseconds / 1_000).reduce((sum, [, bytes]) => sum + bytes, 0);
  return { events, until };
}

/** Slows a page down and its workers, which Chromium would otherwise let load at full speed. */
async function slow(session, events, filter) {
  for (const [name, event] of Object.entries(events)) session.on(name, event);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', CPU);
  let id = 0;
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const steps = { 'Network.enable': {}, 'Network.emulateNetworkConditions': NETWORK, 'Runtime.runIfWaitingForDebugger': {} };
    for (const [method, params] of Object.entries(steps)) {
      // It may have ended since.
      session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: (id += 1), method, params }) }).catch(() => {});
    }
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { method, params, error } = JSON.parse(message);
    if (error) throw new Error(`a worker can't be slowed down: ${error.message}`);
    events[method]?.(params);
  });
  // Playwright's sessions have no other way to their workers than this old one.
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false, filter });
}

/** Opens the page and starts a game. */
async function visit(page, url, until) {
  await page.goto(url, { waitUntil: 'commit', timeout: PATIENCE });
  const times = await Promise.race([page.evaluate(() => window.times), sleep(PATIENCE, undefined, { ref: false })]);
  if (!times) throw new Error(`no first question after ${PATIENCE / 1_000} s; the page shows: ${await page.innerText('body')}`);
  return { ...times, bytes: until(times.usable) };
}

async function visitTwice(browser, url) {
  // Its cache is empty.
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
  try {
    await context.addInitScript(watch);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const counts = counter();
    await slow(session, counts.events);
    const first = await visit(page, url, counts.until);
    const stay = (milliseconds) =>
      Promise.race([navigator.serviceWorker.ready, new Promise((resolve) => setTimeout(resolve, milliseconds))]).then(() => {});
    await page.evaluate(stay, STAY);

    // The player leaves. This page stays at a picture, since only a page of the site keeps its service worker slow; and the
    // worker has to start anew, as it would after a while.
    await page.goto(`${url}/icon.svg`);
    await session.send('ServiceWorker.enable');
    await session.send('ServiceWorker.stopAllWorkers');
    const next = await context.newPage();
    const again = counter();
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { method, params } = JSON.parse(message);
      again.events[method]?.(params);
    });
    await slow(await context.newCDPSession(next), again.events, [{ type: 'service_worker', exclude: true }, {}]);
    return { first, again: await visit(next, url, again.until) };
  } finally {
    await context.close();
  }
}

function print(title, all) {
  console.log(`\n${title.padEnd(32)}${'median'.padStart(10)}${'slowest'.padStart(10)}`);
  for (const [name, words] of Object.entries(FIGURES)) {
    const sorted = all.map((figures) => figures[name]).toSorted((one, other) => one - other);
    const [median, slowest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((figure) => figure.toFixed(0).padStart(10));
    console.log(`  ${words.padEnd(30)}${median}${slowest}`);
  }
}

await serve(async (url) => {
  console.log(`${visits} visits and returns, at most a minute each`);
  const browser = await chromium.launch({ executablePath, args });
  try {
    const all = [];
    for (let number = 1; number <= visits; number += 1) all.push(await visitTwice(browser, url));
    print('first visit', all.map(({ first }) => first));
    print('return', all.map(({ again }) => again));
  } finally {
    await browser.close();
  }
});
