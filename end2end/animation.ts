// Plays a game with the real page and makes the animation of the README out of it: docs/game.gif.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import { PNG } from 'pngjs';
import { Game } from './game';
import { root } from './ports';
import { expect, test } from './server';

const SIZE = { width: 960, height: 600 };

/** The budget of the file, in bytes. */
const BUDGET = 1_000_000;

/** What is true of a penguin; the answer to everything else is no. */
const TRUE = /living|alive|animal|bird|feather|wing|beak|egg|\blegs?\b|two legs|swim|water|sea|ocean|fish|cold|snow|ice|found in nature|outdoors|zoo|warm-blooded|vertebrate|backbone|large groups|bigger than a (shoebox|cat|hand)|touch it|soft|claws|see it|walk|hunt/;
/** And what isn't, although it sounds like it. */
const FALSE = /four legs|can it fly|does it fly|pet|farm|made by|freshwater|fur|long tail|eat it|do you eat|do people eat|edible|bigger than a (car|person|human|dog)|insect|plant|most of it|don't want/;

const isTrue = (words: string): boolean => TRUE.test(words.toLowerCase()) && !FALSE.test(words.toLowerCase());

test.use({ viewport: SIZE, colorScheme: 'dark', deviceScaleFactor: 1 });

test('the animation of the README', async ({ page }) => {
  const frames: { pixels: Uint8Array; milliseconds: number }[] = [];
  const take = async (milliseconds: number) => {
    // The pointer would leave a button in another colour.
    await page.mouse.move(0, 0);
    const { data } = PNG.sync.read(await page.screenshot({ caret: 'hide' }));
    frames.push({ pixels: new Uint8Array(data), milliseconds });
  };
  // The same opening every time.
  await page.addInitScript(() => (Math.random = () => 0.15));
  const game = new Game(page);
  await game.open();
  await page.waitForTimeout(300);
  await take(1_600);
  await game.button('Start').click();
  await game.awaitQuestion(1);
  await game.awaitGuesser();
  for (let number = 1; number <= 20; number += 1) {
    await game.awaitQuestion(number);
    await take(number < 4 ? 1_300 : 900);
    const words = await game.heading.innerText();
    if (await game.isGuess()) {
      if (words === 'Is it a penguin?') break;
      await game.answer('No');
    } else {
      await game.answer(isTrue(words) ? 'Yes' : 'No');
    }
  }
  await expect(game.heading).toHaveText('Is it a penguin?');
  await game.answer('Yes');
  await expect(game.heading).toHaveText(/^Got it in/);
  // The line is drawn.
  for (const wait of [200, 200, 200, 200, 800]) {
    await page.waitForTimeout(wait);
    await take(wait === 800 ? 3_500 : 200);
  }

  const gif = GIFEncoder();
  // One colour of the palette stands for what stays as it was.
  const STAYS = 0;
  const palette = [[0, 0, 0], ...quantize(joined(frames.map(({ pixels }) => pixels)), 63)];
  let before: Uint8Array | undefined;
  for (const { pixels, milliseconds } of frames) {
    const colours = applyPalette(pixels, palette.slice(1)).map((colour) => colour + 1);
    const indices = before === undefined ? colours : colours.map((colour, at) => (colour === before![at] ? STAYS : colour));
    gif.writeFrame(indices, SIZE.width, SIZE.height, {
      palette: before === undefined ? palette : undefined,
      delay: milliseconds,
      transparent: before !== undefined,
      transparentIndex: STAYS,
      dispose: 1,
    });
    before = colours;
  }
  gif.finish();
  const bytes = gif.bytes();
  console.log(`docs/game.gif: ${bytes.length} bytes in ${frames.length} frames`);
  expect(bytes.length).toBeLessThan(BUDGET);
  await writeFile(join(root, 'docs/game.gif'), bytes);
});

/** Every 16th pixel of all pictures: enough to choose the colours. */
function joined(pictures: Uint8Array[]): Uint8Array {
  const words = pictures.map((picture) => new Uint32Array(picture.buffer).filter((_, at) => at % 16 === 0));
  const all = new Uint32Array(words.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const picture of words) {
    all.set(picture, at);
    at += picture.length;
  }
  return new Uint8Array(all.buffer);
}
