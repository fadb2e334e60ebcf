// Copies the text of an element, for pasting into a record.

/** @param {HTMLElement} button names its text in data-copies, and what it says afterwards in data-done */
export function start(button) {
  const text = document.getElementById(button.dataset.copies ?? "");
  // The clipboard needs a safe connection; without it the text can still be marked and copied.
  if (!text || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.textContent ?? "");
    button.textContent = button.dataset.done ?? "";
  });
}
