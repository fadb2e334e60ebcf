// The player of the exercises: it shows, says and counts the steps that came with the page, so it
// needs no network. What was done goes into the outbox.

import * as outbox from "./routine-outbox.js";
import * as clock from "./routine-clock.js";
import { keepAwake } from "./recording/wake.js";
import { Sound, Voice } from "./routine-senses.js";

/**
 * @typedef {{key: string, routine: string, steps: clock.Step[], names: Record<string, string>,
 *   words: Record<string, any>}} Data
 */

const TICK_MS = 200;
const KEPT = "evenstride-routine";
const CHOICES = "evenstride-routine-choices";

/** @param {HTMLElement} element */
export function start(element) {
  new Player(element).begin();
}

class Player {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {Data} */
    this.data = JSON.parse(element.querySelector("script")?.textContent ?? "");
    this.end = clock.total(this.data.steps);
    this.voice = new Voice();
    this.sound = new Sound();
    /** @type {clock.State} */
    this.state = { seconds: this.kept(), since: null };
    this.shown = -1; // the step that is on the page
    this.ended = false;
    this.listening = new AbortController();
  }

  begin() {
    this.element.hidden = false;
    this.choices();
    this.on("toggle", () => (this.state.since === null ? this.go() : this.pause()));
    this.on("back", () => this.to(clock.back(this.data.steps, this.seconds)));
    this.on("skip", () => this.to(clock.forward(this.data.steps, this.seconds)));
    this.on("hurts", () => this.hurts());
    this.on("leave", () => this.leaveOut());
    this.on("calm", () => this.closeHurts());
    this.on("stop", () => this.stop());
    this.form.addEventListener("submit", (event) => this.tell(event));
    const { signal } = this.listening;
    document.addEventListener("keydown", (event) => this.key(event), { signal });
    addEventListener("pagehide", () => this.keep(), { signal });
    this.timer = setInterval(() => this.tick(), TICK_MS);
    this.show();
  }

  /** @param {string} name @returns {HTMLElement} */
  part(name) {
    return /** @type {HTMLElement} */ (this.element.querySelector(`[data-part="${name}"]`));
  }

  get form() {
    return /** @type {HTMLFormElement} */ (document.querySelector("#done form"));
  }

  get seconds() {
    return clock.played(this.state, performance.now(), this.end);
  }

  /** @param {string} name @param {() => void} does */
  on(name, does) {
    this.part(name).addEventListener("click", does);
  }

  go() {
    if (clock.look(this.data.steps, this.seconds).over) this.state = { seconds: 0, since: null };
    this.ended = false;
    this.closeHurts();
    this.state = clock.go(this.state, performance.now());
    keepAwake(true);
    this.cue();
    this.show();
  }

  pause() {
    this.state = clock.pause(this.state, performance.now(), this.end);
    this.voice.hush();
    keepAwake(false);
    this.keep();
    this.show();
  }

  /** @param {number} seconds */
  to(seconds) {
    this.state = clock.move(this.state, seconds, performance.now());
    this.keep();
    this.tick();
  }

  tick() {
    if (!this.element.isConnected) return this.leave();
    const view = clock.look(this.data.steps, this.seconds);
    if (view.over && !this.ended) return this.over(this.data.words.over);
    if (view.index !== this.shown) {
      this.shown = view.index;
      if (this.state.since !== null) this.cue();
      this.keep();
    }
    this.show();
  }

  /** The page was changed for another one. */
  leave() {
    this.pause();
    clearInterval(this.timer);
    this.listening.abort();
  }

  cue() {
    const step = this.data.steps[clock.look(this.data.steps, this.seconds).index];
    if (!step) return;
    this.sound.beep(step.kind);
    this.voice.say(step.cue);
    // A screen reader hears what changes the exercise, not each repetition, and no second voice.
    if (!this.voice.on && step.kind !== "work") this.announce(step.cue);
  }

  /** @param {string} text */
  announce(text) {
    this.part("announce").textContent = text;
  }

  show() {
    const { words, steps, names } = this.data;
    const view = clock.look(steps, this.seconds);
    const step = steps[view.index];
    if (!step) return;
    const runs = this.state.since !== null;
    const rest = Math.ceil(this.end - this.seconds);
    this.element.dataset.state = runs ? "runs" : this.seconds > 0 ? "paused" : "ready";
    const begun = this.seconds > 0 ? words.go_on : words.start;
    this.text("toggle", runs ? words.pause : view.over ? words.once_more : begun);
    this.text("place", fill(words.place, { place: view.place, of: view.of }));
    this.text("name", names[step.exercise] ?? "");
    this.text("kind", [words.kinds[step.kind], step.side && words.sides[step.side]].filter(Boolean).join(", "));
    this.text("cue", step.kind === "work" ? step.cue : "");
    this.text("left", String(view.left));
    this.text("next", view.next ? fill(words.next, { name: names[view.next] ?? "" }) : words.last);
    this.text("rest", fill(words.rest, { time: `${Math.floor(rest / 60)}:${String(rest % 60).padStart(2, "0")}` }));
    this.element.querySelector("progress")?.setAttribute("value", String(this.seconds));
    this.draw(step.exercise);
  }

  /** @param {string} name @param {string} text */
  text(name, text) {
    const part = this.part(name);
    if (part.textContent !== text) part.textContent = text;
  }

  /** @param {string} exercise */
  draw(exercise) {
    const stage = this.part("drawing");
    if (stage.dataset.exercise === exercise) return;
    stage.dataset.exercise = exercise;
    const drawn = document.querySelector(`#exercise-${CSS.escape(exercise)} svg`);
    stage.replaceChildren(...(drawn ? [drawn.cloneNode(true)] : []));
  }

  hurts() {
    this.pause();
    this.part("hurting").hidden = false;
    this.part("hurting").focus();
  }

  closeHurts() {
    this.part("hurting").hidden = true;
  }

  leaveOut() {
    this.closeHurts();
    this.to(clock.forward(this.data.steps, this.seconds));
    if (!this.ended) this.go();
  }

  stop() {
    this.closeHurts();
    this.pause();
    this.over(fill(this.data.words.stopped, { minutes: Math.round(this.seconds / 60) }));
  }

  /** @param {string} says */
  over(says) {
    this.ended = true;
    this.state = { seconds: this.seconds, since: null };
    keepAwake(false);
    this.voice.say(says);
    this.announce(says);
    this.show();
    this.part("over").textContent = says;
    const done = /** @type {HTMLDetailsElement} */ (document.querySelector("#done"));
    done.open = true;
    done.querySelector("summary")?.focus();
    done.scrollIntoView({ block: "start" });
    forget(KEPT);
  }

  /** @param {SubmitEvent} event */
  async tell(event) {
    event.preventDefault();
    const told = new FormData(this.form);
    const pain = told.get("pain_before");
    const leg = told.get("leg_further");
    const id = outbox.newName();
    outbox.put("/api/routine/done", {
      id,
      routine: this.data.routine,
      at_ms: Date.now(),
      felt: told.get("felt") || null,
      pain_before: pain ? Number(pain) : null,
      leg_further: leg ? leg === "yes" : null,
    });
    forget(KEPT);
    this.form.hidden = true;
    const answer = () => this.answer(id, leg === "yes");
    outbox.box.addEventListener("sent", answer, { signal: this.listening.signal });
    await outbox.send();
    answer();
    document.querySelector("#told")?.scrollIntoView({ block: "nearest" });
  }

  /**
   * Say whether it is noted, or waits on this device.
   * @param {string} id
   * @param {boolean} leg
   */
  answer(id, leg) {
    const place = /** @type {HTMLElement} */ (document.querySelector("#told"));
    const kept = outbox.waiting().find((one) => one.body.id === id);
    const holds = { kept: !!kept && !kept.problem, noted: !kept, refused: !!kept?.problem, leg };
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-if]"))) {
      part.hidden = !holds[/** @type {keyof typeof holds} */ (part.dataset.if)];
    }
    const why = place.querySelector('[data-if="refused"] [data-part="why"]');
    if (why) why.textContent = kept?.problem ?? "";
    place.hidden = false;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = event.target;
    if (!this.element.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    if (at instanceof Element && at.closest("button, a, input, select, textarea, summary")) return;
    const does = { " ": "toggle", ArrowLeft: "back", ArrowRight: "skip" }[event.key];
    if (!does) return;
    event.preventDefault();
    this.part(does).click();
  }

  choices() {
    const kept = recall(CHOICES) ?? {};
    for (const [name, sense, there] of /** @type {const} */ ([
      ["voice", this.voice, Voice.there],
      ["sound", this.sound, Sound.there],
    ])) {
      const button = this.part(name);
      button.hidden = !there;
      sense.on = kept[name] ?? true;
      button.setAttribute("aria-pressed", String(sense.on));
      this.on(name, () => {
        sense.on = !sense.on;
        if (!sense.on) this.voice.hush();
        button.setAttribute("aria-pressed", String(sense.on));
        remember(CHOICES, { voice: this.voice.on, sound: this.sound.on });
      });
    }
  }

  keep() {
    if (this.ended || this.seconds === 0) return;
    remember(KEPT, { key: this.data.key, seconds: this.seconds });
  }

  /** Where these exercises were left, also if the page was closed; it waits there for a tap. */
  kept() {
    const found = recall(KEPT);
    const seconds = found?.key === this.data.key ? Number(found.seconds) : 0;
    return seconds > 0 && seconds < this.end ? seconds : 0;
  }
}

/** @param {string} text @param {Record<string, string | number>} values */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** @param {string} key @returns {any} */
function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {unknown} value */
function remember(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // No room on this device: the player goes on, it only forgets where it was.
  }
}

/** @param {string} key */
function forget(key) {
  localStorage.removeItem(key);
}
