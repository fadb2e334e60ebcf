// What is recorded, in the browser's own database until the computer has it on its disk.

/**
 * What a page's sensors said in a few seconds; times are those of the page, in milliseconds.
 * @typedef {{life: string, page_ms: number, wall_ms: number, motion: (number | null)[][],
 *   angles: (number | null)[][], places: (number | null)[][], marks: [number, string][]}} Block
 */

/**
 * A walk as this browser knows it.
 * @typedef {object} Walk
 * @property {string} id
 * @property {"ready" | "walking" | "paused" | "asking" | "done"} state
 * @property {{placement: string | null, zone: string, browser: string, told: Record<string, string>}} begun
 * @property {boolean} known Whether the computer knows of it.
 * @property {number} blocks How many blocks there are, sent or not.
 * @property {number[]} without Blocks that cannot come any more.
 * @property {number} made_ms When it was made, on the clock of the wall.
 * @property {number} walked_ms Walked before the last pause.
 * @property {number} since_ms When walking began or went on; 0 while it does not.
 * @property {number} heard_ms When something was last kept.
 * @property {number | null} minutes How many are planned.
 * @property {boolean} sensors Whether the sensors may be read.
 * @property {boolean} follows Whether the person wants to know where they went.
 * @property {Record<string, string>} told What is told at the end.
 * @property {string} problem Why the computer did not take it.
 */

const NAME = "evenstride-recording";

/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** @returns {Promise<IDBDatabase>} */
function database() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("walks", { keyPath: "id" });
      asked.result.createObjectStore("blocks");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  return opened;
}

/**
 * A transaction; if what this browser keeps was cleared meanwhile, in what is opened anew.
 * @param {IDBTransactionMode} mode
 */
async function transaction(mode) {
  const begin = async () =>
    (await database()).transaction(["walks", "blocks"], mode, { durability: "strict" });
  try {
    return await begin();
  } catch {
    opened = undefined;
    return begin();
  }
}

/**
 * Do something in one transaction, and wait until it is on the disk.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(walks: IDBObjectStore, blocks: IDBObjectStore) => IDBRequest<T> | void} work
 * @returns {Promise<T>}
 */
async function together(mode, work) {
  const turn = await transaction(mode);
  return new Promise((done, failed) => {
    const asked = work(turn.objectStore("walks"), turn.objectStore("blocks"));
    turn.oncomplete = () => done(/** @type {T} */ (asked ? asked.result : undefined));
    turn.onerror = turn.onabort = () => failed(turn.error);
  });
}

/** @param {string} id */
const all = (id) => IDBKeyRange.bound([id], [id, []]);

/** Every walk that is not wholly on the computer, the oldest first. */
export async function walks() {
  /** @type {Walk[]} */
  const found = await together("readonly", (store) => store.getAll());
  return found.sort((one, other) => one.made_ms - other.made_ms);
}

/**
 * @param {string} id
 * @returns {Promise<Walk | undefined>}
 */
export const walkOf = (id) => together("readonly", (store) => store.get(id));

/**
 * Change a walk that is kept; nothing happens if it is gone.
 * @param {string} id
 * @param {(walk: Walk) => void} change
 * @returns {Promise<void>}
 */
export function changed(id, change) {
  return together("readwrite", (store) => {
    const asked = store.get(id);
    asked.onsuccess = () => {
      if (!asked.result) return;
      change(asked.result);
      store.put(asked.result);
    };
  });
}

/** @param {Walk} walk */
export const keepWalk = (walk) => together("readwrite", (store) => store.put(walk));

/**
 * Keep a block, at the next place of its walk.
 * @param {string} id
 * @param {Block} block
 * @returns {Promise<void>}
 */
export function keepBlock(id, block) {
  return together("readwrite", (store, blocks) => {
    const asked = store.get(id);
    asked.onsuccess = () => {
      const walk = /** @type {Walk | undefined} */ (asked.result);
      if (!walk) return;
      blocks.put(block, [id, walk.blocks]);
      walk.blocks += 1;
      walk.heard_ms = block.wall_ms;
      store.put(walk);
    };
  });
}

/**
 * The places of the blocks that the computer does not have yet, in order.
 * @param {string} id
 * @returns {Promise<number[]>}
 */
export async function places(id) {
  const keys = await together("readonly", (_, blocks) => blocks.getAllKeys(all(id)));
  return keys.map((key) => /** @type {[string, number]} */ (key)[1]);
}

/**
 * @param {string} id
 * @param {number} place
 * @returns {Promise<Block | undefined>}
 */
export const blockOf = (id, place) => together("readonly", (_, blocks) => blocks.get([id, place]));

/**
 * @param {string} id
 * @param {number} place
 * @returns {Promise<void>}
 */
export const removeBlock = (id, place) =>
  together("readwrite", (_, blocks) => void blocks.delete([id, place]));

/**
 * @param {string} id
 * @returns {Promise<void>}
 */
export function removeWalk(id) {
  return together("readwrite", (store, blocks) => {
    store.delete(id);
    blocks.delete(all(id));
  });
}
