// The screen that records a walk: one step after the other, each on its own.

import { part, parts, problem, stepOf, values } from "./recording/dom.js";
import { tone, unlock } from "./recording/metronome.js";
import { drop, outbox } from "./recording/outbox.js";
import {
  finish, forget, goOn, make, recover, shown, stop, stopThen, walkOn,
} from "./recording/recorder.js";
import { askMotion, needsTap } from "./recording/sensors.js";
import { whenStill } from "./recording/still.js";
import { walkOf } from "./recording/store.js";
import { start as startWalking } from "./recording/walking.js";

/** @typedef {import("./recording/outbox.js").Outcome & {id: string}} Outcome */

const BEFORE = '[data-step="before"] form';
const AFTER = '[data-step="after"] form';

/** @param {HTMLElement} screen */
export async function start(screen) {
  await recover();
  const steps = new Steps(screen);
  steps.listenToTaps();
  steps.listenToOutbox();
  startWalking(screen, steps.here);
  steps.arrive();
  for (const one of parts(screen, "button[data-tap=start]")) one.removeAttribute("disabled");
}

/** The steps of one screen, as long as it is shown. */
class Steps {
  /** The walk that was handed in here and is on its way. */
  handed = "";
  /** @type {() => void} Waits no longer for the phone to be still. */
  freed = () => undefined;

  /** @param {HTMLElement} screen */
  constructor(screen) {
    this.screen = screen;
    const life = new AbortController();
    this.here = { signal: life.signal };
    document.addEventListener("htmx:after:swap", () => {
      if (screen.isConnected) return;
      this.freed();
      life.abort();
    }, this.here);
  }

  /** @param {string} step */
  show(step) {
    for (const one of parts(this.screen, "[data-step]")) one.hidden = one.dataset.step !== step;
    const heading = this.screen.querySelector(`[data-step="${step}"] h1`);
    if (heading instanceof HTMLElement) {
      heading.tabIndex = -1;
      heading.focus();
    }
    scrollTo(0, 0);
  }

  /** Show the step that the walk is at, as after coming back to this screen. */
  arrive() {
    const { walk, recording } = shown();
    if (!walk) return this.show("ready");
    if (walk.state === "ready") return this.awaitStill();
    if (walk.state !== "asking") return this.show(recording ? "walking" : "interrupted");
    problem(this.screen, walk.problem);
    this.show("after");
  }

  awaitStill() {
    this.show("still");
    this.freed = whenStill(this.screen, () => {
      tone();
      navigator.vibrate?.(200);
      void this.walk();
    });
  }

  async walk() {
    await walkOn();
    this.show("walking");
  }

  listenToTaps() {
    this.tap("start", () => this.show("before"));
    this.tap("before", () => this.show("where"));
    this.tap("skip-before", () => {
      part(this.screen, BEFORE, HTMLFormElement).reset();
      this.show("where");
    });
    this.tap("where", (one) => this.begin(one.dataset.placement || null));
    this.tap("begin-now", () => {
      this.freed();
      return this.walk();
    });
    this.tap("stop", () => stop().then(() => this.show("after")));
    this.tap("sign", () => this.show("sign"));
    this.tap("no-sign", () => this.show("walking"));
    this.tap("felt", (one) => this.felt(one.dataset.felt ?? ""));
    this.tap("go-on", async () => {
      if (needsTap()) await askMotion();
      goOn();
      this.show("walking");
    });
    this.tap("finish-then", () => stopThen().then(() => this.show("after")));
    this.tap("drop", () => this.drop());
    this.submit(BEFORE, () => this.show("where"));
    this.submit(AFTER, () => {
      problem(this.screen, "");
      return this.handIn(values(this.screen, AFTER), "sending");
    });
  }

  /**
   * @param {string} name
   * @param {(target: HTMLElement) => unknown} work
   */
  tap(name, work) {
    for (const one of parts(this.screen, `[data-tap="${name}"]`)) {
      one.addEventListener("click", () => void work(one), this.here);
    }
  }

  /**
   * @param {string} form
   * @param {() => unknown} work
   */
  submit(form, work) {
    part(this.screen, form, HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      void work();
    }, this.here);
  }

  /** @param {string | null} placement Where the phone is carried; null: nowhere. */
  async begin(placement) {
    unlock();
    const sensors = placement !== null && (await askMotion());
    const minutes = Number(this.screen.dataset.minutes) || null;
    const told = values(this.screen, BEFORE);
    if (!(await make({ placement, told, minutes }, sensors))) return this.show("elsewhere");
    if (sensors) this.awaitStill();
    else await this.walk();
  }

  /** @param {string} what Something new, which ends the walk. */
  async felt(what) {
    await stop();
    await this.handIn(what === "numbness" ? { new_numbness: "yes" } : {}, "help");
  }

  async drop() {
    const { walk } = shown();
    forget();
    if (walk) await drop(walk.id);
    this.show("ready");
  }

  /**
   * @param {Record<string, string>} told
   * @param {string} step What is shown then.
   */
  async handIn(told, step) {
    this.handed = shown().walk?.id ?? "";
    await finish(told);
    this.show(step);
  }

  listenToOutbox() {
    const { screen, here } = this;
    outbox.addEventListener("finished", (event) => {
      const outcome = /** @type {CustomEvent<Outcome>} */ (event).detail;
      if (outcome.id === this.handed) this.arrived(outcome);
    }, here);
    outbox.addEventListener("waiting", () => {
      if (this.handed && stepOf(screen) === "sending") this.show("waiting");
    }, here);
    outbox.addEventListener("sent", async () => {
      // Another tab may have handed it in.
      const gone = this.handed !== "" && !(await walkOf(this.handed));
      if (gone && stepOf(screen) !== "help") location.assign("/walks/last");
    }, here);
    outbox.addEventListener("refused", async () => {
      if (await recover()) this.arrive();
    }, here);
  }

  /** @param {Outcome} outcome */
  arrived({ measured, address, why }) {
    this.handed = "";
    if (stepOf(this.screen) === "help") return; // the way to the check-up stays on the screen
    if (measured) return location.assign(address);
    part(this.screen, "[data-why]").textContent = why;
    part(this.screen, '[data-step="kept"] a', HTMLAnchorElement).href = address;
    this.show("kept");
  }
}
