// The step of the screen that is shown while walking: time, pace, voice, and what went silent.

import { click, isOn, silence } from "./metronome.js";
import { followPlaces, pause, recorder, shown, walkOn, walked_ms } from "./recorder.js";
import { cues, speak, speaks } from "./voice.js";

/**
 * @param {HTMLElement} screen
 * @param {{signal: AbortSignal}} here Until when the screen is there.
 */
export function start(screen, here) {
  /** @param {string} name */
  const find = (name) => /** @type {HTMLElement} */ (screen.querySelector(`[data-${name}]`));
  const clock = find("clock");
  const bar = /** @type {HTMLProgressElement | null} */ (screen.querySelector("[data-progress]"));
  const pace = /** @type {HTMLInputElement | null} */ (screen.querySelector("[name=pace]"));
  const buttons = {
    pause: find("pause"), resume: find("resume"), click: find("click"), voice: find("voice"),
    places: find("follow"),
  };

  const tick = () => {
    const { walk } = shown();
    const seconds = Math.floor(walked_ms() / 1000);
    clock.textContent = said(seconds);
    if (bar && walk?.minutes) bar.value = seconds / 60 / walk.minutes;
  };

  const show = () => {
    const { walk, silent, samples, full, places } = shown();
    const paused = walk?.state === "paused";
    buttons.pause.hidden = paused;
    buttons.resume.hidden = !paused;
    press(buttons.click, isOn());
    press(buttons.voice, speaks());
    press(buttons.places, places === true);
    const none = walk?.sensors === false || (silent && samples === 0);
    find("timer-only").hidden = !none;
    find("quiet").hidden = !(silent && samples > 0);
    find("full").hidden = !full;
    find("no-places").hidden = places !== false;
    tick();
  };

  buttons.pause.addEventListener("click", () => void pause(), here);
  buttons.resume.addEventListener("click", () => void walkOn(), here);
  buttons.places.addEventListener("click", () => void followPlaces(), here);
  buttons.voice.addEventListener("click", () => {
    speak(!speaks(), buttons.voice.dataset);
    show();
  }, here);
  const clicks = () => click(Number(pace?.value) || 110);
  buttons.click.addEventListener("click", () => {
    if (isOn()) silence();
    else clicks();
    show();
  }, here);
  pace?.addEventListener("change", () => { if (isOn()) clicks(); }, here);
  recorder.addEventListener("changed", show, here);

  const beat = setInterval(() => {
    if (!screen.isConnected) return clearInterval(beat);
    tick();
  }, 500);
  cues();
  show();
}

/**
 * @param {HTMLElement} button
 * @param {boolean} on
 */
function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

/** @param {number} seconds */
function said(seconds) {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}
