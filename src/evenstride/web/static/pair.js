// Whoever is not let in finds nothing here that was shown before: also not without a network, and
// not where the pairing page came as an answer to a form, which the service worker does not see.

export function start() {
  // Where the page is not secure, there is no such store.
  globalThis.caches?.delete("evenstride-pages").catch(() => undefined);
}
