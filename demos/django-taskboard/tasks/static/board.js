/* Drag a card to a column: it sends the very form that its arrows send. On a phone, show what the move wrote. */
"use strict";

let dragged = null;

function columnOf(event) {
  return dragged && event.target.closest(".column");
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".task");
  if (!dragged) return;
  event.dataTransfer.setData("text/plain", dragged.dataset.task);
  event.dataTransfer.effectAllowed = "move";
  dragged.classList.add("dragged");
});

document.addEventListener("dragover", (event) => {
  const column = columnOf(event);
  if (!column) return;
  event.preventDefault();
  for (const other of document.querySelectorAll(".column.over")) other.classList.toggle("over", other === column);
  column.classList.add("over");
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  for (const column of document.querySelectorAll(".column.over")) column.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const column = columnOf(event);
  if (!column) return;
  event.preventDefault();
  if (column.contains(dragged)) return;
  const status = document.createElement("input");
  status.type = "hidden";
  status.name = "status";
  status.value = column.dataset.status;
  const form = dragged.querySelector("form");
  form.append(status);
  form.requestSubmit();
});

/* On a phone the two halves of a move stand above the columns, out of sight. */
document.addEventListener("htmx:afterSettle", (event) => {
  const isMove = event.detail.target.id === "board" && event.detail.requestConfig?.verb === "post";
  if (isMove && matchMedia("(max-width: 700px)").matches) document.querySelector(".both").scrollIntoView();
});
