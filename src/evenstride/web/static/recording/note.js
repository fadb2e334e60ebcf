// On every page: what is still to be done about a walk, and the way back to one that is going on.

import { outbox, send } from "./outbox.js";
import { recorder, recover, shown } from "./recorder.js";
import { walks } from "./store.js";

/** @typedef {import("./outbox.js").Outcome} Outcome */

/** @type {HTMLElement | undefined} */
let note;
/** @type {Outcome | null} */
let arrived = null;
let begun = false;

/** @param {HTMLElement} element */
export async function start(element) {
  note = element;
  if (!begun) {
    begun = true;
    recorder.addEventListener("changed", () => void show());
    for (const what of ["sent", "waiting", "refused"]) {
      outbox.addEventListener(what, () => void show());
    }
    outbox.addEventListener("finished", (event) => {
      arrived = /** @type {CustomEvent<Outcome>} */ (event).detail;
      void show();
    });
    await recover();
    void send();
  }
  await show();
}

async function show() {
  if (!note) return;
  const what = document.querySelector("[data-module=walk]") ? "" : await said();
  for (const one of note.querySelectorAll("[data-says]")) {
    if (one instanceof HTMLElement) one.hidden = one.dataset.says !== what;
  }
  if (what === "arrived" && arrived) {
    note.querySelector("[data-says=arrived] a")?.setAttribute("href", arrived.address);
  }
  note.hidden = !what;
}

/** @returns {Promise<string>} */
async function said() {
  const { walk, recording } = shown();
  if (walk && recording) return "going";
  if (walk && (walk.state === "walking" || walk.state === "paused")) return "interrupted";
  if (walk?.state === "asking") return "asking";
  if (arrived) return "arrived";
  return (await walks()).some((one) => one.state === "done") ? "waiting" : "";
}
