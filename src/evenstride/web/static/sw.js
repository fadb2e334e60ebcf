// Keeps what every page needs on the device, so that a walk and the exercises work without network.
// Of pages it keeps those two alone; nothing below /api/ and nothing that is sent is ever kept.

/** @typedef {{version: string, assets: string[], shells: string[], slow: string[]}} Told */
/** @typedef {{waitUntil(work: Promise<unknown>): void}} Lasting */
/** @typedef {Lasting & {request: Request, respondWith(answer: Promise<Response>): void}} Asked */

const worker = /** @type {any} */ (self);
/** @type {Told} What the server told when it made this script. */
const { version, assets, shells, slow } = worker.told;

const STATIC = `evenstride-static-${version}`;
const PAGES = "evenstride-pages";
const SHARED = "evenstride-shared";
const OFFLINE = "/offline";
const SHELL_PATIENCE_MS = 3000; // a phone that left home waits for the network in vain
const PATIENCE_MS = 10_000;
const REFRESH_EVERY_MS = 600_000;

let isOld = false; // the server has newer files than those that are kept
let refreshedAt = 0;

worker.addEventListener("install", (/** @type {Lasting} */ event) => {
  event.waitUntil(keepAssets().then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {Lasting} */ event) => {
  event.waitUntil(forgetOld().then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (/** @type {Asked} */ event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname === "/import/share") {
    event.respondWith(takeShared(request));
  }
  if (request.method !== "GET" || url.pathname.startsWith("/api/")) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (isPage(request)) event.respondWith(visit(event, url.pathname));
});

/** A page, whether the browser loads it or htmx swaps it in. @param {Request} request */
function isPage(request) {
  return request.mode === "navigate" || request.headers.has("hx-request");
}

async function keepAssets() {
  const cache = await caches.open(STATIC);
  await cache.addAll([...assets, OFFLINE].map((url) => new Request(url, { cache: "reload" })));
}

async function forgetOld() {
  const old = (await caches.keys()).filter((name) => name.startsWith("evenstride-static-"));
  await Promise.all(old.filter((name) => name !== STATIC).map((name) => caches.delete(name)));
}

/** A file that is kept, or from the server if the page was made for newer ones.
 * @param {Request} request */
async function asset(request) {
  const kept = await (await caches.open(STATIC)).match(request, { ignoreSearch: true });
  if (!kept) return fetch(request);
  return isOld ? fetch(request).catch(() => kept) : kept;
}

/** A page from the server; without network the kept one, or what can be done without.
 * @param {Asked} event @param {string} path */
async function visit(event, path) {
  const isShell = shells.includes(path);
  const patienceMs = isShell ? SHELL_PATIENCE_MS : PATIENCE_MS;
  try {
    const answer = await (isSlow(path) ? fetch(event.request) : within(event.request, patienceMs));
    const made = answer.headers.get("x-evenstride-assets");
    if (made && made !== version) {
      isOld = true;
      event.waitUntil(worker.registration.update().catch(() => undefined));
    }
    // Nobody who is not let in any more finds here what was shown before.
    if (answer.status === 401) event.waitUntil(caches.delete(PAGES));
    else if (isShell) event.waitUntil(keepPage(path, answer.clone()));
    else if (answer.ok) event.waitUntil(refreshPages());
    return answer;
  } catch {
    const page = await (await caches.open(PAGES)).match(path);
    return page ?? (await caches.match(OFFLINE)) ?? Response.error();
  }
}

/** Files to download take as long as they take. @param {string} path */
function isSlow(path) {
  return slow.some((/** @type {string} */ start) => path.startsWith(start));
}

/** Ask the server, and give up if nothing comes at all. @param {Request} request
 * @param {number} ms */
async function within(request, ms) {
  const stopper = new AbortController();
  const timer = setTimeout(() => stopper.abort(), ms);
  // Once an answer has begun, all of it may come, however slowly.
  return fetch(request, { signal: stopper.signal }).finally(() => clearTimeout(timer));
}

/** @param {string} path @param {Response} answer */
async function keepPage(path, answer) {
  if (answer.ok && !answer.redirected) await (await caches.open(PAGES)).put(path, answer);
}

/** Bring the kept pages up to date now and then, so that they fit today. */
async function refreshPages() {
  if (Date.now() - refreshedAt < REFRESH_EVERY_MS) return;
  refreshedAt = Date.now();
  for (const path of shells) {
    await fetch(path).then((answer) => keepPage(path, answer)).catch(() => undefined);
  }
}

/** Lay down what another app shares; the import screen sends it. @param {Request} request */
async function takeShared(request) {
  const files = (await request.formData()).getAll("files");
  await caches.delete(SHARED);
  const store = await caches.open(SHARED);
  for (const [n, file] of files.entries()) {
    if (!(file instanceof File)) continue;
    const headers = { "x-name": encodeURIComponent(file.name) };
    await store.put(`/import/shared/${n}`, new Response(file, { headers }));
  }
  return Response.redirect("/import?shared=1", 303);
}
