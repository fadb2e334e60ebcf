// Finds the parts of the screen that records a walk.

/** @param {HTMLElement} screen */
export const stepOf = (screen) =>
  parts(screen, "[data-step]").find((one) => !one.hidden)?.dataset.step ?? "";

/**
 * @param {HTMLElement} screen
 * @param {string} text
 */
export function problem(screen, text) {
  const place = part(screen, "[data-problem]");
  place.textContent = text;
  place.hidden = !text;
}

/**
 * @param {HTMLElement} screen
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function parts(screen, selector) {
  return /** @type {HTMLElement[]} */ ([...screen.querySelectorAll(selector)]);
}

/**
 * @template {HTMLElement} T
 * @param {HTMLElement} screen
 * @param {string} selector
 * @param {new () => T} [kind]
 * @returns {T}
 */
export function part(screen, selector, kind) {
  const found = screen.querySelector(selector);
  if (!(found instanceof (kind ?? HTMLElement))) throw new Error(`no ${selector}`);
  return /** @type {T} */ (found);
}

/**
 * What is filled in in a form, by name.
 * @param {HTMLElement} screen
 * @param {string} selector
 * @returns {Record<string, string>}
 */
export function values(screen, selector) {
  const filled = new FormData(part(screen, selector, HTMLFormElement));
  /** @type {Record<string, string>} */
  const found = {};
  for (const [name, value] of filled) if (typeof value === "string" && value) found[name] = value;
  return found;
}
