// Sends files to the server piece by piece. It goes on while other screens are shown, waits where
// there is no network, and takes up an upload that broke off where it was.

/** @typedef {{file: Blob, name: string}} Chosen */
/** @typedef {{name: string, size: number, received: number}} Known */
/** @typedef {{id: string, piece: number, files: Known[], whole: boolean}} Upload */
/** @typedef {{since: string | null, everything: boolean}} Wanted */

const AT_ONCE = 3;
const LONGEST_PAUSE_MS = 15_000;

/** What the server refused, in its own words. */
export class Refused extends Error {}

/** Ask the server for something; what it refuses becomes an error with its words.
 * @param {string} url
 * @param {RequestInit} [request]
 * @returns {Promise<Response>} */
export async function ask(url, request = {}) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  const headers = { ...request.headers, "x-csrf-token": token };
  const answer = await fetch(url, { ...request, headers });
  if (answer.ok || answer.status === 409) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Refused([said.problem, said.hint].filter(Boolean).join(" "));
}

/** Files on their way; tells by the event "change" that something about it did. */
export class Sending extends EventTarget {
  /** @param {Chosen[]} chosen @param {Wanted} wanted */
  constructor(chosen, wanted) {
    super();
    this.chosen = chosen;
    this.wanted = wanted;
    this.name = chosen[0]?.name.split("/")[0] ?? "";
    this.total = chosen.reduce((sum, one) => sum + one.file.size, 0);
    /** @type {number[]} */
    this.done = chosen.map(() => 0);
    this.isWaiting = false;
    this.problem = "";
    /** Where its account is shown, once everything is there. */
    this.address = "";
    this.hasEnded = false;
    this.id = "";
    this.stopper = new AbortController();
  }

  /** How many bytes are there. */
  get sent() {
    return this.done.reduce((sum, one) => sum + one, 0);
  }

  /** Send everything, then let the server look at it. */
  async run() {
    try {
      const upload = await this.keepTrying(() => this.begin());
      this.id = upload.id;
      const order = this.chosen.keys();
      const lines = Array.from({ length: AT_ONCE }, async () => {
        for (const number of order) await this.sendFile(upload, number);
      });
      await Promise.all(lines);
      const look = () => ask(`/import/uploads/${upload.id}/look`, { method: "POST" });
      this.address = new URL((await this.keepTrying(look)).url).pathname;
    } catch (error) {
      if (this.stopper.signal.aborted) await this.forget();
      else this.problem = error instanceof Refused ? error.message : String(error);
    }
    this.hasEnded = true;
    this.changed();
  }

  /** Stop, and remove what was sent. */
  stop() {
    this.stopper.abort();
  }

  /** Find what came of the same files before, or announce them. @returns {Promise<Upload>} */
  async begin() {
    const files = this.chosen.map((one) => ({ name: one.name, size: one.file.size }));
    const { uploads } = await (await ask("/api/uploads")).json();
    const same = uploads.find((/** @type {Upload} */ one) => !one.whole && alike(one.files, files));
    const known = same ? `/api/uploads/${same.id}` : "/api/uploads";
    const body = JSON.stringify({ files, ...this.wanted });
    const headers = { "content-type": "application/json" };
    const answer = await ask(known, same ? {} : { method: "POST", headers, body });
    const upload = await answer.json();
    this.done = upload.files.map((/** @type {Known} */ one) => one.received);
    return upload;
  }

  /** @param {Upload} upload @param {number} number */
  async sendFile(upload, number) {
    const { file } = this.chosen[number];
    while (this.done[number] < file.size) {
      const offset = this.done[number];
      const body = file.slice(offset, offset + upload.piece);
      const url = `/api/uploads/${upload.id}/${number}?offset=${offset}`;
      const signal = this.stopper.signal;
      const answer = await this.keepTrying(() => ask(url, { method: "PUT", body, signal }));
      this.done[number] = (await answer.json()).received;
      // Another page sends the same file: let it.
      if (answer.status === 409 && this.done[number] <= offset) await pause(1000);
      this.changed();
    }
  }

  /** Do something until the network lets it through. @template T
   * @param {() => Promise<T>} action @returns {Promise<T>} */
  async keepTrying(action) {
    for (let waitMs = 500; ; waitMs = Math.min(2 * waitMs, LONGEST_PAUSE_MS)) {
      try {
        this.stopper.signal.throwIfAborted();
        const result = await action();
        if (this.isWaiting) this.changed(false);
        return result;
      } catch (error) {
        if (error instanceof Refused || this.stopper.signal.aborted) throw error;
        if (error instanceof DOMException) throw error; // the file itself cannot be read any more
        this.changed(true);
        await pause(waitMs);
      }
    }
  }

  async forget() {
    if (this.id) await ask(`/api/uploads/${this.id}`, { method: "DELETE" }).catch(() => undefined);
  }

  changed(isWaiting = false) {
    this.isWaiting = isWaiting;
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {Known[]} known @param {{name: string, size: number}[]} files */
function alike(known, files) {
  const same = (/** @type {Known} */ one, /** @type {number} */ n) =>
    one.name === files[n].name && one.size === files[n].size;
  return known.length === files.length && known.every(same);
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resume) => setTimeout(resume, ms));
}
