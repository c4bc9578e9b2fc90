// Keeps what is typed in form[data-keep] in this browser until the server has it, and puts it back on the next visit.
// data-keep names what the server had when the form was drawn: once that is another, a form without a field `revision`
// was taken. One with that field is sent again as it was, and the server tells whether somebody else saved in between.
// data-bound says that the server drew what was typed already.
// A form that htmx saves tells of it by the event `budget` with {revision, at, message}.

import { forget, keep, kept, token } from "./kept.js";
import { say } from "./sentences.js";
import { sayIn, sayWhen } from "./status.js";

const KEY = "form";
const RETRY = 4000;

class KeptForm {
  constructor(form) {
    this.form = form;
    this.address = new URL(form.action).pathname;
    this.status = document.querySelector("[data-saved]");
    form.addEventListener("input", () => this.keep());
    form.addEventListener("budget", (event) => this.told(event.detail));
    form.addEventListener("htmx:configRequest", (event) => (event.detail.headers["X-CSRFToken"] = token()));
    form.addEventListener("htmx:beforeSwap", (event) => this.check(event));
    for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) form.addEventListener(name, () => this.again());
    addEventListener("online", () => this.isWaiting && this.send());
    this.restore();
  }

  get fields() {
    return [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  }

  keep() {
    this.isWaiting = true;
    keep(this.address, KEY, { fields: this.fields, stamp: this.form.dataset.keep });
  }

  restore() {
    const entry = kept().find((each) => each.address === this.address && each.fields);
    if (!entry || "bound" in this.form.dataset) return;
    const isTaken = entry.stamp !== this.form.dataset.keep && !this.form.elements.revision;
    if (isTaken || JSON.stringify(entry.fields) === JSON.stringify(this.fields)) return forget(this.address, KEY);
    entry.fields.forEach(([name, value]) => this.fill(name, value));
    this.form.closest("details")?.setAttribute("open", "");
    // htmx listens once the page is there.
    addEventListener("load", () => this.send());
  }

  fill(name, value) {
    const control = this.form.elements[name];
    if (control instanceof RadioNodeList || !control) {
      const boxes = [...(control ?? [])];
      if (boxes.length) control.value = value;
      else this.form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    } else if (control.type === "checkbox") control.checked = true;
    else control.value = value;
  }

  send() {
    clearTimeout(this.timer);
    this.form.querySelector("input, textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  again() {
    sayIn(this.status, say("notSaved"), true);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), RETRY);
  }

  // Whoever is signed out gets the page to sign in, which is not for this place.
  check(event) {
    if (new URL(event.detail.xhr.responseURL).pathname === this.address) return;
    event.detail.shouldSwap = false;
    sayIn(this.status, say("signedOut"), true);
  }

  told({ revision, at, message }) {
    if (message) return sayIn(this.status, message, true);
    this.form.elements.revision.value = revision;
    this.form.dataset.keep = revision;
    this.isWaiting = false;
    forget(this.address, KEY);
    sayWhen(this.status, at);
  }
}

document.querySelectorAll("form[data-keep]").forEach((form) => new KeptForm(form));
