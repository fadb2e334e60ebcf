// One click for each step, at an even pace, by the clock of the sound card.

const AHEAD_S = 0.3;
const EVERY_MS = 100;

/** @type {AudioContext | undefined} */
let sound;
/** @type {number | undefined} */
let timer;
let next_s = 0;
let every_s = 0.5;

export const isOn = () => timer !== undefined;

/**
 * Begin to click; only a tap may do so.
 * @param {number} spm Steps a minute.
 */
export function click(spm) {
  unlock();
  every_s = 60 / spm;
  if (isOn() || !sound) return;
  next_s = sound.currentTime + 0.1;
  timer = setInterval(ahead, EVERY_MS);
}

export function silence() {
  clearInterval(timer);
  timer = undefined;
}

/** Ask for the sound card; browsers allow it only in a tap. */
export function unlock() {
  sound ??= new AudioContext();
  void sound.resume();
}

/** Short tones tell that something is done, with the phone in the pocket. */
export function tone(hz = 880, long_s = 0.25) {
  unlock();
  if (sound) blip(sound, sound.currentTime, hz, long_s);
}

function ahead() {
  if (!sound) return;
  if (next_s < sound.currentTime) next_s = sound.currentTime; // it had slept
  for (; next_s < sound.currentTime + AHEAD_S; next_s += every_s) blip(sound, next_s, 1320, 0.03);
}

/**
 * @param {AudioContext} on
 * @param {number} at_s
 * @param {number} hz
 * @param {number} long_s
 */
function blip(on, at_s, hz, long_s) {
  const pitch = on.createOscillator();
  const loud = on.createGain();
  pitch.frequency.value = hz;
  loud.gain.setValueAtTime(0.4, at_s);
  loud.gain.exponentialRampToValueAtTime(0.001, at_s + long_s);
  pitch.connect(loud).connect(on.destination);
  pitch.start(at_s);
  pitch.stop(at_s + long_s);
}
