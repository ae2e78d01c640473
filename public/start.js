// Loads the game. The addresses are attributes of the script's own tag; `fail` and `early` are in app/src/inline.js.
import init, { start } from './pkg/twenty.js';
import * as sky from './sky.js';

const { wasm, size, things, guesserJs, guesserWasm, knowledge, extras } = document.getElementById('start').dataset;
// fetch() starts from the document, but import() from this file. A browser may remember that an import has failed, so after
// each failure the address is another one.
const load = (script, failures) => import(new URL(failures ? `${script}?${failures}` : script, document.baseURI));

// The document itself has asked for the settings and, if a new game may follow, for its first move; see inline.js. For a
// moment after an update, the policy of another build may forbid its script.
window.early ??= { ask: async (path, cache) => (await fetch(`api/${path}`, { cache })).text() };
let isAsked = false;
window.loadSettings = async () => {
  const isFirst = !isAsked;
  isAsked = true;
  // Later ones mustn't come from a cache.
  const asked = isFirst && early.begun ? early.begun.then(() => early.settings) : early.ask('settings', 'reload');
  // Who knows the server from before needn't wait for one that is gone.
  if (isFirst && !localStorage.getItem('twenty-questions-server')) return asked;
  return Promise.race([asked, new Promise((_, reject) => setTimeout(reject, 3_000))]);
};
early.opening = () => early.first?.[0];
early.move = () => {
  const [, move] = early.first;
  early.first = undefined;
  return move;
};

// The rest of the styles. The first screen has its own, in the document.
const styles = document.getElementById('styles');
const isStyled = new Promise((resolve) => (styles.onload = styles.onerror = resolve));
styles.rel = 'stylesheet';
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
  const program = load(guesserJs, imports);
  let isImported = false;
  const get = async (address) => {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response;
  };
  try {
    const parts = Promise.all([program.then((module) => ((isImported = true), module)), get(guesserWasm), get(knowledge)]);
    const [module, wasm, known] = await Promise.race([parts, late]);
    await module.default({ module_or_path: wasm });
    const before = window.guesser;
    window.guesser = new module.PageGuesser(new Uint8Array(await known.arrayBuffer()));
    before?.free();
    dispatchEvent(new Event('guesser'));
  } catch (error) {
    if (!isImported) imports += 1;
    throw error;
  }
};

let attempts = 0;
const filled = new WeakSet();

/** Fills the sheet that is open with something that few players open; see extras.js. The page calls it at every change. */
window.showExtra = async (kind, game, thing, past) => {
  const place = document.getElementById('extra');
  if (!place || filled.has(place)) return;
  filled.add(place);
  place.textContent = 'One moment …';
  place.ariaBusy = 'true';
  if (kind === 'shared') {
    // Once the player has seen it, a reload shows the page as usual.
    const forget = () => history.replaceState(null, '', location.href.split('#')[0]);
    document.getElementById('sheet').addEventListener('close', forget, { once: true });
  }
  try {
    const { show } = await load(extras, attempts);
    await show(place, kind, { game, thing, past });
  } catch {
    attempts += 1;
    place.textContent = 'This could not be loaded. Please check your connection, close this sheet and try again.';
  }
  place.ariaBusy = 'false';
};

// A thing gets the name by which the guesser knows it, "a piano" for "piano", before the page hears of the form.
const rename = ({ target: { thing } }) => {
  const known = thing && window.guesser?.find(thing.value);
  if (known !== undefined) thing.value = guesser.names([known]);
};
addEventListener('submit', rename, { capture: true });

// Escape closes the panel that changes an answer, and gives the focus back to the answer. In a sheet, it closes the sheet.
// Until a key is pressed, browsers would show a focus that the page has set; see move.css.
addEventListener('keydown', ({ key }) => {
  document.documentElement.dataset.keys = '';
  const line = key === 'Escape' && document.querySelector('main [aria-expanded=true]');
  if (line) line.focus(), line.click();
});

// A phone that can answers a press with a tick. Before the page hears of the press and disables the button.
const tick = ({ target }) => {
  const isAnswer = target.closest('.answer:not([aria-disabled])');
  if (isAnswer && !matchMedia('(prefers-reduced-motion: reduce)').matches) navigator.vibrate?.(8);
};
addEventListener('click', tick, { capture: true });

try {
  // The page calls it.
  window.sky = sky;
  const response = await fetch(wasm);
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
  await init({ module_or_path: new Response(counted, { headers: { 'content-type': 'application/wasm' } }) });
  await isStyled;
  // Each of the two takes a slow phone a while: between them it may paint and react.
  await new Promise((resolve) => setTimeout(resolve));
  start();
  // It keeps the game for visits without a network; see worker.js. Everything works without it too.
  addEventListener('guesser', () => navigator.serviceWorker?.register('worker.js', { updateViaCache: 'none' }).catch(() => {}), { once: true });
} catch (error) {
  const hasNone = typeof WebAssembly !== 'object';
  window.fail?.(hasNone ? 'The game needs WebAssembly, which this browser does not have or has switched off.' : undefined);
  throw error;
}
