// The walk that is recorded just now. It lives as long as the page, whatever screen is shown on it,
// and everything is kept in the browser's database before it counts, so that a reload loses nothing.

import { send } from "./outbox.js";
import { cut, forgetOpen, gathered, mark, name } from "./pieces.js";
import { follow, listen, needsTap } from "./sensors.js";
import { changed, keepWalk, removeWalk, walks } from "./store.js";
import { keepAwake } from "./wake.js";

/** @typedef {import("./store.js").Walk} Walk */

const BLOCK_MS = 2000;
const SILENT_MS = 2500;
const GOES_ON_MS = 15 * 60_000; // longer ago, the person is asked whether the walk still goes on

/** Tells "changed" whenever something that a screen shows is another. */
export const recorder = new EventTarget();

/** @type {Walk | null} */
let walk = null;
let recording = false; // in this page
let samples = 0;
let heard_ms = 0; // on the page's own clock
let gaps = 0;
let silent = false;
let full = false;
let holds = false; // the lock that lets one tab record
/** @type {boolean | null} */
let places = null;
/** @type {(() => void)[]} */
let stops = [];
/** @type {(row: (number | null)[]) => void} */
let watcher = () => undefined;

/** What a screen shows of the walk. */
export function shown() {
  return { walk, recording, samples, gaps, silent, full, places };
}

/** How long was walked, in milliseconds. */
export function walked_ms() {
  if (!walk) return 0;
  return walk.walked_ms + (walk.since_ms ? Math.max(Date.now() - walk.since_ms, 0) : 0);
}

/**
 * Hand every sample of motion to somebody else as well, such as the check that the phone is still.
 * @param {(row: (number | null)[]) => void} look
 */
export function watch(look) {
  watcher = look;
}

/**
 * Make a new walk and begin to listen; walking begins with ``walkOn``.
 * @param {{placement: string | null, told: Record<string, string>, minutes: number | null}} begun
 * @param {boolean} sensors Whether the sensors may be read.
 * @returns {Promise<boolean>} False if another tab records a walk already.
 */
export async function make({ placement, told, minutes }, sensors) {
  if (!(await onlyHere())) return false;
  void navigator.storage?.persist?.();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  walk = {
    id: name(16), state: "ready", known: false, blocks: 0, without: [], made_ms: Date.now(),
    begun: { placement, zone, browser: navigator.userAgent.slice(0, 300), told },
    walked_ms: 0, since_ms: 0, heard_ms: Date.now(), minutes, told: {}, problem: "",
    sensors, follows: false,
  };
  await keepWalk(walk);
  start();
  return true;
}

/** Begin to walk, or go on after a pause. */
export async function walkOn() {
  if (!walk || walk.state === "walking") return;
  mark(walk.state === "ready" ? "walk" : "resume");
  if (!recording) start();
  await become({ state: "walking", since_ms: Date.now() });
}

export async function pause() {
  if (walk?.state !== "walking") return;
  mark("pause");
  await become({ state: "paused", walked_ms: walked_ms(), since_ms: 0 });
}

/** Stop walking; what is left to do is to tell how it was. */
export async function stop() {
  if (!walk || !["walking", "paused", "ready"].includes(walk.state)) return;
  mark("stop");
  const last = { state: /** @type {const} */ ("asking"), walked_ms: walked_ms(), since_ms: 0 };
  end();
  await keepOn();
  await become(last);
}

/**
 * Hand the walk in, with what was told of it.
 * @param {Record<string, string>} told
 */
export async function finish(told) {
  if (!walk) return;
  await become({ state: "done", told, problem: "" });
  walk = null;
  recorder.dispatchEvent(new Event("changed"));
  void send();
}

/** Forget the walk in this page, after it was dropped. */
export function forget() {
  end();
  walk = null;
  forgetOpen();
  recorder.dispatchEvent(new Event("changed"));
}

/**
 * Look for a walk that was not finished, after the page was loaded anew.
 *
 * A walk whose last sign of life is recent goes on by itself, if the sensors need no tap for that.
 * One that never got as far as walking is forgotten.
 * @returns {Promise<boolean>} Whether there is one that this page may go on with.
 */
