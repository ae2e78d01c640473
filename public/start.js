// Loads the game. The addresses are attributes of the script's own tag, so this file never changes.
import * as sky from './sky.js';

const { js, wasm, size, things, guesserJs, guesserWasm, knowledge } = document.getElementById('start').dataset;
const theme = (() => {
  try {
    return localStorage.getItem('twenty-questions-theme');
  } catch {
    return null; // no storage: as the system has it
  }
})();
if (theme) document.documentElement.dataset.theme = theme;

/** Loads the guesser and what it knows. The page calls it while the player reads, and plays without it until then. */
window.loadGuesser = async () => {
  const signal = AbortSignal.timeout(25_000);
  const load = async (address) => {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response;
  };
  const [module, program, known] = await Promise.all([import(guesserJs), load(guesserWasm), load(knowledge)]);
  await module.default({ module_or_path: program });
  const before = window.guesser;
  window.guesser = new module.PageGuesser(new Uint8Array(await known.arrayBuffer()));
  before?.free();
};

// A phone that can answers a press with a tick.
addEventListener('click', ({ target }) => {
  const isAnswer = target.closest('.answer:not([aria-disabled])');
  if (isAnswer && !matchMedia('(prefers-reduced-motion: reduce)').matches) navigator.vibrate?.(8);
});

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
