// Scores by keyboard: with the focus on a score, its digits choose it and n chooses "not applicable", where there is one.
// Arrows and Tab stay the browser's own. Where the scale goes beyond 9, a second digit within a second makes one number.

const PAUSE = 1000;
const NOT_APPLICABLE = "na";
let typed = { name: "", digits: "", at: 0 };

function wanted(radio, key, at) {
  if (key === "n") return [NOT_APPLICABLE];
  if (!/^[0-9]$/.test(key)) return [];
  const goesOn = typed.name === radio.name && at - typed.at < PAUSE;
  const digits = goesOn ? typed.digits + key : key;
  typed = { name: radio.name, digits, at };
  return [digits, key];
}

function choose(event) {
  const radio = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || !radio.matches("#review .scale input[type=radio]")) return;
  const group = [...radio.form.elements].filter((each) => each.name === radio.name);
  const values = wanted(radio, event.key.toLowerCase(), event.timeStamp);
  const found = values.map((value) => group.find((each) => each.value === value)).find(Boolean);
  if (!found) return;
  event.preventDefault();
  found.focus();
  found.click();
}

document.addEventListener("keydown", choose);
for (const note of document.querySelectorAll("[data-score-keys]")) note.hidden = false;
