// Draws the icons and the picture for link previews, public/*.png, out of public/icon.svg, the colours of the style and
// the stars below. The same machine draws the same bytes every time.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { root } from './ports';

/** The budget of all pictures together, in bytes. */
const BUDGET = 80_000;

/** The icon of a browser that rounds nothing, and of those that cut their own shape out of a square. */
const ICONS = [
  { name: 'icon-192.png', size: 192 },
  { name: 'icon-512.png', size: 512 },
  // The text stays within a circle of 80 % of the width, which no shape cuts.
  { name: 'icon-maskable-512.png', size: 512, square: '0 0 64 64' },
  { name: 'apple-touch-icon.png', size: 180, square: '3 3 58 58' },
];

const PREVIEW = { width: 1200, height: 630 };

/** Debian's likenesses of Georgia and Palatino, from its package fonts-urw-base35. */
const GEORGIA = 'C059, Georgia, serif', PALATINO = 'P052, var(--serif)';

/** How far apart two colours must be to stay two: fewer of them make smaller files. */
const APART = 14;

const STARS = 5_600;
/** How far the stars around the line shine, and how far from it the first of them stand. */
const GLOW = 150, GAP = 15;
/** Half the width of the band of dense stars. */
const BAND = 190;
/** How far from the words the stars become fewer, and the boxes of the words: left, top, right and bottom. */
const HUSH = 70;
const WORDS = [[84, 112, 566, 262], [84, 262, 750, 412], [84, 446, 890, 500]];
/** A line of stars in the shape of a question mark, and the star below it. */
const LINE = [[900, 214], [920, 146], [980, 102], [1054, 112], [1102, 170], [1090, 240], [1036, 292], [1006, 338], [1000, 398]];
const LAST = [1002, 480];

const sizes: Record<string, number> = {};

