// Gathers what the sensors say into blocks of a few seconds, and keeps each before it counts.

import { send } from "./outbox.js";
import { keepBlock } from "./store.js";

/** @typedef {import("./store.js").Block} Block */
/** @typedef {Pick<Block, "motion" | "angles" | "places" | "marks">} Said */

const MOST_ROWS = 3000; // in a block: the computer takes no more at once
const LIFE = name(6);

/** @type {Said} */
let open = nothing();
/** Blocks are kept one after the other. */
let kept = Promise.resolve(true);

/** What is gathered until the block is closed. */
export const gathered = () => open;

/** @param {string} what Something that happened. */
export function mark(what) {
  open.marks.push([performance.now(), what]);
}

export function forgetOpen() {
  open = nothing();
}

/**
 * Close the open block and keep it; also a walk without sensors keeps what happened on it.
 * @param {string} id Of the walk.
 * @returns {Promise<boolean>} Whether the browser had room for it.
 */
export function cut(id) {
  const { motion, angles, places, marks } = open;
  if (!(motion.length || angles.length || places.length || marks.length)) return kept;
  const more = motion.splice(MOST_ROWS);
  const block = { life: LIFE, page_ms: performance.now(), wall_ms: Date.now(), ...open };
  open = { ...nothing(), motion: more };
  kept = kept.then(() => keep(id, block));
  return kept;
}

/**
 * @param {string} id
 * @param {Block} block
 */
async function keep(id, block) {
  try {
    await keepBlock(id, block);
  } catch {
    // The browser has no room: what was heard waits in the page and is kept with what comes next.
    open = {
      motion: [...block.motion, ...open.motion], angles: [...block.angles, ...open.angles],
      places: [...block.places, ...open.places], marks: [...block.marks, ...open.marks],
    };
    return false;
  }
  void send();
  return true;
}

/** @returns {Said} */
function nothing() {
  return { motion: [], angles: [], places: [], marks: [] };
}

/** @param {number} bytes */
export function name(bytes) {
  const found = crypto.getRandomValues(new Uint8Array(bytes));
  return [...found].map((one) => one.toString(16).padStart(2, "0")).join("");
}
