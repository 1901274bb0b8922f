/* Follows the counters of the cards on this page: one stream of events, opened anew when other cards are shown. */
"use strict";

const FLASH = 160;
const words = new Intl.NumberFormat("en");
let source = null;
let watched = "";

function put(element, text) {
  if (element.textContent === text) return;
  element.textContent = text;
  element.classList.add("moved");
  setTimeout(() => element.classList.remove("moved"), FLASH);
}

function showBoard(event) {
  for (const [slug, counted] of Object.entries(JSON.parse(event.data))) {
    const card = document.querySelector(`[data-page="${CSS.escape(slug)}"]`);
    if (!card) continue;
    for (const place of card.querySelectorAll("[data-count]")) put(place, words.format(counted[place.dataset.count]));
    card.querySelector("polyline").setAttribute("points", counted.line);
    card.querySelector("polygon").setAttribute("points", `0,36 ${counted.line} 120,36`);
  }
}

function showLedger(event) {
  const ledger = document.getElementById("ledger");
  if (ledger) ledger.innerHTML = event.data;
}

function showTrouble(event) {
  const note = document.getElementById("trouble");
  if (!note) return;
  note.textContent = event.data;
  note.hidden = event.data === "";
}

function watch() {
  const slugs = [...document.querySelectorAll("[data-page]")].map((card) => card.dataset.page);
  const query = new URLSearchParams(slugs.map((slug) => ["slug", slug])).toString();
  if (query === watched) return;
  watched = query;
  source?.close();
  source = null;
  if (!query) return;
  source = new EventSource(`/stream?${query}`);
  source.addEventListener("board", showBoard);
  source.addEventListener("ledger", showLedger);
  source.addEventListener("trouble", showTrouble);
}

watch();
document.addEventListener("htmx:afterSettle", watch);
window.addEventListener("pagehide", () => source?.close());
