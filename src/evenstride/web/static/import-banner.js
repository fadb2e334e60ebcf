// A quiet line on every screen while long work goes on; it leads to where that is shown.

const EVERY_MS = 2000;

/** @param {HTMLElement} element */
export async function start(element) {
  if (!(element instanceof HTMLAnchorElement)) return;
  while (element.isConnected) {
    const going = await first();
    element.hidden = !going || location.pathname.startsWith("/import");
    if (!going) return;
    element.href = going.address;
    element.textContent = going.says;
    await new Promise((resume) => setTimeout(resume, EVERY_MS));
  }
}

/** @returns {Promise<{address: string, says: string} | undefined>} */
async function first() {
  try {
    const { jobs } = await (await fetch("/api/jobs")).json();
    return jobs.find((/** @type {{ended: boolean}} */ job) => !job.ended);
  } catch {
    return undefined; // without network there is nothing to tell
  }
}
