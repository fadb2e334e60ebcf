// What the sensors of the phone say, as rows of numbers; signs and axes are made sense of later.

/** @typedef {(number | null)[]} Row */
/**
 * @typedef {object} Sink
 * @property {(row: Row) => void} motion
 * @property {(row: Row) => void} angles
 * @property {(row: Row) => void} places
 */

const ANGLES_EVERY_MS = 200;
const OLDEST_PLACE_MS = 10_000;
const ANOTHER_CLOCK_MS = 3_600_000;

/** Whether this browser may hand out its sensors at all. */
export const hasMotion = () => "DeviceMotionEvent" in window && isSecureContext;

/** Whether the person has to tap before the sensors say anything (Safari). */
export const needsTap = () =>
  hasMotion() && "requestPermission" in /** @type {any} */ (DeviceMotionEvent);

/**
 * Ask for the sensors; only a tap may do so.
 * @returns {Promise<boolean>} Whether they may be read.
 */
export async function askMotion() {
  if (!hasMotion()) return false;
  if (!needsTap()) return true;
  const events = /** @type {any[]} */ ([DeviceMotionEvent, window.DeviceOrientationEvent]);
  try {
    const said = await Promise.all(events.map((one) => one?.requestPermission?.()));
    return said[0] === "granted";
  } catch {
    return false;
  }
}

/**
 * Listen to motion and angles.
 * @param {Sink} sink
 * @returns {() => void} Stops it.
 */
export function listen(sink) {
  let angles_ms = -Infinity;

  /** @param {DeviceMotionEvent} event */
  const moved = (event) => {
    const { accelerationIncludingGravity: whole, acceleration: own, rotationRate: turn } = event;
    if (whole?.x == null && own?.x == null) return; // a desk has no sensor, and says so once
    sink.motion([
      at(event.timeStamp),
      ...[whole?.x, whole?.y, whole?.z, own?.x, own?.y, own?.z].map(number),
      ...[turn?.alpha, turn?.beta, turn?.gamma].map(number),
    ]);
  };

  /** @param {DeviceOrientationEvent} event */
  const turned = (event) => {
    const now = at(event.timeStamp);
    if (event.beta == null || event.gamma == null || now - angles_ms < ANGLES_EVERY_MS) return;
    angles_ms = now;
    sink.angles([now, number(event.beta), number(event.gamma)]);
  };

  addEventListener("devicemotion", moved);
  addEventListener("deviceorientation", turned);
  return () => {
    removeEventListener("devicemotion", moved);
    removeEventListener("deviceorientation", turned);
  };
}

/**
 * Follow where the phone is; the browser asks the person first.
 * @param {Sink} sink
 * @param {(allowed: boolean) => void} answered
 * @returns {() => void} Stops it.
 */
export function follow(sink, answered) {
  if (!("geolocation" in navigator)) return () => undefined;
  const watch = navigator.geolocation.watchPosition(
    ({ coords, timestamp }) => {
      answered(true);
      const old_ms = Math.min(Math.max(Date.now() - timestamp, 0), OLDEST_PLACE_MS);
      sink.places([
        performance.now() - old_ms,
        ...[coords.latitude, coords.longitude, coords.accuracy].map(number),
        ...[coords.altitude, coords.altitudeAccuracy, coords.speed].map(number),
      ]);
    },
    (error) => {
      if (error.code === error.PERMISSION_DENIED) answered(false);
    },
    { enableHighAccuracy: true, maximumAge: 0 },
  );
  return () => navigator.geolocation.clearWatch(watch);
}

/**
 * The time of an event on the page's own clock; a few old browsers stamp with another one.
 * @param {number} stamp
 */
function at(stamp) {
  const now = performance.now();
  return Math.abs(now - stamp) < ANOTHER_CLOCK_MS ? stamp : now;
}

/** @param {number | null | undefined} value */
function number(value) {
  return value != null && Number.isFinite(value) ? Math.round(value * 1e7) / 1e7 : null;
}
