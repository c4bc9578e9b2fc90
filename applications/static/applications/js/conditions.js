// Folds away the questions that the answers so far do not ask for. Without script each says when it is to be answered.

const dependents = [...document.querySelectorAll("[data-shown-if]")];

function given(key) {
  const controls = [...document.querySelectorAll(`[name="${CSS.escape(key)}"]`)];
  // What is folded away is not asked, so nothing hangs on it; parts are folded in the order of the page.
  return controls
    .filter((control) => !control.closest("[data-shown-if]")?.hidden)
    .filter((control) => (control.type !== "radio" && control.type !== "checkbox") || control.checked)
    .map((control) => control.value);
}

function fold() {
  for (const part of dependents) {
    const values = JSON.parse(part.dataset.shownValues);
    const key = part.dataset.shownIf;
    // A question on another page has been answered there: then the server's word stands.
    const isHere = document.querySelector(`[name="${CSS.escape(key)}"]`);
    part.hidden = isHere ? !given(key).some((value) => values.includes(value)) : part.dataset.isShown === "no";
  }
}

dependents.forEach((part) => part.querySelector("[data-condition]")?.remove());
document.addEventListener("input", fold);
document.addEventListener("change", fold);
fold();
