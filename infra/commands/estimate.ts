// Says what a month costs with the settings that are given, from the same numbers as README.md.
import { OPTIONS } from '../src/options.js';
import { money, month, PRICES, SCALES, total } from '../src/costs.js';
import { context } from './place.js';

/** A setting as the app reads it; the app itself refuses bad ones. */
function chosen<K extends keyof typeof OPTIONS>(name: K): NonNullable<ReturnType<(typeof OPTIONS)[K]['read']>> {
  const option = OPTIONS[name];
  return (option.read(context(name) ?? option.initial) ?? option.read(option.initial)) as NonNullable<ReturnType<(typeof OPTIONS)[K]['read']>>;
}

const settings = {
  architecture: chosen('architecture'),
  memory: chosen('memory'),
  provisioned: chosen('provisioned'),
  firewall: chosen('firewall'),
  edgeMetrics: chosen('edgeMetrics'),
};
const months = SCALES.map((games) => month(games, settings));
const row = (name: string, values: string[]): string => name.padEnd(34) + values.map((value) => value.padStart(14)).join('');
console.log(`\nA month in dollars, at list prices of ${PRICES.date} without free tiers (infra/README.md shows the arithmetic):\n`);
console.log(row('', SCALES.map((games) => `${games.toLocaleString('en-US')} games`)));
for (const [index, { what }] of (months[0] ?? []).entries()) {
  console.log(row(what, months.map((lines) => money(lines[index]?.dollars ?? 0))));
}
console.log(row('together', months.map((lines) => money(total(lines)))));
