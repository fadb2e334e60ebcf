// The screen that records a walk: one step after the other, each on its own.

import { start as startWalking } from "./recording/walking.js";
import { outbox, send, drop } from "./recording/outbox.js";
import { forget, finish, goOn, make, recorder, recover, shown, stop, stopThen, walkOn } from "./recording/recorder.js";
import { askMotion, needsTap } from "./recording/sensors.js";
import { whenStill } from "./recording/still.js";
import { tone, unlock } from "./recording/metronome.js";
import { walkOf } from "./recording/store.js";

/** @typedef {import("./recording/outbox.js").Outcome & {id: string}} Outcome */

/** @param {HTMLElement} screen */
export async function start(screen) {
  await recover();
  const life = new AbortController();
  const here = { signal: life.signal };
  /** Handed in and on its way. */
  let handed = "";
  /** @type {() => void} */
  let freed = () => undefined;

  /** @param {string} step */
  const show = (step) => {
    for (const one of parts(screen, "[data-step]")) one.hidden = one.dataset.step !== step;
    const heading = screen.querySelector(`[data-step="${step}"] h1, [data-step="${step}"] h2`);
    if (heading instanceof HTMLElement) {
      heading.tabIndex = -1;
      heading.focus();
    }
    scrollTo(0, 0);
  };

  /** Show the step that the walk is at, as after coming back to this screen. */
  const arrive = () => {
    const { walk, recording } = shown();
    if (!walk) return show("ready");
    if (walk.state === "asking") {
      problem(screen, walk.problem);
      return show("after");
    }
    if (walk.state === "ready") return awaitStill();
    show(recording ? "walking" : "interrupted");
  };

  const awaitStill = () => {
    show("still");
    freed = whenStill(screen, async () => {
      tone();
      navigator.vibrate?.(200);
      await walkOn();
      show("walking");
    });
  };

  /** @param {string} name @param {(target: HTMLElement) => unknown} work */
  const tap = (name, work) => {
    for (const one of parts(screen, `[data-tap="${name}"]`)) {
      one.addEventListener("click", () => void work(one), here);
    }
  };

  const answers = () => values(screen, '[data-step="before"] form');

  tap("start", () => show("before"));
  tap("before", () => show("where"));
  tap("skip-before", () => {
    part(screen, '[data-step="before"] form', HTMLFormElement).reset();
    show("where");
  });
  tap("where", async (one) => {
    unlock();
    const placement = one.dataset.placement || null;
    const sensors = placement !== null && (await askMotion());
    const minutes = Number(screen.dataset.minutes) || null;
    if (!(await make({ placement, told: answers(), minutes }, sensors))) return show("elsewhere");
    if (!sensors) {
      await walkOn();
      return show("walking");
    }
    awaitStill();
  });
  tap("begin-now", async () => {
    freed();
    await walkOn();
    show("walking");
  });
  tap("stop", async () => {
    await stop();
    show("after");
  });
  tap("sign", () => show("sign"));
  tap("no-sign", () => show("walking"));
  tap("felt", async (one) => {
    await stop();
    await handIn(one.dataset.felt === "numbness" ? { new_numbness: "yes" } : {}, "help");
  });
  tap("go-on", async () => {
    if (needsTap()) await askMotion();
    goOn();
    show("walking");
  });
  tap("finish-then", async () => {
    await stopThen();
    show("after");
  });
  tap("drop", async () => {
    const { walk } = shown();
    forget();
    if (walk) await drop(walk.id);
    show("ready");
  });

  /** @param {Record<string, string>} told @param {string} step */
  const handIn = async (told, step) => {
    handed = shown().walk?.id ?? "";
    await finish(told);
    show(step);
  };

  part(screen, '[data-step="before"] form', HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    show("where");
  }, here);
  part(screen, '[data-step="after"] form', HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    problem(screen, "");
    void handIn(values(screen, '[data-step="after"] form'), "sending");
  }, here);

  outbox.addEventListener("finished", (event) => {
    const told = /** @type {CustomEvent<Outcome>} */ (event).detail;
    if (told.id !== handed) return;
    handed = "";
    if (stepOf(screen) === "help") return; // the way to the check-up stays on the screen
    if (told.measured) return location.assign(told.address);
    part(screen, "[data-why]").textContent = told.why;
    part(screen, '[data-step="kept"] a', HTMLAnchorElement).href = told.address;
    show("kept");
  }, here);
  outbox.addEventListener("waiting", () => {
    if (handed && stepOf(screen) === "sending") show("waiting");
  }, here);
  outbox.addEventListener("sent", async () => {
    // Another tab may have handed it in.
    const gone = handed !== "" && !(await walkOf(handed));
    if (gone && stepOf(screen) !== "help") location.assign("/walks/last");
  }, here);
  outbox.addEventListener("refused", async () => {
    if (await recover()) arrive();
  }, here);
  addEventListener("online", () => void send(), here);
  document.addEventListener("htmx:after:swap", () => {
    if (screen.isConnected) return;
    freed();
    life.abort();
  }, here);

  startWalking(screen, here);
  arrive();
  for (const one of parts(screen, "button[data-tap=start]")) one.removeAttribute("disabled");
}

/** @param {HTMLElement} screen */
const stepOf = (screen) =>
  parts(screen, "[data-step]").find((one) => !one.hidden)?.dataset.step ?? "";

/**
 * @param {HTMLElement} screen
 * @param {string} text
 */
function problem(screen, text) {
  const place = part(screen, "[data-problem]");
  place.textContent = text;
  place.hidden = !text;
}

/**
 * @param {HTMLElement} screen
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function parts(screen, selector) {
  return /** @type {HTMLElement[]} */ ([...screen.querySelectorAll(selector)]);
}

/**
 * @template {HTMLElement} T
 * @param {HTMLElement} screen
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T}
 */
function part(screen, selector, kind) {
  const found = screen.querySelector(selector);
  if (!(found instanceof (kind ?? HTMLElement))) throw new Error(`no ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * What is filled in in a form, by name.
 * @param {HTMLElement} screen
 * @param {string} selector
 * @returns {Record<string, string>}
 */
function values(screen, selector) {
  const filled = new FormData(part(screen, selector, HTMLFormElement));
  /** @type {Record<string, string>} */
  const found = {};
  for (const [name, value] of filled) if (typeof value === "string" && value) found[name] = value;
  return found;
}
