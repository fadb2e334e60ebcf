// What a player does beyond the page: it speaks and beeps. Each may be missing in a browser; the
// player goes on without it.

import { tone } from "./recording/metronome.js";

/** A voice that says one cue at a time. */
export class Voice {
  on = true;

  static get there() {
    return "speechSynthesis" in globalThis;
  }

  /** @param {string} text */
  say(text) {
    if (!this.on || !Voice.there || !text) return;
    speechSynthesis.cancel();
    const said = new SpeechSynthesisUtterance(text);
    said.lang = document.documentElement.lang;
    speechSynthesis.speak(said);
  }

  hush() {
    if (Voice.there) speechSynthesis.cancel();
  }
}

const TONES_HZ = { ready: 440, work: 880, rest: 523, change_side: 660 };
const TONE_S = 0.18;

/** A short tone for each kind of step. */
export class Sound {
  on = true;

  static get there() {
    return "AudioContext" in globalThis;
  }

  /** @param {string} kind */
  beep(kind) {
    if (!this.on || !Sound.there) return;
    tone(TONES_HZ[/** @type {keyof typeof TONES_HZ} */ (kind)] ?? TONES_HZ.ready, TONE_S);
  }
}
