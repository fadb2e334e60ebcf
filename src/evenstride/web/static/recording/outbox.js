// Brings what is kept in the browser to the computer: in order, each thing until it is acknowledged.

import { blockOf, changed, places, removeBlock, removeWalk, walks } from "./store.js";

/** @typedef {import("./store.js").Walk} Walk */
/** @typedef {{walk: string, address: string, measured: boolean, why: string, numbness: boolean}} Outcome */

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
const GIVEN_MS = 20_000; // to answer a block
const MEASURING_MS = 180_000;

/** Tells of "sent", "waiting" and "finished" (with the outcome as ``detail``). */
export const outbox = new EventTarget();

/** What the computer, or the network, does not do now but may do later. */
class NotNow extends Error {}

let running = false;
let again = false;
let pause_ms = FIRST_MS;
/** @type {number | undefined} */
let timer;

addEventListener("online", () => send());

/** Send what waits; what cannot be sent now is tried again, more and more seldom. */
export async function send() {
  again = true;
  if (running) return;
  running = true;
  clearTimeout(timer);
  try {
    while (again) {
      again = false;
      await alone(sendAll);
    }
    pause_ms = FIRST_MS;
  } catch (error) {
    if (!(error instanceof NotNow)) throw error;
    outbox.dispatchEvent(new Event("waiting"));
    timer = setTimeout(send, pause_ms);
    pause_ms = Math.min(2 * pause_ms, LONGEST_MS);
  } finally {
    running = false;
  }
}

/**
 * Of several tabs one sends at a time.
 * @param {() => Promise<void>} work
 */
async function alone(work) {
  await (navigator.locks ? navigator.locks.request("evenstride-outbox", work) : work());
}

async function sendAll() {
  for (const walk of await walks()) {
    if (walk.state === "ready") continue;
    await sendBegin(walk);
    for (const place of await places(walk.id)) await sendBlock(walk.id, place);
    if (walk.state === "done") await sendFinish(walk);
  }
  outbox.dispatchEvent(new Event("sent"));
}

/** @param {Walk} walk */
async function sendBegin(walk) {
  if (walk.known) return;
  await asked("PUT", walk.id, { ...walk.begun, wall_ms: Date.now() }, GIVEN_MS);
  await changed(walk.id, (now) => { now.known = true; });
}

/**
 * @param {string} id
 * @param {number} place
 */
async function sendBlock(id, place) {
  const block = await blockOf(id, place);
  if (!block) return;
  const answer = await asked("PUT", `${id}/blocks/${place}`, block, GIVEN_MS);
  if (answer.status === 404) {
    await changed(id, (now) => { now.known = false; });
    throw new NotNow("begin again");
  }
  if (!answer.ok) await changed(id, (now) => { now.without.push(place); });
  await removeBlock(id, place);
}

/** @param {Walk} walk */
async function sendFinish(walk) {
  const { blocks, without, told } = walk;
  const answer = await asked("POST", `${walk.id}/finish`, { blocks, without, told }, MEASURING_MS);
  const said = await answer.json();
  if (answer.status === 409) {
    const here = new Set(await places(walk.id));
    const lost = said.missing.filter((/** @type {number} */ place) => !here.has(place));
    await changed(walk.id, (now) => { now.without.push(...lost); });
    again = true;
  } else if (!answer.ok) {
    const problem = [said.problem, said.hint].filter(Boolean).join(" ");
    await changed(walk.id, (now) => Object.assign(now, { state: "asking", problem }));
    outbox.dispatchEvent(new Event("refused"));
  } else {
    await removeWalk(walk.id);
    outbox.dispatchEvent(new CustomEvent("finished", { detail: { id: walk.id, ...said } }));
  }
}

/**
 * Throw a walk away, here and on the computer.
 * @param {string} id
 */
export async function drop(id) {
  await removeWalk(id);
  await asked("DELETE", id, null, GIVEN_MS).catch(() => undefined);
}

/**
 * Ask the computer something.
 * @param {string} method
 * @param {string} path
 * @param {object | null} body
 * @param {number} most_ms
 * @returns {Promise<Response>} Its answer, if it is one that asking again would not change.
 */
async function asked(method, path, body, most_ms) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(`/api/recordings/${path}`, {
      method,
      headers: { "content-type": "application/json", "x-csrf-token": token },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(most_ms),
    });
  } catch {
    throw new NotNow("no network");
  }
  if (answer.status >= 500 || [401, 403, 408, 421, 429].includes(answer.status)) {
    throw new NotNow(`${answer.status}`);
  }
  return answer;
}
