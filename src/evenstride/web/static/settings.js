// Shows the emergency number of a country as soon as its letters are typed.

/** @param {HTMLElement} element */
export function start(element) {
  const country = element.querySelector("#country");
  const number = element.querySelector('[data-part="emergency"]');
  if (!(country instanceof HTMLInputElement) || !number) return;
  const ask = async () => {
    const typed = country.value.trim();
    if (typed.length === 1) return;
    const answer = await fetch(`/api/settings/emergency?${new URLSearchParams({ country: typed })}`).catch(() => null);
    if (!answer?.ok || country.value.trim() !== typed) return;
    number.textContent = (await answer.json()).number;
  };
  country.addEventListener("input", ask);
  if (country.value !== country.defaultValue) ask(); // typed before this script was there
}
