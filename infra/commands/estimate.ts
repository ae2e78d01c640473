// Prints what a month costs with the given settings, from the same figures as README.md.
import { money, month, PRICES, SCALES, total } from '../src/costs.js';
import { settings } from './aws.js';

const months = SCALES.map((games) => month(games, settings()));
const row = (name: string, values: string[]): string =>
  name.padEnd(34) + values.map((value) => value.padStart(17)).join('');
console.log(
  `\nDollars a month, at list prices of ${PRICES.date} without free tiers (infra/README.md has the arithmetic):\n`,
);
console.log(
  row(
    '',
    SCALES.map((games) => `${games.toLocaleString('en-US')} ${games === 1 ? 'game' : 'games'}`),
  ),
);
for (const [index, { what }] of (months[0] ?? []).entries()) {
  console.log(
    row(
      what,
      months.map((lines) => money(lines[index]?.dollars ?? 0)),
    ),
  );
}
console.log(
  row(
    'total',
    months.map((lines) => money(total(lines))),
  ),
);
