// Where a routine is at a moment. Nothing here knows of a page or reads a clock: moments come in as
// milliseconds of a clock that never jumps, so a page that slept is where the time is when it wakes.

/** @typedef {{seconds: number, kind: string, exercise: string, side: string | null, cue: string}} Step */

/**
 * How far it was played, and since when it runs from there; null: it stands still.
 * @typedef {{seconds: number, since: number | null}} State
 */

/**
 * What there is to see: `index` of the step, whole seconds left in it, the place of its exercise
 * among all, the next exercise, and whether all of it is over.
 * @typedef {{index: number, left: number, place: number, of: number, next: string | null, over: boolean}} View
 */

const AGAIN_S = 3; // so soon after its begin, "back" means the exercise before

/** @param {readonly Step[]} steps */
export function total(steps) {
  return steps.reduce((sum, step) => sum + step.seconds, 0);
}

/**
 * Seconds into the routine at a moment, never beyond its end.
 * @param {State} state
 * @param {number} now
 * @param {number} end
 */
export function played(state, now, end) {
  const gone = state.since === null ? 0 : Math.max(0, now - state.since) / 1000;
  return Math.min(end, state.seconds + gone);
}

/**
 * @param {State} state
 * @param {number} now
 * @returns {State}
 */
export function go(state, now) {
  return state.since === null ? { seconds: state.seconds, since: now } : state;
}

/**
 * @param {State} state
 * @param {number} now
 * @param {number} end
 * @returns {State}
 */
export function pause(state, now, end) {
  return { seconds: played(state, now, end), since: null };
}

/**
 * Another place in the routine; it runs on if it ran.
 * @param {State} state
 * @param {number} seconds
 * @param {number} now
 * @returns {State}
 */
export function move(state, seconds, now) {
  return { seconds, since: state.since === null ? null : now };
}

/**
 * When each exercise begins: with the step that lets one get ready for it.
 * @param {readonly Step[]} steps
 */
export function begins(steps) {
  const found = [];
  let at = 0;
  for (const step of steps) {
    if (step.kind === "ready") found.push({ at, exercise: step.exercise });
    at += step.seconds;
  }
  return found;
}

/**
 * The begin of the next exercise; after the last one, the end.
 * @param {readonly Step[]} steps
 * @param {number} seconds
 */
export function forward(steps, seconds) {
  return begins(steps).find(({ at }) => at > seconds)?.at ?? total(steps);
}

/**
 * The begin of this exercise; soon after it, that of the one before.
 * @param {readonly Step[]} steps
 * @param {number} seconds
 */
export function back(steps, seconds) {
  return begins(steps).findLast(({ at }) => at + AGAIN_S < seconds)?.at ?? 0;
}

/**
 * @param {readonly Step[]} steps
 * @param {number} seconds
 * @returns {View}
 */
export function look(steps, seconds) {
  const all = begins(steps);
  const place = all.filter(({ at }) => at <= seconds).length;
  const next = all[place]?.exercise ?? null;
  let end = 0;
  for (const [index, step] of steps.entries()) {
    end += step.seconds;
    if (seconds < end) {
      return { index, left: Math.ceil(end - seconds), place, of: all.length, next, over: false };
    }
  }
  return { index: steps.length - 1, left: 0, place, of: all.length, next, over: true };
}
