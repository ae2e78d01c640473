// Loads the game. The addresses are attributes of the script's own tag, so this file never changes.
import * as sky from './sky.js';

const { js, wasm, size, things, guesserJs, guesserWasm, knowledge } = document.getElementById('start').dataset;
// The browser's own bars follow the colours of the page.
const paint = () => {
  const { backgroundColor } = getComputedStyle(document.documentElement);
  for (const bar of document.querySelectorAll('[name=theme-color]')) bar.content = backgroundColor;
};
new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ['data-theme'] });
matchMedia('(prefers-color-scheme: dark)').onchange = paint;
paint();

let imports = 0;

/** Loads the guesser and what it knows. The page calls it while the player reads, and plays without it until then. */
window.loadGuesser = async () => {
  const signal = AbortSignal.timeout(25_000);
  const late = new Promise((_, reject) => (signal.onabort = () => reject(signal.reason)));
  // A browser may remember that an import has failed, so the next one has another address.
  const program = import(guesserJs + (imports ? `?${imports}` : ''));
  let isImported = false;
  const load = async (address) => {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response;
  };
  try {
    const parts = Promise.all([program.then((module) => ((isImported = true), module)), load(guesserWasm), load(knowledge)]);
    const [module, wasm, known] = await Promise.race([parts, late]);
    await module.default({ module_or_path: wasm });
    const before = window.guesser;
    window.guesser = new module.PageGuesser(new Uint8Array(await known.arrayBuffer()));
    before?.free();
  } catch (error) {
    if (!isImported) imports += 1;
    throw error;
  }
};

// A phone that can answers a press with a tick. Before the page hears of the press and disables the button.
const tick = ({ target }) => {
  const isAnswer = target.closest('.answer:not([aria-disabled])');
  if (isAnswer && !matchMedia('(prefers-reduced-motion: reduce)').matches) navigator.vibrate?.(8);
};
addEventListener('click', tick, { capture: true });

try {
  // The page calls it.
  window.sky = sky;
  const [page, response] = await Promise.all([import(js), fetch(wasm)]);
  if (!response.ok) throw new Error(`${wasm}: ${response.status}`);
  let loaded = 0;
  const counted = response.body.pipeThrough(
    new TransformStream({
      transform(chunk, stream) {
        loaded += chunk.length;
        try {
          sky.load(Number(things), loaded / Number(size));
        } catch {
          // The game goes on without a sky.
        }
        stream.enqueue(chunk);
      },
    }),
  );
  await page.default({ module_or_path: new Response(counted, { headers: { 'content-type': 'application/wasm' } }) });
  // Each of the two takes a slow phone a while: between them it may paint and react.
  await new Promise((resolve) => setTimeout(resolve));
  page.start();
} catch (error) {
  const words =
    typeof WebAssembly === 'object'
      ? 'The game could not be loaded. Please check your connection and reload the page.'
      : 'The game needs WebAssembly, which this browser does not have or has switched off.';
  document.querySelector('main')?.classList.add('is-broken');
  // The page may have begun to replace what the server had rendered.
  const place = document.getElementById('trouble') ?? document.body.appendChild(document.createElement('p'));
  place.textContent = words;
  throw error;
}
