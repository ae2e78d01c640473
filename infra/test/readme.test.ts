// README.md says what the code says. `UPDATE=1 npm test` writes its tables anew.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { GAME, MODEL, PRICES, SCALES, table } from '../src/costs.js';
import { OPTIONS } from '../src/options.js';
import { game, resources } from './variants.js';

const FILE = 'README.md';
const readme = (): string => readFileSync(FILE, 'utf8');

/** What stands between the marks of a part. */
function holds(part: string, text: string): void {
  const pattern = new RegExp(`(<!-- ${part} -->)([^]*?)(<!-- /${part} -->)`);
  const [, , now] = pattern.exec(readme()) ?? [];
  assert.ok(now !== undefined, `README.md has no part ${part}`);
  if (process.env['UPDATE'])
    writeFileSync(
      FILE,
      readme().replace(pattern, (_, open, __, close) => open + text + close),
    );
  else assert.equal(now, text);
}

test('the settings', () => {
  const hidden = ['site', 'lambda', 'root'];
  const rows = Object.entries(OPTIONS)
    .filter(([name]) => !hidden.includes(name))
    .map(
      ([name, { initial, takes, about }]) =>
        `| \`${name}\` | ${initial === '' ? '' : `\`${initial}\``} | ${about} | ${takes} |`,
    );
  holds(
    'settings',
    `\n${['| setting | default | what it is | takes |', '| --- | --- | --- | --- |', ...rows].join('\n')}\n`,
  );
});

test('the costs', () => {
  const settings = { architecture: 'arm64', memory: 256, provisioned: 0, firewall: true, edgeMetrics: false } as const;
  for (const games of SCALES) holds(`costs ${games}`, `\n${table(games, settings)}\n`);
  holds('date', PRICES.date);
  holds(
    'game',
    `${GAME.moves} moves, ${GAME.requestsOfMoves} requests for a move (the page thinks ahead), ${GAME.requestsOfFiles} files and ` +
      `${Math.round(GAME.bytes / 1000)} KB; a move of the model takes ${GAME.modelMilliseconds / 1000} s`,
  );
});

test('what a game costs at the model is what the root README says', (t) => {
  const rows = [...readFileSync('../README.md', 'utf8').matchAll(/^\| [\d,]+ \|.*\| ([\d.]+), \$([\d.]+) \|$/gm)];
  if (rows.length === 0) return t.skip('the root README has no table of costs yet');
  const said = rows.slice(0, 3).map(([, calls, dollars]) => ({ calls: Number(calls), dollars: Number(dollars) }));
  assert.deepEqual(Object.values(MODEL), said);
});

test('every alarm is explained', () => {
  const alarms = Object.keys(resources(game('plain'), 'AWS::CloudWatch::Alarm')).map((id) =>
    id.replace(/^Alarms|.{8}$/g, ''),
  );
  const explained = [...readme().matchAll(/^\| `(\w+)` \| .* \| .* \|$/gm)].map(([, name]) => name);
  assert.deepEqual(
    alarms.filter((name) => !explained.includes(name)),
    [],
  );
});

test('the default settings are those that the costs are worked out for', () => {
  const { architecture, memory, provisioned, firewall, edgeMetrics } = OPTIONS;
  assert.deepEqual(
    [architecture, memory, provisioned, firewall, edgeMetrics].map(({ initial }) => initial),
    ['arm64', '256', '0', 'true', 'false'],
  );
});
