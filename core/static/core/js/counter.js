// Keeps the counter under a control with data-limit-words or data-limit-chars true while a person types.

import { fill } from "./sentences.js";
import { countCharacters, countWords } from "./words.js";

const LIMITED = "[data-limit-words], [data-limit-chars]";

function count(control) {
  const foot = document.getElementById(`${control.id}_count`);
  if (!foot) return;
  const inWords = "limitWords" in control.dataset;
  const most = Number(inWords ? control.dataset.limitWords : control.dataset.limitChars);
  const soFar = inWords ? countWords(control.value) : countCharacters(control.value);
  foot.textContent = fill(foot.dataset.pattern, { so_far: soFar.toLocaleString("en"), most: most.toLocaleString("en") });
  foot.classList.toggle("is-over", soFar > most);
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.(LIMITED)) count(event.target);
});
// A browser puts typed text back after "Back" without an input event.
addEventListener("pageshow", () => document.querySelectorAll(LIMITED).forEach(count));
