// README.md matches the code. `UPDATE=1 npm test` updates its tables.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { GAME, MODEL, PRICES, SCALES, table } from '../src/costs.js';
import { OPTIONS } from '../src/options.js';
import { game, resources } from './variants.js';

const FILE = 'README.md';
const readme = (): string => readFileSync(FILE, 'utf8');

/** Asserts, or with UPDATE writes, the text between `<!-- part -->` and `<!-- /part -->`. */
function assertPart(part: string, text: string): void {
  const pattern = new RegExp(`(<!-- ${part} -->)([^]*?)(<!-- /${part} -->)`);
  const [, , now] = pattern.exec(readme()) ?? [];
  assert.ok(now !== undefined, `README.md has no <!-- ${part} -->`);
  if (process.env['UPDATE'])
    writeFileSync(
      FILE,
      readme().replace(pattern, (_, open, __, close) => open + text + close),
    );
  else assert.equal(now, text);
}

test('README.md lists every setting', () => {
  const hidden = ['site', 'lambda', 'root'];
  const rows = Object.entries(OPTIONS)
    .filter(([name]) => !hidden.includes(name))
    .map(
      ([name, { initial, valid, about }]) =>
        `| \`${name}\` | ${initial === '' ? '' : `\`${initial}\``} | ${about} | ${valid} |`,
    );
  assertPart(
    'settings',
    `\n${['| setting | default | what it is | valid values |', '| --- | --- | --- | --- |', ...rows].join('\n')}\n`,
  );
});

test('README.md has the costs', () => {
  const settings = { architecture: 'arm64', memory: 256, provisioned: 0, firewall: true, edgeMetrics: false } as const;
  for (const games of SCALES) assertPart(`costs ${games}`, `\n${table(games, settings)}\n`);
  assertPart('date', PRICES.date);
  assertPart(
    'game',
    `${GAME.moves} moves, ${GAME.requestsOfMoves} requests for a move (the page prefetches), ${GAME.requestsOfFiles} files and ` +
      `${Math.round(GAME.bytes / 1000)} KB; the model takes ${GAME.modelMilliseconds / 1000} s for a move`,
  );
});

test('the cost of the model matches the documentation', () => {
  const [, table = ''] = readFileSync('../docs/benchmarks.md', 'utf8').split('| games a month | calls per game |');
  const rows = [...table.matchAll(/^\| ([\d,]+) \| ([\d.]+) ± [\d.]+ \| ([\d.]+) ± [\d.]+ \|/gm)].slice(0, SCALES.length);
  const documented = rows.map(([, games = '', calls, dollars]) => [
    games.replaceAll(',', ''),
    { calls: Number(calls), dollars: Number(dollars) },
  ]);
  assert.deepEqual(Object.entries(MODEL), documented);
});

test('README.md explains every alarm', () => {
  const alarms = Object.keys(resources(game('plain'), 'AWS::CloudWatch::Alarm')).map((id) =>
    id.replace(/^Alarms|.{8}$/g, ''),
  );
  const explained = [...readme().matchAll(/^\| `(\w+)` \| .* \| .* \|$/gm)].map(([, name]) => name);
  assert.deepEqual(
    alarms.filter((name) => !explained.includes(name)),
    [],
  );
});

test('the costs are for the default settings', () => {
  const { architecture, memory, provisioned, firewall, edgeMetrics } = OPTIONS;
  assert.deepEqual(
    [architecture, memory, provisioned, firewall, edgeMetrics].map(({ initial }) => initial),
    ['arm64', '256', '0', 'true', 'false'],
  );
});
