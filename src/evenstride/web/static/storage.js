// What this device keeps for the time without a network: shown, sent, and cleared.

import * as outbox from "./routine-outbox.js";
import { walks } from "./recording/store.js";

const OURS = "evenstride";

/** @param {HTMLElement} element */
export function start(element) {
  /** @type {Record<string, string>} */
  const words = JSON.parse(element.querySelector("script")?.textContent ?? "");
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));

  const show = async () => {
    const { all, lines } = await facts(words);
    part("facts").replaceChildren(...lines.map(item));
    part("send").hidden = all === 0;
  };
  part("send").addEventListener("click", async () => {
    await outbox.send();
    await show();
  });
  part("clear").addEventListener("click", () => {
    part("sure").hidden = false;
    part("sure").focus();
  });
  part("sure").addEventListener("click", async () => {
    await clear();
    part("sure").hidden = true;
    part("send").hidden = true;
    part("facts").replaceChildren(item(words.cleared ?? ""));
  });
  show();
}

/** @param {Record<string, string>} words */
async function facts(words) {
  const exercises = outbox.waiting();
  const refused = exercises.filter((one) => one.problem);
  const going = exercises.length - refused.length;
  const walked = await walks().then((all) => all.length, () => 0);
  const room = await navigator.storage?.estimate?.().then((told) => told.usage, () => undefined);
  const lines = [room === undefined ? words.unknown : fill(words.used, { size: sizeOf(room) })];
  if (walked) lines.push(fill(words.walks, { count: walked }));
  if (going) lines.push(fill(words.waiting, { count: going }));
  if (refused.length) {
    const why = refused.map((one) => one.problem).join(" ");
    lines.push(fill(words.refused, { count: refused.length, why }));
  }
  if (!walked && !exercises.length) lines.push(words.none);
  return { all: going, lines: lines.filter((line) => line !== undefined) };
}

/** Forget everything of ours: pages, files, what waits, and where exercises were left. */
async function clear() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(OURS)) localStorage.removeItem(key);
  }
  if ("caches" in globalThis) {
    const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
    await Promise.all(names.map((name) => caches.delete(name)));
  }
  const kept = (await indexedDB.databases?.()) ?? [];
  for (const { name } of kept) {
    if (name?.startsWith(OURS)) indexedDB.deleteDatabase(name);
  }
}

/** @param {string} text */
function item(text) {
  const line = document.createElement("li");
  line.textContent = text;
  return line;
}

/** @param {string | undefined} text @param {Record<string, string | number>} values */
function fill(text, values) {
  return text?.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {number} bytes */
function sizeOf(bytes) {
  const unit = bytes >= 1e6 ? { name: "megabyte", per: 1e6 } : { name: "kilobyte", per: 1e3 };
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: unit.name,
    maximumFractionDigits: 1,
  }).format(bytes / unit.per);
}
