// Keeps the screen on: sensors are silent in a page that sleeps.

/** @type {WakeLockSentinel | null} */
let held = null;
let wanted = false;

document.addEventListener("visibilitychange", () => void take());

/** @param {boolean} on */
export function keepAwake(on) {
  wanted = on;
  if (on) void take();
  else {
    void held?.release();
    held = null;
  }
}

/** The browser takes the lock away whenever the page is hidden. */
async function take() {
  if (!wanted || document.hidden || !navigator.wakeLock || (held && !held.released)) return;
  try {
    held = await navigator.wakeLock.request("screen");
    if (!wanted) keepAwake(false);
  } catch {
    held = null; // a phone with little power left may refuse; the walk goes on without
  }
}
