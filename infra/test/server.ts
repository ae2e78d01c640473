// The Rust source of the server, for names that both sides must agree on.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = new URL('../../server/src/', import.meta.url).pathname;

export function serverSource(): string {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs'));
  return files.map((file) => readFileSync(join(FOLDER, file), 'utf8')).join('\n');
}
