// A walk over time: one small plot for each quantity, all on one time axis with one cursor.
//
// The slider below the plots is the cursor for keys, thumbs and screen readers; the mouse and a
// finger on a plot move the same slider. All colours come from the style sheet, in both themes.

import uPlot from "/static/vendor/uPlot.esm.js";

/**
 * @typedef {{title: string, values: (number|null)[], low: (number|null)[], high: (number|null)[]}} Curve
 * @typedef {{name: string, title: string, unit: string, decimals: number, least: number,
 *            limits: [number, number] | null, curves: Curve[]}} Panel
 * @typedef {{time_s: number[], ends_s: number, decimal: string, unused: [number, number][], panels: Panel[]}} Walk
 */

const HEIGHT = 118;
const LEFT = 46;
const CURVES = ["--one", "--two"];
const BANDS = ["--one-band", "--two-band"];

/** @param {HTMLElement} element */
export function start(element) {
  /** @type {Walk} */
  const walk = JSON.parse(element.querySelector("script[type='application/json']")?.textContent ?? "");
  const slider = /** @type {HTMLInputElement} */ (element.querySelector(".moment"));
  const now = /** @type {HTMLElement} */ (element.querySelector(".now"));
  const places = [...element.querySelectorAll("[data-panel]")].map((one) => /** @type {HTMLElement} */ (one));
  element.querySelector(".with-plot")?.removeAttribute("hidden");
  element.querySelector(".plain-only")?.setAttribute("hidden", "");

  /** @type {uPlot[]} */
  let plots = [];

  /** Show one moment on every plot and in words. @param {number} place */
  function show(place) {
    slider.value = String(place);
    const says = said(walk, place, element.dataset);
    slider.setAttribute("aria-valuetext", says);
    now.textContent = says;
    for (const plot of plots) {
      plot.setCursor({ left: plot.valToPos(walk.time_s[place], "x"), top: 0 }, false);
    }
  }

  /** Draw everything anew, in the colours and the width of now. */
  function draw() {
    for (const plot of plots) plot.destroy();
    const width = Math.floor(places[0].clientWidth);
    plots = places.map((place, number) => {
      const panel = walk.panels[number];
      const last = number === places.length - 1;
      const plot = new uPlot(options(walk, panel, width, last, show), data(walk, panel), place);
      follow(plot, walk, show);
      return plot;
    });
    // A plot knows its scales only when it was drawn, which is after this.
    queueMicrotask(() => show(Number(slider.value)));
  }

  slider.addEventListener("input", () => show(Number(slider.value)));
  let width = 0;
  const watch = new ResizeObserver(() => {
    if (!element.isConnected) return stop();
    const wide = Math.floor(places[0].clientWidth);
    if (wide > 0 && wide !== width) {
      width = wide;
      draw();
    }
  });
  const theme = matchMedia("(prefers-color-scheme: dark)");
  function stop() {
    watch.disconnect();
    theme.removeEventListener("change", draw);
  }
  theme.addEventListener("change", draw);
  watch.observe(places[0]);
}

/** A finger on a plot moves the cursor, and the page still scrolls up and down.
 * @param {uPlot} plot @param {Walk} walk @param {(place: number) => void} show */
function follow(plot, walk, show) {
  plot.over.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    const left = event.clientX - plot.over.getBoundingClientRect().left;
    show(nearest(walk.time_s, plot.posToVal(left, "x")));
  });
}

/** @param {number[]} times @param {number} wanted */
function nearest(times, wanted) {
  let best = 0;
  for (let place = 1; place < times.length; place++) {
    if (Math.abs(times[place] - wanted) < Math.abs(times[best] - wanted)) best = place;
  }
  return best;
}

/** One moment in words. @param {Walk} walk @param {number} place @param {DOMStringMap} words */
function said(walk, place, words) {
  const time = clock(walk.time_s[place], walk.ends_s);
  const parts = [];
  for (const panel of walk.panels) {
    for (const curve of panel.curves) {
      const value = curve.values[place];
      if (value === null) continue;
      const form = (panel.unit ? words.value : words.valueBare) ?? "";
      const title = panel.curves.length > 1 ? curve.title : panel.title;
      parts.push(filled(form, { title, value: shown(value, panel.decimals, walk), unit: panel.unit }));
    }
  }
  if (!parts.length) return filled(words.noneAt ?? "", { time });
  return filled(words.at ?? "", { time, values: parts.join(" · ") });
}

/** @param {string} form @param {Record<string, string>} gaps */
function filled(form, gaps) {
  return form.replace(/\{(\w+)\}/g, (_, name) => gaps[name] ?? "");
}

/** A number with the marks of the language. @param {number} value @param {number} decimals
 * @param {Walk} walk */
