/* A slider says its value while it is moved. */
"use strict";

document.addEventListener("input", (event) => {
  const slider = event.target;
  if (slider.type !== "range") return;
  const shown = document.querySelector(`output[for="${slider.id}"]`);
  shown.value = slider.step ? Number(slider.value).toFixed(2) : slider.value;
});