/** Writes a picture of the page. */
async function write(name: string, page: Page, isOpaque: boolean): Promise<void> {
  const picture = PNG.sync.read(await page.screenshot({ omitBackground: !isOpaque }));
  merge(picture.data);
  // These options suit flat colours; the defaults make files of twice the size.
  const bytes = PNG.sync.write(picture, { colorType: isOpaque ? 2 : 6, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
  await writeFile(join(root, 'public', name), bytes);
  sizes[name] = bytes.length;
}

/** Replaces each colour by the most common one that is near. */
function merge(pixels: Buffer): void {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = pixels.readUInt32BE(at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const kept: number[] = [], replacements = new Map<number, number>();
  for (const [colour] of [...counts].sort(([, one], [, other]) => other - one)) {
    const distances = kept.map((other) => distance(colour, other));
    const least = Math.min(...distances);
    if (least >= APART) kept.push(colour);
    replacements.set(colour, least < APART ? kept[distances.indexOf(least)]! : colour);
  }
  for (let at = 0; at < pixels.length; at += 4) pixels.writeUInt32BE(replacements.get(pixels.readUInt32BE(at))!, at);
}

function distance(one: number, other: number): number {
  return Math.hypot(...[24, 16, 8, 0].map((shift) => ((one >>> shift) & 255) - ((other >>> shift) & 255)));
}

test.afterAll(() => {
  for (const [name, size] of Object.entries(sizes)) console.log(`public/${name}: ${size} bytes`);
  expect(Object.values(sizes).reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET);
});

for (const { name, size, square } of ICONS) {
  test(name, async ({ page }) => {
    await page.setViewportSize({ width: size, height: size });
    const icon = await readFile(join(root, 'public/icon.svg'), 'utf8');
    await page.setContent(`
      <style>
        body { margin: 0; }
        svg { display: block; width: 100vw; }
        text { font-family: ${GEORGIA}; }
        ${square ? 'rect { x: 0; y: 0; width: 64px; height: 64px; rx: 0; ry: 0; }' : ''}
      </style>
      ${square ? icon.replace('0 0 64 64', square) : icon}`);
    await write(name, page, square !== undefined);
  });
}

test('preview.png', async ({ page }) => {
  await page.setViewportSize(PREVIEW);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setContent(`
    <style>
      body { margin: 0; background: var(--night); color: var(--ink); font-family: ${PALATINO}; }
      svg { position: absolute; inset: 0; fill: var(--ink); }
      .line { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
      .mark { fill: var(--accent); }
      h1, p { position: absolute; left: 90px; margin: 0; white-space: pre; }
      h1 { top: 107px; font-size: 140px; line-height: 150px; }
      p { top: 446px; font-size: 34px; line-height: 56px; }
    </style>
    <svg viewBox="0 0 ${PREVIEW.width} ${PREVIEW.height}">${stars()}${line()}</svg>
    <h1>Twenty\nQuestions</h1>
    <p>Think of something. I have twenty yes/no questions.</p>`);
  await page.addStyleTag({ path: join(root, 'style/first.css') });
  await write('preview.png', page, true);
});

/** From 0 to 1, always the same for the same number. */
function noise(number: number): number {
  let hash = Math.imul(number + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** As in the game: faint ones everywhere, denser here and there, and bright ones around the line. */
function stars(): string {
  const drawn: string[] = [];
  const shining = [...between(LINE), LAST];
  for (let star = 0; star < STARS; star += 1) {
    const across = noise(5 * star), down = noise(5 * star + 1), chance = noise(5 * star + 2);
    const left = Math.round(PREVIEW.width * (across + 0.03 * Math.sin(11 * across + 7 * down)));
    const top = Math.round(PREVIEW.height * (down + 0.04 * Math.sin(9 * down - 13 * across)));
    const near = Math.min(...shining.map(([x, y]) => Math.hypot(left - x!, top - y!)));
    if (near < GAP || Math.hypot(left - LAST[0]!, top - LAST[1]!) < 3 * GAP) continue;
    // The band rises from the lower left to the upper right.
    const aside = (top - 560 + 0.42 * left) / BAND;
    if (noise(5 * star + 3) > 0.4 + 0.6 * Math.exp(-aside * aside)) continue;
    if (noise(5 * star + 4) > Math.min(...WORDS.map((box) => outside(left, top, box))) / HUSH) continue;
    const glow = Math.max(0, 1 - near / GLOW);
    const light = Math.min(1, chance ** 14 + 0.8 * glow * chance ** 6);
    const size = light > 0.85 ? 4 : light > 0.45 ? 3 : light > 0.04 ? 2 : 1;
    const opacity = Math.round(10 * (0.4 + 0.6 * light)) / 10;
    drawn.push(size > 2
      ? `<circle cx="${left}" cy="${top}" r="${size / 2}" opacity="${opacity}"/>`
      : `<rect x="${left}" y="${top}" width="${size}" height="${size}" opacity="${opacity}"/>`);
  }
  return drawn.join('');
}

/** Places along a line, a few pixels from each other. */
function between(line: number[][]): number[][] {
  return line.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = line[index]!;
    return Array.from({ length: 11 }, (_, step) => [fromX! + ((x! - fromX!) * step) / 10, fromY! + ((y! - fromY!) * step) / 10]);
  });
}

/** How far a place is from a box. */
function outside(x: number, y: number, [left, top, right, bottom]: number[]): number {
  return Math.hypot(Math.max(left! - x, 0, x - right!), Math.max(top! - y, 0, y - bottom!));
}

/** What the game draws when it has found the thing. */
function line(): string {
  const [x, y] = LAST;
  return `<polyline class="line" points="${LINE.join(' ')}"/>` +
    LINE.map(([left, top]) => `<circle class="mark" cx="${left}" cy="${top}" r="6"/>`).join('') +
    `<circle class="mark" cx="${x}" cy="${y}" r="10"/>` +
    `<circle class="line" cx="${x}" cy="${y}" r="24" opacity="0.8"/>` +
    `<circle class="line" cx="${x}" cy="${y}" r="36" opacity="0.4"/>`;
}
