/* Draws a sensor's series with uPlot: the mean as a line, low to high as a band; redrawn with the theme and the width. */
"use strict";

const HEIGHT = 300;

function colour(name) {
  const probe = document.createElement("span");
  probe.className = `ink-${name}`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

/* Hours within a day, the date where one begins; all in UTC, as the buckets are. */
function moments(u, splits) {
  return splits.map((seconds) => {
    const iso = new Date(seconds * 1000).toISOString();
    return iso.slice(11, 16) === "00:00" ? iso.slice(5, 10) : iso.slice(11, 16);
  });
}

function options(unit, width) {
  const line = colour("line");
  const band = colour("band");
  const words = colour("words");
  const grid = { stroke: colour("grid"), width: 1 };
  const axis = { stroke: words, grid, ticks: grid, font: "12px ui-sans-serif, system-ui, sans-serif" };
  const shown = (u, value) => (value === null ? "–" : `${value.toFixed(2)} ${unit}`);
  const edge = { stroke: band, width: 1, points: { show: false }, value: shown };
  return {
    width,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    cursor: { points: { size: 7 } },
    series: [
      { label: "UTC", value: "{YYYY}-{MM}-{DD} {HH}:{mm}" },
      { label: "low", ...edge },
      { label: "mean", stroke: line, width: 2, points: { show: false }, value: shown },
      { label: "high", ...edge },
    ],
    bands: [{ series: [3, 1], fill: colour("fill") }],
    axes: [{ ...axis, values: moments }, { ...axis, size: 56 }],
  };
}

/* A stretch of silence is a gap, not a line across it. */
function withGaps(series) {
  const { at, low, mean, high } = series;
  const steps = at.slice(1).map((moment, place) => moment - at[place]).sort((one, other) => one - other);
  const usual = steps[Math.floor(steps.length / 2)] ?? 0;
  const columns = [[], [], [], []];
  at.forEach((moment, place) => {
    if (place && moment - at[place - 1] > 2.5 * usual) {
      columns.forEach((column, which) => column.push(which ? null : moment - usual));
    }
    [moment, low[place], mean[place], high[place]].forEach((value, which) => columns[which].push(value));
  });
  return columns;
}

const drawn = new WeakMap();

function draw(figure, series) {
  const plot = figure.querySelector(".plot");
  drawn.get(figure)?.chart?.destroy();
  const chart = series.at.length ? new uPlot(options(figure.dataset.unit, plot.clientWidth), withGaps(series), plot) : null;
  drawn.set(figure, { chart, series });
}

async function load(figure) {
  drawn.set(figure, {});
  const words = figure.querySelector("figcaption");
  const answer = await fetch(figure.dataset.series);
  if (!answer.ok) {
    words.textContent = `The readings did not come: ${(await answer.json()).detail}`;
    return;
  }
  const series = await answer.json();
  const number = (value) => value.toLocaleString("en");
  words.textContent = series.readings
    ? `${number(series.readings)} readings read in ${number(series.pages)} pages, at most ${number(series.held)} in memory at once; ${number(series.at.length)} points drawn.`
    : "No raw reading lies in these buckets. What stays of them is below.";
  draw(figure, series);
}

function loadAll() {
  for (const figure of document.querySelectorAll("figure.chart")) if (!drawn.has(figure)) load(figure);
}

function redraw() {
  for (const figure of document.querySelectorAll("figure.chart")) {
    const { series } = drawn.get(figure) ?? {};
    if (series) draw(figure, series);
  }
}

loadAll();
document.addEventListener("htmx:afterSettle", loadAll);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: light)").addEventListener("change", redraw);
let waiting = 0;
new ResizeObserver(() => {
  clearTimeout(waiting);
  waiting = setTimeout(redraw, 120);
}).observe(document.getElementById("main"));
