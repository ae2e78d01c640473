// Keeps the game on the device: after the first visit it needs no network.
//
// A build is a list of files with hashes of their contents, which `server site` writes into this file. So a new build has
// a new worker, which stores its files beside those of the old one and takes over once no page of the old one is open: a
// page and its files always belong to the same build.
const BUILD = 'development';
/** The hashes (SHA-256, in base64) by path; "." is the page. In development there are none: the worker removes itself. */
const FILES = {};

const scope = new URL('.', location.href).href;
const prefix = `twenty-questions ${scope} `;

addEventListener('install', (event) => {
  if (BUILD === 'development') skipWaiting();
  event.waitUntil(store());
});

addEventListener('activate', (event) => event.waitUntil(BUILD === 'development' ? leave() : clean(prefix + BUILD)));

addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  if (method !== 'GET' || !url.startsWith(scope)) return;
  const [path] = url.slice(scope.length).split(/[?#]/);
  const file = mode === 'navigate' && ['', 'index.html'].includes(path) ? '.' : path;
  // Moves and settings come from the server only.
  if (Object.hasOwn(FILES, file)) event.respondWith(find(file, event.request));
});

/** Stores all files, or fails if one of them isn't that of this build: the browser tries again at the next visit. */
async function store() {
  const cache = await caches.open(prefix + BUILD);
  const files = Object.entries(FILES).map(async ([path, hash]) => {
    const isHashed = path.startsWith('pkg/');
    // Most files of a new build are those of the old one.
    const known = isHashed ? await caches.match(path) : undefined;
    const response = known ?? (await fetch(path, { integrity: `sha256-${hash}`, cache: isHashed ? 'default' : 'no-cache' }));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    // A browser refuses a page that was redirected, such as from the folder to its index.html.
    await cache.put(path, response.redirected ? new Response(response.body, response) : response);
  });
  await Promise.all(files);
}

async function find(file, request) {
  const cache = await caches.open(prefix + BUILD);
  // The browser may have thrown it away.
  return (await cache.match(file, { ignoreVary: true })) ?? fetch(request);
}

/** Removes the files of all builds but this one. */
async function clean(kept) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== kept).map((name) => caches.delete(name)));
}

async function leave() {
  await clean();
  await registration.unregister();
  for (const client of await clients.matchAll({ type: 'window' })) client.navigate(client.url);
}
