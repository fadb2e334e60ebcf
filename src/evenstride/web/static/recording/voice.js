// Says a few words on the way: halfway, one minute left, done.

import { shown, walked_ms } from "./recorder.js";
import { silence, tone } from "./metronome.js";

/** @type {DOMStringMap | null} */
let words = null;
let walked_min = 0;
/** @type {number | undefined} */
let timer;

export const speaks = () => words !== null;

/**
 * Speak from now on, or no longer; only a tap may begin it.
 * @param {boolean} on
 * @param {DOMStringMap} said What is said.
 */
export function speak(on, said) {
  words = on ? { ...said } : null;
  if (on) say(said.begin);
  else globalThis.speechSynthesis?.cancel();
}

/** Look at the time now and then, whatever screen is shown. */
export function cues() {
  timer ??= setInterval(look, 1000);
}

function look() {
  const { walk } = shown();
  if (!walk) {
    silence();
    words = null;
    clearInterval(timer);
    timer = undefined;
    return;
  }
  const before = walked_min;
  walked_min = walked_ms() / 60_000;
  if (!walk.minutes) return;
  /** @param {number} minute */
  const passed = (minute) => before < minute && minute <= walked_min && minute - before < 1;
  if (passed(walk.minutes)) {
    tone(660, 0.6);
    say(words?.done);
  } else if (walk.minutes > 2 && passed(walk.minutes - 1)) say(words?.last);
  else if (walk.minutes > 4 && passed(walk.minutes / 2)) say(words?.half);
}

/** @param {string | undefined} text */
function say(text) {
  if (!text || !words || !globalThis.speechSynthesis) return;
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = document.documentElement.lang;
  speechSynthesis.speak(spoken);
}