function shown(value, decimals, walk) {
  return value.toFixed(decimals).replace("-", "−").replace(".", walk.decimal);
}

/** @param {number} seconds @param {number} ends @returns {string} */
function clock(seconds, ends) {
  if (seconds <= -0.5) return `−${clock(-seconds, ends)}`; // a sensor that began before the walk
  const whole = Math.round(seconds);
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60)];
  if (ends >= 3600) return `${hours}:${two(minutes % 60)}:${two(whole % 60)}`;
  return `${minutes}:${two(whole % 60)}`;
}

/** The columns of a plot: time, and for each curve its value and the ends of its band.
 * @param {Walk} walk @param {Panel} panel */
function data(walk, panel) {
  const columns = panel.curves.flatMap((one) =>
    one.low.length ? [one.values, one.high, one.low] : [one.values],
  );
  return [walk.time_s, ...columns];
}

/** @param {Walk} walk @param {Panel} panel @param {number} width @param {boolean} last
 * @param {(place: number) => void} show */
function options(walk, panel, width, last, show) {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--muted"), font: `13px ${colour("--body")}` };
  const grid = { stroke: colour("--hair"), width: 1 };
  const { series, bands } = lines(panel, colour);
  return {
    width,
    height: HEIGHT + (last ? 26 : 0),
    padding: [8, 10, last ? 0 : 6, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 9 } },
    scales: { x: { time: false, range: [0, walk.ends_s] }, y: { range: limits(panel) } },
    axes: [
      {
        ...axis, grid, show: true, size: last ? 30 : 0, ticks: { ...grid, size: last ? 5 : 0 },
        splits: ticks(walk.ends_s, width),
        values: (/** @type {uPlot} */ _, /** @type {number[]} */ at) =>
          at.map((one) => (last ? clock(one, walk.ends_s) : "")),
      },
      { ...axis, grid, size: LEFT, ticks: { show: false }, space: 34, values: upright(walk) },
    ],
    series: [{}, ...series],
    bands,
    hooks: { drawClear: [(/** @type {uPlot} */ plot) => shade(plot, walk, colour("--rest"))] },
  };
}

/** @param {Walk} walk */
function upright(walk) {
  return (/** @type {uPlot} */ _, /** @type {number[]} */ at) =>
    at.map((one) => shown(one, String(Number(one.toPrecision(6))).split(".")[1]?.length ?? 0, walk));
}

/** Round moments, so many as there is room for. @param {number} ends @param {number} width */
function ticks(ends, width) {
  const most = Math.max(2, Math.floor(width / 75));
  const steps = [10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200];
  const step = steps.find((one) => ends / one <= most) ?? 86400 * Math.ceil(ends / 86400 / most);
  const at = Array.from({ length: Math.floor(ends / step) + 1 }, (_, place) => place * step);
  return () => at;
}

/** Room around the values, and never so little that noise looks like something.
 * @param {Panel} panel @returns {[number, number]} */
function limits(panel) {
  if (panel.limits) return panel.limits;
  const all = panel.curves.flatMap((one) => [...one.values, ...one.low, ...one.high]);
  const known = all.filter((one) => one !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const more = Math.max(0, panel.least - (high - low)) / 2 + 0.04 * (high - low);
  return [low - more, high + more];
}

/** @param {Panel} panel @param {(name: string) => string} colour */
function lines(panel, colour) {
  const series = [];
  const bands = [];
  for (const [number, one] of panel.curves.entries()) {
    const stroke = colour(CURVES[number]);
    const dots = panel.name === "pain";
    series.push({
      stroke: dots ? "transparent" : stroke,
      width: 2,
      dash: number ? [7, 5] : [],
      points: { show: dots ? true : alone, size: dots ? 11 : 5, fill: stroke, stroke },
    });
    if (!one.low.length) continue;
    bands.push({ series: [series.length + 1, series.length + 2], fill: colour(BANDS[number]) });
    const edge = { stroke: "transparent", points: { show: false } };
    series.push(edge, { ...edge });
  }
  return { series, bands };
}

/** A value without neighbours would be a line without length: it gets a dot.
 * @param {uPlot} plot @param {number} number */
function alone(plot, number) {
  const values = plot.data[number];
  return values.some(
    (one, at) => one !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null,
  );
}

/** Grey where nothing was used. @param {uPlot} plot @param {Walk} walk @param {string} colour */
function shade(plot, walk, colour) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = colour;
  for (const [from, to] of walk.unused) {
    const left = Math.max(plot.valToPos(from, "x", true), bbox.left);
    const right = Math.min(plot.valToPos(to, "x", true), bbox.left + bbox.width);
    if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}
