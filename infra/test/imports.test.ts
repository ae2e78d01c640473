// No two files import each other, directly or through others.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { test } from 'node:test';

/** The files that a file imports, by the paths of their sources. */
function imports(file: string): string[] {
  const found = readFileSync(file, 'utf8').matchAll(/\b(?:from|import) '(\.[^']+)\.js'/g);
  return [...found].map(([, path]) => normalize(join(file, '..', `${path}.ts`)));
}

/** The path from a file back to one of the files that led to it, if there is one. */
function cycle(file: string, path: string[] = []): string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (acyclic.has(file)) return undefined;
  for (const imported of imports(file)) {
    const found = cycle(imported, [...path, file]);
    if (found) return found;
  }
  acyclic.add(file);
  return undefined;
}
const acyclic = new Set<string>();

test('there are no import cycles', () => {
  const files = ['src', 'commands', 'test', 'emulator'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  );
  assert.ok(files.some((file) => imports(file).length > 5));
  assert.deepEqual(
    files.map((file) => cycle(file)).find((found) => found),
    undefined,
  );
});
