// What was told where there was no network: kept on this device until the server has it.
//
// Each message carries a name that was made here, so the server can be told the same twice.

/** Tells of "sent" each time that something got through, or was refused. */
export const box = new EventTarget();

const KEY = "evenstride-routine-outbox";

/** @typedef {{path: string, body: Record<string, unknown>, problem?: string}} Message */

/** @returns {Message[]} */
export function waiting() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** @param {Message[]} messages */
function keep(messages) {
  if (messages.length) localStorage.setItem(KEY, JSON.stringify(messages));
  else localStorage.removeItem(KEY);
}

/** A name that nothing else has; also where the page is not secure and randomUUID is missing. */
export function newName() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/**
 * Keep a message, before anything is sent.
 * @param {string} path
 * @param {Record<string, unknown> & {id: string}} body
 */
export function put(path, body) {
  keep([...waiting(), { path, body }]);
}

/** @type {Promise<void> | null} */
let sending = null;

/** Send all that waits, one after the other; what does not get through stays. */
export async function send() {
  sending ??= sendAll().finally(() => (sending = null));
  await sending;
}

async function sendAll() {
  for (const message of waiting()) {
    if (message.problem) continue; // asked again, the server would say the same
    const answer = await post(message);
    if (!answer || answer.status >= 500 || [401, 403, 429].includes(answer.status)) return;
    const rest = waiting().filter((one) => one.body.id !== message.body.id);
    if (answer.ok) keep(rest);
    else keep([...rest, { ...message, problem: await problemOf(answer) }]);
    box.dispatchEvent(new Event("sent"));
  }
}

/** @param {Message} message */
async function post({ path, body }) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": token },
      body: JSON.stringify(body),
    });
  } catch {
    return null; // no network
  }
}

/** @param {Response} answer */
async function problemOf(answer) {
  try {
    return String((await answer.json()).problem);
  } catch {
    return String(answer.status);
  }
}