export async function recover() {
  if (walk) return true;
  const open = (await walks()).filter((one) => one.state !== "done");
  if (!open.length || !(await onlyHere())) return false;
  for (const one of open) if (one.state === "ready") await removeWalk(one.id);
  walk ??= open.find((one) => one.state !== "ready") ?? null;
  const lately = walk !== null && Date.now() - walk.heard_ms < GOES_ON_MS;
  if (lately && walk?.state === "walking" && !recording && !needsTap()) start();
  recorder.dispatchEvent(new Event("changed"));
  return walk !== null;
}

/** Go on with a walk that was interrupted. */
export function goOn() {
  if (walk && !recording) start();
}

/** Stop a walk that was interrupted, as of when something was last heard of it. */
export async function stopThen() {
  if (!walk || recording) return;
  const late_ms = walk.since_ms ? Math.max(Date.now() - walk.heard_ms, 0) : 0;
  await become({ state: "asking", walked_ms: Math.max(walked_ms() - late_ms, 0), since_ms: 0 });
}

/** Ask the browser where the phone is, from now on. */
export async function followPlaces() {
  if (!walk) return;
  stops.push(follow(sink, (allowed) => {
    if (allowed === places) return;
    places = allowed;
    recorder.dispatchEvent(new Event("changed"));
  }));
  await become({ follows: true });
}

const sink = {
  /** @param {(number | null)[]} row */
  motion(row) {
    watcher(row);
    samples += 1;
    const now = performance.now();
    if (silent) {
      silent = false;
      recorder.dispatchEvent(new Event("changed"));
    }
    heard_ms = now;
    if (isOpen()) gathered().motion.push(row);
  },
  /** @param {(number | null)[]} row */
  angles(row) {
    if (isOpen()) gathered().angles.push(row);
  },
  /** @param {(number | null)[]} row */
  places(row) {
    if (isOpen()) gathered().places.push(row);
  },
};

const isOpen = () => walk !== null && walk.state !== "paused" && walk.state !== "asking";

function start() {
  recording = true;
  heard_ms = performance.now();
  samples = gaps = 0;
  silent = false;
  if (walk?.sensors) stops.push(listen(sink));
  if (walk?.follows) void followPlaces();
  const beat = setInterval(() => void keepOn().then(look), BLOCK_MS);
  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", leave);
  stops.push(
    () => clearInterval(beat),
    () => document.removeEventListener("visibilitychange", seen),
    () => removeEventListener("pagehide", leave),
  );
  keepAwake(true);
  recorder.dispatchEvent(new Event("changed"));
}

function end() {
  recording = false;
  for (const one of stops) one();
  stops = [];
  keepAwake(false);
}

/** A page that is hidden hears nothing: what was heard before is kept at once. */
function seen() {
  if (document.hidden) {
    mark("hidden");
    void keepOn();
  } else {
    mark("shown");
  }
}

function leave() {
  void keepOn();
}

/** Notice when the sensors fall silent. */
function look() {
  const now = walk?.sensors === true && performance.now() - heard_ms > SILENT_MS && walk.state === "walking";
  if (now && !silent) gaps += 1;
  if (now !== silent) {
    silent = now;
    recorder.dispatchEvent(new Event("changed"));
  }
}

/** Keep what was heard so far. */
async function keepOn() {
  if (!walk) return;
  const had = await cut(walk.id);
  if (had && walk) walk.heard_ms = Date.now();
  if (full === !had) return;
  full = !had;
  recorder.dispatchEvent(new Event("changed"));
}

/** @param {Partial<Walk>} now */
async function become(now) {
  if (!walk) return;
  Object.assign(walk, now);
  await changed(walk.id, (one) => Object.assign(one, now));
  await keepOn();
  recorder.dispatchEvent(new Event("changed"));
}

/** @returns {Promise<boolean>} Whether no other tab records. */
async function onlyHere() {
  if (!navigator.locks || holds) return true;
  return new Promise((answer) => {
    void navigator.locks.request("evenstride-recording", { ifAvailable: true }, (lock) => {
      holds = lock !== null;
      answer(holds);
      return holds ? new Promise(() => undefined) : undefined; // held as long as the page lives
    });
  });
}
