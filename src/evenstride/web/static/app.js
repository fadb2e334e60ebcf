// Starts on every page: the modules that a page asks for, where the reader is after a change, and
// what still waits on this device to be told.

import { send } from "./routine-outbox.js";

/** @type {WeakSet<Element>} */
const started = new WeakSet();

/** Start the module of every element that names one, such as data-module="walk". */
async function startModules() {
  for (const element of document.querySelectorAll("[data-module]")) {
    if (!(element instanceof HTMLElement) || started.has(element)) continue;
    started.add(element);
    const { start } = await import(`/static/${element.dataset.module}.js`);
    start(element);
  }
}

/** A page that came without loading begins at its top, for eyes and for screen readers. */
function arrive() {
  const problem = document.querySelector("#problem:not(:empty)");
  const place = problem ?? document.querySelector("main");
  if (place instanceof HTMLElement) {
    place.setAttribute("tabindex", "-1");
    place.focus({ preventScroll: !problem });
  }
  startModules();
}

document.addEventListener("htmx:after:swap", arrive);
startModules();
send();
addEventListener("online", send);

// Only a paired device keeps the app, and only over a connection that is safe.
const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content");
if (token && window.isSecureContext && "serviceWorker" in navigator) {
  // A page that is left meanwhile registers nothing; the next one does.
  navigator.serviceWorker.register("/sw.js").catch(() => undefined);
}
