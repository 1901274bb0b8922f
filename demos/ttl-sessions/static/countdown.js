/* Counts each session down; at zero the server is asked, because only it knows whether the row is gone. */
"use strict";

const STEP = 250;
const ASK_AGAIN = 2000;
const deadlines = new WeakMap();

function words(seconds) {
  if (seconds < 100) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

function countDown() {
  const now = performance.now();
  const cards = document.querySelectorAll(".session");
  for (const card of cards) {
    if (!deadlines.has(card)) deadlines.set(card, now + Number(card.dataset.left) * 1000);
    const left = Math.max(0, (deadlines.get(card) - now) / 1000);
    card.querySelector(".left").textContent = words(Math.ceil(left));
    card.querySelector("progress").value = left;
    card.classList.toggle("soon", left < 10);
    if (left === 0) {
      deadlines.set(card, now + ASK_AGAIN);
      card.dataset.left = "0";
      htmx.trigger(card, "expired");
    }
  }
  const live = document.getElementById("live");
  if (live) live.textContent = String(cards.length);
}

countDown();
setInterval(countDown, STEP);
document.addEventListener("htmx:afterSettle", countDown);
