// Waits until the phone is carried still for three seconds: then it is known which way is up.

import { watch } from "./recorder.js";

const STILL_MS = 3000;
const ALLOWED_M_S2 = 1; // between most and least; standing sways less, a hand moves it more
const PATIENT_MS = 15_000;
const EVERY_MS = 200;

/** @typedef {{at: number, size: number}} Sample */

/**
 * Say what is waited for, and what to do if it does not come.
 * @param {HTMLElement} screen
 * @param {() => void} then
 * @returns {() => void} Waits no longer.
 */
export function whenStill(screen, then) {
  const began_ms = performance.now();
  /** @type {Sample[]} */
  let last = [];

  watch(([at, x, y, z]) => {
    if (at == null || x == null || y == null || z == null) return;
    last.push({ at, size: Math.hypot(x, y, z) });
    if (last.length % 50 === 0) last = last.filter((one) => one.at > at - 2 * STILL_MS);
  });

  const beat = setInterval(() => {
    const waited_ms = performance.now() - began_ms;
    const done = Math.min(stillFor(last) / STILL_MS, 1);
    const bar = screen.querySelector("[data-still]");
    if (bar instanceof HTMLProgressElement) bar.value = done;
    say(screen, "[data-restless]", waited_ms > PATIENT_MS && last.length > 0);
    say(screen, "[data-silent]", waited_ms > STILL_MS && last.length === 0);
    if (done === 1) {
      stop();
      then();
    }
  }, EVERY_MS);

  function stop() {
    clearInterval(beat);
    watch(() => undefined);
  }
  return stop;
}

/**
 * For how long the newest samples have hardly changed, in milliseconds.
 * @param {Sample[]} samples In the order of time.
 */
export function stillFor(samples) {
  const newest = samples.at(-1);
  if (!newest) return 0;
  let [most, least, since] = [newest.size, newest.size, newest.at];
  for (const { at, size } of samples.toReversed()) {
    most = Math.max(most, size);
    least = Math.min(least, size);
    if (most - least > ALLOWED_M_S2) break;
    since = at;
  }
  return newest.at - since;
}

/**
 * @param {HTMLElement} screen
 * @param {string} selector
 * @param {boolean} now
 */
function say(screen, selector, now) {
  const place = screen.querySelector(selector);
  if (place instanceof HTMLElement) place.hidden = !now;
}
