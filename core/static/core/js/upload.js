// Says at once when a chosen file is of the wrong kind or too large, before it is sent for nothing; the server checks
// again. Reads `accept` and `data-most-bytes` of the control. A form with data-upload is sent from here: how far it is
// stands beside its button, and what the server refuses stands at its field, with the file still chosen.
//
// Answers: 200 {url} where to go on; 422 {errors: {field: [sentence]}}; 413 of a proxy that takes nothing so large; with
// any other the form is sent once more the plain way, so that the person reads the server's own page.

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
  if (!controls.some((control) => control.files.length)) return;
  if (form.dataset.upload === undefined) {
    noteOf(form).textContent = say("sending");
    return;
  }
  event.preventDefault();
  if (!form.querySelector("progress")) send(form);
});

function noteOf(form) {
  const note = form.querySelector("[data-sending]") ?? document.createElement("p");
  note.dataset.sending = "";
  note.className = "small quiet";
  note.setAttribute("role", "status");
  form.append(note);
  return note;
}

function send(form) {
  forgetErrors(form);
  const note = noteOf(form);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", say("sending"));
  note.before(bar);
  note.textContent = say("sending");
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => show(event, bar, note));
  request.addEventListener("load", () => finish(form, request, bar, note));
  request.addEventListener("error", () => stop(bar, note, say("notSent")));
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.send(new FormData(form));
}

function show(event, bar, note) {
  if (!event.lengthComputable) return;
  const percent = Math.floor((100 * event.loaded) / event.total);
  bar.value = percent;
  const words = percent < 100 ? say("sentShare", { percent: percent - (percent % 10) }) : say("beingChecked");
  if (note.textContent !== words) note.textContent = words;
}

function stop(bar, note, words) {
  bar.remove();
  note.textContent = words;
}

function finish(form, request, bar, note) {
  const answer = request.response;
  if (request.status === 200 && answer?.url) {
    go(answer.url);
  } else if (request.status === 422 && answer?.errors) {
    stop(bar, note, "");
    showErrors(form, answer.errors);
  } else if (request.status === 413) {
    stop(bar, note, "");
    showErrors(form, refusedBySize(form));
  } else {
    form.submit();
  }
}

function refusedBySize(form) {
  const chosen = [...form.querySelectorAll('input[type="file"]')].filter((control) => control.files.length);
  const said = ([file]) => say("tooLargeToSend", { file: file.name, size: megabytes(file.size) });
  return Object.fromEntries(chosen.map((control) => [control.name, [said(control.files)]]));
}

function go(url) {
  const there = new URL(url, location.href);
  if (there.pathname !== location.pathname || there.search !== location.search) {
    location.assign(there);
    return;
  }
  location.hash = there.hash;
  location.reload();
}

function forgetErrors(form) {
  form.querySelectorAll("[data-refused]").forEach((error) => error.remove());
  form.querySelectorAll("[aria-invalid]").forEach((control) => control.removeAttribute("aria-invalid"));
}

function showErrors(form, errors) {
  const found = Object.entries(errors).map(([name, sentences]) => [form.elements[name], sentences.join(" ")]);
  for (const [control, words] of found) {
    const error = document.createElement("p");
    error.className = "error";
    error.dataset.refused = "";
    error.textContent = words;
    if (!control) {
      noteOf(form).before(error);
      continue;
    }
    error.id = `${control.id}_error`;
    document.getElementById(error.id)?.remove();
    (control.closest(".choice") ?? control).before(error);
    control.setAttribute("aria-invalid", "true");
    const described = new Set((control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(error.id);
    control.setAttribute("aria-describedby", [...described].join(" "));
  }
  found.find(([control]) => control)?.[0].focus();
}
