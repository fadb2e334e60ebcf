// What a player does beyond the page: it speaks, beeps, and keeps the screen lit. Each of these may
// be missing in a browser; the player goes on without it.

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
const LOUDNESS = 0.2;

/** A short tone for each kind of step. */
export class Sound {
  on = true;
  /** @type {AudioContext | null} */
  #audio = null;

  static get there() {
    return "AudioContext" in globalThis;
  }

  /** Browsers let a page sound only after a tap: call this in one. */
  wake() {
    if (!Sound.there) return;
    this.#audio ??= new AudioContext();
    this.#audio.resume();
  }

  /** @param {string} kind */
  beep(kind) {
    if (!this.on || !this.#audio) return;
    const audio = this.#audio;
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = TONES_HZ[/** @type {keyof typeof TONES_HZ} */ (kind)] ?? TONES_HZ.ready;
    loud.gain.setValueAtTime(LOUDNESS, audio.currentTime);
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + TONE_S);
    tone.connect(loud).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + TONE_S);
  }
}

/** Keeps the screen lit while it is wanted, also after the page was hidden for a while. */
export class Lamp {
  #wanted = false;
  /** @type {WakeLockSentinel | null} */
  #lock = null;

  /** @param {boolean} wanted */
  async want(wanted) {
    this.#wanted = wanted;
    try {
      if (wanted && document.visibilityState === "visible") {
        if (!this.#lock || this.#lock.released) this.#lock = await navigator.wakeLock.request("screen");
      }
      if (!this.#wanted) await this.#lock?.release();
    } catch {
      // Not there, or the battery is low: the screen then goes dark as it always does.
    }
  }

  again() {
    if (this.#wanted) this.want(true);
  }
}
