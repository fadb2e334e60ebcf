// Files as they are chosen, dropped, or shared from another app: each with its name and its folders.

/** @typedef {import("./import-sending.js").Chosen} Chosen */

const SHARED = "evenstride-shared";

/** @param {FileList | null} list @returns {Chosen[]} */
export function fromList(list) {
  return Array.from(list ?? [], (file) => ({ file, name: file.webkitRelativePath || file.name }));
}

/** What was dropped; folders with everything in them. @param {DataTransfer} dropped
 * @returns {Promise<Chosen[]>} */
export async function fromDrop(dropped) {
  // The list of what was dropped is gone after the first pause: take it whole at once.
  const entries = Array.from(dropped.items, (item) => item.webkitGetAsEntry());
  const files = fromList(dropped.files);
  const known = entries.filter((one) => one !== null);
  if (!known.some((one) => one.isDirectory)) return files;
  return (await Promise.all(known.map(inEntry))).flat();
}

/** @param {FileSystemEntry} entry @returns {Promise<Chosen[]>} */
async function inEntry(entry) {
  const name = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const one = /** @type {FileSystemFileEntry} */ (entry);
    const file = await new Promise((found, failed) => one.file(found, failed));
    return [{ file, name }];
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  const all = [];
  for (;;) {
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((found, failed) => reader.readEntries(found, failed));
    if (!some.length) break; // a browser gives a hundred at a time
    all.push(...some);
  }
  return (await Promise.all(all.map(inEntry))).flat();
}

/** What another app shared with this one; the service worker has laid it down.
 * @returns {Promise<Chosen[]>} */
export async function fromShare() {
  if (!("caches" in window) || !(await caches.has(SHARED))) return [];
  const store = await caches.open(SHARED);
  const kept = await Promise.all((await store.keys()).map((key) => store.match(key)));
  const files = kept.map(async (answer) => ({
    file: (await answer?.blob()) ?? new Blob(),
    name: decodeURIComponent(answer?.headers.get("x-name") ?? "file"),
  }));
  return Promise.all(files);
}

/** Forget what was shared, once it is on the server. */
export async function forgetShare() {
  await caches.delete(SHARED);
}
