// Puts the focus on the error summary, says "Error" in the title, and leads each link to its control.

import { say } from "./sentences.js";

const summary = document.querySelector("[data-error-summary]");

if (summary) {
  document.title = say("errorTitle", { title: document.title });
  summary.focus();
  summary.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest("a")?.hash.slice(1) ?? "");
    if (!target) return;
    event.preventDefault();
    (target.closest(".field") ?? target).scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  });
}
