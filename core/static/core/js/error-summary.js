// Puts the focus on the error summary, says "Error" in the title, and leads each link to its control.

const summary = document.querySelector("[data-error-summary]");

if (summary) {
  document.title = `Error: ${document.title}`;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest("a")?.hash.slice(1) ?? "");
    if (!target) return;
    event.preventDefault();
    (target.closest(".field") ?? target).scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  });
}
