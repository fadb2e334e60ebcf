// How far a piece of long work is, as the server tells it; in the end, what came of it.

/** @param {HTMLElement} element */
export function start(element) {
  const says = element.querySelector(".says");
  const detail = element.querySelector(".detail");
  const bar = element.querySelector("progress");
  const events = new EventSource(element.dataset.events ?? "");
  events.addEventListener("message", (event) => {
    if (!element.isConnected) {
      events.close();
      return;
    }
    const job = JSON.parse(event.data);
    if (says) says.textContent = job.says;
    if (detail) detail.textContent = job.detail;
    if (bar && job.percent !== null) bar.value = job.percent;
    if (job.ended) finish();
  });
  events.addEventListener("error", () => {
    // A server that started anew knows nothing of it: its page says so.
    if (events.readyState === EventSource.CLOSED) finish();
  });

  function finish() {
    events.close();
    const next = element.querySelector(".next");
    if (element.isConnected && next instanceof HTMLAnchorElement) next.click();
  }
}
