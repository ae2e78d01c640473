// The built site, sorted by what the bucket must say of each file.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { SettingError } from './settings.js';

/** Files that share their headers; `folder` has nothing but them, under the paths that they are asked by. */
export interface Group {
  readonly name: string;
  readonly folder: string;
  readonly paths: string[];
  readonly contentType: string;
  /** Their names have a hash of their content. */
  readonly hashed: boolean;
  /** Set where the file is stored compressed. */
  readonly encoding?: 'br';
}

/** The CLI that uploads would guess the types by its own machine's list, so they are said here. */
const TYPES: Record<string, string> = {
  '.bin': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

const COMPRESSED = ['.br', '.gz'];

/** The CDK reads the groups until it has written everything. */
const temporary: string[] = [];
process.once('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/**
 * Hashed files are stored as brotli only: nothing but the page asks for them, and whatever runs
 * WebAssembly reads brotli. The others stay plain, since link previews and robots ask for them too,
 * and CloudFront compresses those by itself.
 */
export function groups(site: string): Group[] {
  if (!existsSync(join(site, 'index.html'))) {
    throw new SettingError(`the site is missing: there is no index.html in ${site}; build it with \`make site\``);
  }
  const staged = mkdtempSync(join(tmpdir(), 'twenty-site-'));
  temporary.push(staged);
  const found = new Map<string, Group>();
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const all = new Set(files.map((entry) => join(entry.parentPath, entry.name).slice(join(site, '/').length)));
  for (const path of [...all].sort().filter((path) => !COMPRESSED.includes(extname(path)))) {
    const contentType = TYPES[extname(path)];
    if (contentType === undefined) throw new SettingError(`src/files.ts doesn't know the type of ${path} in ${site}`);
    const hashed = path.startsWith('pkg/');
    const isCompressed = hashed && all.has(`${path}.br`);
    const name = [hashed ? 'Hashed' : 'Named', extname(path).slice(1), ...(isCompressed ? ['br'] : [])].join('-');
    const folder = join(staged, name);
    const group = found.get(name) ?? {
      name,
      folder,
      paths: [],
      contentType,
      hashed,
      ...(isCompressed && { encoding: 'br' }),
    };
    found.set(name, group);
    group.paths.push(`/${path}`);
    mkdirSync(join(folder, path, '..'), { recursive: true });
    cpSync(join(site, isCompressed ? `${path}.br` : path), join(folder, path));
  }
  return [...found.values()];
}

/** How many openings the page knows, which the function must know too; hence it is no setting here. */
export function openings(site: string): string {
  const page = join(site, 'index.html');
  const [, number] = /data-openings="?(\d+)/.exec(readFileSync(page, 'utf8')) ?? [];
  if (number === undefined) throw new SettingError(`${page} doesn't say how many openings there are (data-openings)`);
  return number;
}
