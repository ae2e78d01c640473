// The whole template of a plain deployment. `UPDATE=1 npm test` updates it: review the diff before you commit it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { game } from './variants.js';

const FILE = 'test/plain.template.json';

test('the template matches the reviewed snapshot', () => {
  // Asset names are hashes of their content.
  const now = `${JSON.stringify(game('plain').toJSON(), null, 1).replace(/\b[0-9a-f]{64}\b/g, '<hash>')}\n`;
  if (process.env['UPDATE']) writeFileSync(FILE, now);
  assert.deepEqual(JSON.parse(now), JSON.parse(readFileSync(FILE, 'utf8')));
});
