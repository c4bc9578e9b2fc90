// While a question is written: the preview follows a moment after the last letter, and of the answers that may show it
// only those of the chosen earlier question are there. Without script the preview has its button, and all stand open.

const PAUSE = 400;
const form = document.querySelector("[data-previewed]");
const button = form.querySelector("[data-preview]");
let waiting;

function preview() {
  clearTimeout(waiting);
  waiting = setTimeout(() => form.requestSubmit(button), PAUSE);
}

function fold() {
  const choice = form.querySelector("[data-chooses]");
  if (!choice) return;
  for (const box of form.querySelectorAll(`[name^="${choice.dataset.chooses}"]`)) {
    const field = box.closest("fieldset");
    if (field) field.hidden = box.name !== choice.dataset.chooses + choice.value;
  }
}

form.addEventListener("input", preview);
form.addEventListener("change", fold);
form.querySelector("[data-by-hand]").hidden = true;
fold();
