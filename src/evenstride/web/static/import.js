// The screen that takes files. What is being sent goes on while other screens are shown.

import { forgetShare, fromDrop, fromList, fromShare } from "./import-picking.js";
import { Sending } from "./import-sending.js";

/** @typedef {import("./import-sending.js").Chosen} Chosen */

/** @type {Sending | null} */
let current = null;
/** @type {Screen | null} */
let screen = null;

/** Show the screen, with what is being sent already. @param {HTMLElement} element */
export async function start(element) {
  screen = new Screen(element);
  screen.listen();
  if (current) screen.show(current);
  if (new URLSearchParams(location.search).has("shared")) {
    if (await send(await fromShare())) await forgetShare();
  }
}

/** Send files; tells whether all of them are on the server. @param {Chosen[]} chosen */
async function send(chosen) {
  if (current && !current.hasEnded) return false;
  if (!chosen.length) {
    screen?.fail(screen.words.empty_folder);
    return false;
  }
  const sending = new Sending(chosen, screen?.wanted ?? { since: null, everything: false });
  current = sending;
  window.addEventListener("beforeunload", hold);
  sending.addEventListener("change", () => screen?.show(sending));
  screen?.show(sending);
  await sending.run();
  window.removeEventListener("beforeunload", hold);
  return sending.address !== "";
}

/** @param {BeforeUnloadEvent} event */
function hold(event) {
  event.preventDefault();
}

/** What is seen of it. */
class Screen {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {Record<string, string>} */
    this.words = JSON.parse(this.part("script", HTMLScriptElement).text);
  }

  /** Take what is chosen and dropped. */
  listen() {
    const drop = this.part(".drop");
    for (const name of [".files", ".folder"]) {
      const input = this.part(name, HTMLInputElement);
      input.addEventListener("change", () => send(fromList(input.files)));
      // On a slow device a file may have been chosen before this script was there.
      if (input.files?.length) send(fromList(input.files));
    }
    drop.addEventListener("dragover", (event) => this.over(event, true));
    drop.addEventListener("dragleave", (event) => this.over(event, false));
    drop.addEventListener("drop", async (event) => {
      this.over(event, false);
      if (event.dataTransfer) await send(await fromDrop(event.dataTransfer));
    });
    this.part(".stop").addEventListener("click", () => current?.stop());
  }

  /** @template {HTMLElement} T @param {string} selector @param {new () => T} [kind] @returns {T} */
  part(selector, kind) {
    const found = this.element.querySelector(selector);
    if (found instanceof (kind ?? HTMLElement)) return /** @type {T} */ (found);
    throw new Error(`no ${selector}`);
  }

  /** What is asked of the import. */
  get wanted() {
    const since = this.part(".since", HTMLInputElement).value || null;
    return { since, everything: this.part(".everything", HTMLInputElement).checked };
  }

  /** @param {DragEvent} event @param {boolean} isOver */
  over(event, isOver) {
    event.preventDefault();
    this.part(".drop").classList.toggle("over", isOver);
  }

  /** @param {Sending} sending */
  show(sending) {
    if (!this.element.isConnected) return;
    const { words } = this;
    this.part(".drop").hidden = !sending.hasEnded;
    this.part(".sending").hidden = sending.hasEnded;
    this.part(".says").textContent = words.sending.replace("{name}", sending.name);
    this.part("progress", HTMLProgressElement).value = sending.sent / (sending.total || 1);
    const [done, total] = [sending.sent, sending.total].map((one) => (one / 1e6).toFixed(1));
    const progress = words.progress.replace("{done}", done).replace("{total}", total);
    this.part(".detail").textContent = sending.isWaiting ? words.waiting : progress;
    this.fail(sending.problem && `${words.failed} ${sending.problem}`);
    if (sending.address) {
      current = null;
      const next = this.part(".next", HTMLAnchorElement);
      next.href = sending.address;
      next.click();
    }
  }

  /** @param {string} problem */
  fail(problem) {
    const place = this.part(".failed");
    place.textContent = problem;
    place.hidden = !problem;
  }
}
