// The files of the built site, grouped by the headers that the bucket must send.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { SettingError } from './settings.js';

/** Files with the same headers. `folder` holds nothing else, under the paths of their URLs. */
export interface Group {
  readonly name: string;
  readonly folder: string;
  readonly paths: string[];
  readonly contentType: string;
  /** Whether the names contain a hash of the content. */
  readonly hashed: boolean;
  /** Set if the files are stored compressed. */
  readonly encoding?: 'br';
}

/** Without these, the uploading CLI would guess the types from a list of the machine that it runs on. */
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

/** Removed at exit, because the CDK reads them until the end. */
const temporary: string[] = [];
process.once('exit', () => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/**
 * Hashed files are stored as brotli only: only the page requests them, and every browser that runs WebAssembly
 * supports brotli. The others stay uncompressed, because link previews and robots request them too; CloudFront
 * compresses them where the client supports it.
 */
export function groups(site: string): Group[] {
  if (!existsSync(join(site, 'index.html'))) {
    throw new SettingError(`there is no index.html in ${site}: build the site with \`make site\``);
  }
  const staged = mkdtempSync(join(tmpdir(), 'twenty-site-'));
  temporary.push(staged);
  const found = new Map<string, Group>();
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const all = new Set(files.map((entry) => join(entry.parentPath, entry.name).slice(join(site, '/').length)));
  for (const path of [...all].sort().filter((path) => !COMPRESSED.includes(extname(path)))) {
    const contentType = TYPES[extname(path)];
    if (contentType === undefined)
      throw new SettingError(`the content type of ${path} in ${site} is unknown: add it to src/files.ts`);
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
