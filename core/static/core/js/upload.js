// Says at once when a chosen file is of the wrong kind or too large, before it is sent for nothing; the server checks
// again. Reads `accept` and `data-most-bytes` of the control, and shows that sending goes on.

import { say } from "./sentences.js";

const megabytes = (bytes) => (bytes / 1048576).toLocaleString("en", { maximumFractionDigits: 1 });

function fault(file, control) {
  const kinds = control.accept.split(",").map((kind) => kind.trim().toLowerCase()).filter((kind) => kind.startsWith("."));
  const most = Number(control.dataset.mostBytes || Infinity);
  if (kinds.length && !kinds.some((kind) => file.name.toLowerCase().endsWith(kind))) {
    const allowed = kinds.map((kind) => kind.slice(1).toUpperCase()).join(", ");
    return say("wrongKind", { file: file.name, kinds: allowed });
  }
  if (file.size > most) {
    return say("tooLarge", { file: file.name, size: megabytes(file.size), most: megabytes(most) });
  }
  return "";
}

document.addEventListener("change", (event) => {
  const control = event.target;
  if (control.type !== "file") return;
  control.setCustomValidity([...control.files].map((file) => fault(file, control)).find(Boolean) ?? "");
  control.reportValidity();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const controls = [...form.querySelectorAll('input[type="file"]')];
  const wrong = controls.find((control) => control.validationMessage);
  if (wrong) {
    event.preventDefault();
    wrong.reportValidity();
    return;
  }
  if (controls.some((control) => control.files.length)) showSending(form);
});

function showSending(form) {
  if (form.querySelector("[data-sending]")) return;
  const note = document.createElement("p");
  note.dataset.sending = "";
  note.className = "small quiet";
  note.setAttribute("role", "status");
  note.textContent = say("sending");
  form.append(note);
}
