// One walk: what takes a moment to read, its time line and its way, comes after the rest.

import { start as startTimeline } from "/static/timeline.js";

/** @param {HTMLElement} element */
export async function start(element) {
  const { from, waiting, failed } = element.dataset;
  const says = /** @type {HTMLElement} */ (element.querySelector("[role='status']"));
  says.textContent = waiting ?? "";
  try {
    const answer = await fetch(from ?? "");
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const way = page.querySelector("#way");
    if (!way) throw new Error("no way");
    element.replaceWith(document.adoptNode(way));
    const timeline = document.querySelector("[data-module='timeline']");
    if (!(timeline instanceof HTMLElement)) return;
    timeline.removeAttribute("data-module"); // it is started here, and must not be again
    startTimeline(timeline);
  } catch {
    says.textContent = failed ?? "";
  }
}
