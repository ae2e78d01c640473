// node scripts/lighthouse.mjs [RUNS]: rates the page of the release server with Lighthouse, as a phone on a slow network,
// by default five times. Prints each run's scores and their medians. Accessibility, best practices and SEO must be 100
// in every run; performance is a time and only printed. Needs `make site` and `scripts/setup lighthouse`.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, serve } from './serve.mjs';

const runs = Number(process.argv[2] ?? 5);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`"${process.argv[2]}" is no number of runs: 1, 2, 3 ...`);
const cli = join(root, 'tools/lighthouse/node_modules/lighthouse/cli/index.js');
// Not logged in as anyone and connected to nothing but the server.
const flags = '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const SCORES = ['performance', 'accessibility', 'best-practices', 'seo'];
const TIMES = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

async function rate(url) {
  const env = { CHROME_PATH: '/usr/bin/chromium', ...process.env };
  const options = ['--quiet', '--output=json', '--output-path=stdout', `--chrome-flags=${flags}`];
  const run = [cli, `${url}/`, ...options];
  const attempt = () => promisify(execFile)(process.execPath, run, { env, maxBuffer: 2 ** 26 });
  // Now and then Chromium records no trace; Lighthouse then asks to be run again.
  const { stdout } = await attempt().catch(attempt).catch(({ stderr }) => Promise.reject(new Error(stderr)));
  const { categories, audits } = JSON.parse(stdout);
  const scores = SCORES.map((name) => Math.round(100 * categories[name].score));
  const wrong = SCORES.slice(1).flatMap((name) =>
    categories[name].auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1).map(({ id }) => `${name}: ${audits[id].title}`),
  );
  return { figures: [...scores, ...TIMES.map((name) => audits[name].numericValue)], wrong };
}

const median = (figures) => figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)];
const line = (name, figures) =>
  console.log([name.padEnd(8), ...figures.map((figure, index) => (index === 7 ? figure.toFixed(3) : figure.toFixed(0)).padStart(index < 4 ? 16 : 12))].join(''));

await serve(async (url) => {
  console.log(['run'.padEnd(8), ...SCORES.map((name) => name.padStart(16)), ...['FCP (ms)', 'LCP (ms)', 'TBT (ms)', 'CLS'].map((name) => name.padStart(12))].join(''));
  const all = [];
  const wrong = new Set();
  for (let run = 1; run <= runs; run += 1) {
    const rated = await rate(url);
    line(`${run}`, rated.figures);
    all.push(rated.figures);
    for (const each of rated.wrong) wrong.add(each);
  }
  line('median', all[0].map((_, index) => median(all.map((figures) => figures[index]))));
  for (const each of wrong) console.error(each);
  if (wrong.size > 0 || all.some((figures) => figures.slice(1, 4).some((score) => score < 100))) process.exitCode = 1;
});
