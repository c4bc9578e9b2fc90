// The form builder without reloads: a step is sent, and the page's main part takes the answer's place, with the focus
// where it was. What moved says its new place. Questions can be dragged; the buttons do the same. Without script every
// step is an ordinary form.

const MOVES = /^(place|(section|question)-(up|down)):/;
const main = () => document.getElementById("main");
const told = document.body.appendChild(document.createElement("p"));
told.className = "visually-hidden";
told.setAttribute("role", "status");
let dragged = null;

async function send(action, data, focus) {
  const answer = await fetch(action, { method: "POST", body: data });
  if (!answer.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("main");
  if (!next?.querySelector("[data-builder]")) return location.assign(answer.url);
  main().replaceWith(document.adoptNode(next));
  history.replaceState(null, "", answer.url);
  const error = main().querySelector("[data-error-summary]");
  const place = error || document.getElementById(focus) || main().querySelector("textarea");
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: "nearest" });
  prepare();
  if (MOVES.test(data.get("step"))) tell(place?.closest("[data-place]")?.dataset.place);
}

// What is said twice alike is heard twice only if it was gone in between.
function tell(words = "") {
  told.textContent = "";
  setTimeout(() => (told.textContent = words), 50);
}

function prepare() {
  for (const row of document.querySelectorAll("[data-question]")) row.draggable = true;
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-builder]")) return;
  event.preventDefault();
  const button = event.submitter;
  const isAdding = button?.id.startsWith("add-") && event.target.elements.lines;
  send(event.target.action, new FormData(event.target, button), isAdding ? event.target.elements.lines.id : button?.id);
});

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-question]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.question);
  dragged.classList.add("is-dragged");
});

document.addEventListener("dragover", (event) => {
  const list = event.target.closest?.("[data-drop]");
  if (!dragged || !list) return;
  event.preventDefault();
  mark(list.querySelector(":scope > [data-question]") && event.target.closest("[data-question]"));
});

document.addEventListener("drop", (event) => {
  const list = event.target.closest?.("[data-drop]");
  if (!dragged || !list) return;
  event.preventDefault();
  const data = new FormData(document.getElementById("steps"));
  data.set("step", `place:${dragged.dataset.question}`);
  data.set("section", list.dataset.drop);
  data.set("before", event.target.closest("[data-question]")?.dataset.question || "");
  send(document.getElementById("steps").action, data, `question-up-${dragged.dataset.question}`);
});

document.addEventListener("dragend", () => {
  mark(null);
  dragged?.classList.remove("is-dragged");
  dragged = null;
});

function mark(row) {
  document.querySelectorAll(".is-over-here").forEach((each) => each.classList.remove("is-over-here"));
  row?.classList.add("is-over-here");
}

prepare();
