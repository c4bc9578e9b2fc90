// Saves the answers of form[data-autosave] while a person types: 800 ms after a pause, every three seconds without one,
// on leaving a field, on leaving the page. What could not be sent stays in this browser, and is sent when the server can
// be reached again, from whatever page is open then.
//
// Request: POST to the form's data-autosave with key, value (several for several boxes), revision. The revision is
// the control's data-revision, else the form's. Answers: 200 {revision, saved_at}; 409 {revision, value, message}
// when somebody else saved in between; any other 4xx {message}: shown, not tried again.
// A control with data-no-autosave, and files, are left to the form's own buttons.
// With data-watch, what others save appears in fields that nobody touches here (watch.js).

import { showConflict } from "./conflict.js";
import { forget, keep, kept, noteLeft, post, sendOrphans, takeLeft } from "./kept.js";
import { say } from "./sentences.js";
import { sayIn, sayWhen } from "./status.js";
import { watch } from "./watch.js";

const PAUSE = 800;
const LONGEST_TYPING = 3000;
const LONGEST_PAUSE = 10000;
const LONGEST_WAIT = 3000;
const MOST_TRIED = 8;

class Autosave {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.unsent = new Map();
    this.tried = new Map();
    this.conflicts = new Map();
    this.sending = new Set();
    this.failures = 0;
    this.status = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    for (const control of form.elements) if (control.name) control.dataset.lastValue = JSON.stringify(this.values(control.name));
    this.listen();
    this.recover();
    watch(this, takeLeft(this.address));
  }

  listen() {
    this.form.addEventListener("input", (event) => this.note(event.target, PAUSE));
    this.form.addEventListener("change", (event) => this.note(event.target, 0));
    this.form.addEventListener("focusout", () => this.unsent.size && !this.failures && this.plan(0));
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pagehide", () => this.sendRest());
    addEventListener("online", () => this.unsent.size && this.plan(0));
    addEventListener("offline", () => this.unsent.size && this.say("notSaved", {}, true));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.sendRest() : this.unsent.size && this.plan(0)));
    addEventListener("beforeunload", (event) => this.leave(event));
  }

  note(control, pause) {
    const key = control.name;
    if (!key || control.type === "hidden" || control.type === "file" || "noAutosave" in control.dataset) return;
    const values = this.values(key);
    if (this.isLast(key, values)) return;
    this.setLast(key, values);
    const conflict = this.conflicts.get(key);
    if (conflict) {
      conflict.values = values;
      conflict.box.update(values);
    } else {
      this.unsent.set(key, { values, revision: this.revision(key) });
      this.plan(pause);
    }
    this.keep(key);
  }

  controls(key) {
    return [...this.form.elements].filter((control) => control.name === key);
  }

  values(key) {
    return new FormData(this.form).getAll(key).filter((value) => typeof value === "string");
  }

  isLast(key, values) {
    return this.controls(key)[0].dataset.lastValue === JSON.stringify(values);
  }

  setLast(key, values) {
    this.controls(key)[0].dataset.lastValue = JSON.stringify(values);
  }

  revision(key) {
    return this.controls(key)[0]?.dataset.revision ?? this.form.dataset.revision ?? "0";
  }

  setRevision(key, revision) {
    const own = this.controls(key).filter((control) => "revision" in control.dataset);
    (own.length ? own : [this.form]).forEach((each) => (each.dataset.revision = revision));
    const hidden = this.form.elements[`${key}-revision`] ?? (own.length ? null : this.form.elements.revision);
    if (hidden) hidden.value = revision;
    const newer = this.unsent.get(key);
    if (newer) newer.revision = String(revision);
  }

  // Whoever types on without a pause is saved all the same.
  plan(pause) {
    clearTimeout(this.timer);
    this.since ??= Date.now();
    const left = this.failures ? pause : Math.max(0, Math.min(pause, this.since + LONGEST_TYPING - Date.now()));
    this.timer = setTimeout(() => this.sendAll(), left);
  }

  async sendAll() {
    clearTimeout(this.timer);
    this.since = null;
    // One request at a time: a second would carry a revision that the first has just made old.
    if (this.flight) return this.plan(PAUSE);
    this.flight = this.sendEach();
    await this.flight;
    this.flight = null;
  }

  async sendEach() {
    for (const key of [...this.unsent.keys()]) {
      if (this.unsent.has(key) && !(await this.send(key, this.unsent.get(key)))) return;
    }
  }

  // The page may be gone before an answer comes, so nothing waits.
  sendRest() {
    for (const [key, answer] of this.unsent) if (!this.sending.has(key)) this.send(key, answer);
  }

  // The next page may be made before what is on its way now is saved, and arrive after this page forgot it: it is older
  // then than what this browser knows, and looks again.
  leave(event) {
    if (this.unsent.size || this.sending.size) noteLeft(this.address);
    if (this.failures && this.unsent.size) event.preventDefault();
  }

  // The form says all that a request on its way says, and must not carry the revision that this one makes old. What is
  // kept stays kept: the next page finds out whether it arrived.
  submit(event) {
    clearTimeout(this.timer);
    this.failures = 0;
    if (!this.flight) return;
    event.preventDefault();
    const longest = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
    Promise.race([this.flight, longest]).then(() => {
      this.flight = null;
      this.form.requestSubmit(event.submitter);
    });
  }

  async send(key, answer) {
    this.sending.add(key);
    this.remember(key, answer.values);
    try {
      const response = await post(this.address, { key, values: answer.values, revision: this.revision(key) });
      this.take(key, answer, response, await response.json().catch(() => ({})));
      return true;
    } catch {
      this.failures += 1;
      this.say("notSaved", {}, true);
      this.plan(Math.min(1000 * 2 ** this.failures, LONGEST_PAUSE) * (0.75 + Math.random() / 2));
      return false;
    } finally {
      this.sending.delete(key);
    }
  }

  // An answer that never came does not tell whether the server has the text, so it is known again when it comes back.
  remember(key, values) {
    const text = JSON.stringify(values.length ? values : [""]);
    const before = (this.tried.get(key) ?? []).filter((each) => each !== text);
    this.tried.set(key, [...before, text].slice(-MOST_TRIED));
    this.keep(key);
  }

  take(key, answer, response, data) {
    this.failures = 0;
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      if (data.message) this.say("refused", { reason: data.message }, true);
      else this.say("signedOut", {}, true);
      return;
    }
    if (response.status === 409 && data.value !== undefined && this.isOwn(key, data.value)) {
      this.setRevision(key, data.revision);
      this.plan(0);
      return;
    }
    if (response.ok) this.tried.delete(key);
    if (this.unsent.get(key) === answer) this.unsent.delete(key);
    if (data.revision !== undefined) this.setRevision(key, data.revision);
    if (response.status === 409 && data.value !== undefined) this.disagree(key, answer, data);
    else if (!response.ok) sayIn(this.status, data.message ?? say("reload"), true);
    else if (!this.unsent.size) this.saved(data.saved_at);
    this.keep(key);
  }

  isOwn(key, value) {
    return (this.tried.get(key) ?? []).includes(JSON.stringify([value].flat().map(String)));
  }

  isBusy(key) {
    const control = this.controls(key)[0];
    const hasFocus = (control.closest(".field") ?? control).contains(document.activeElement);
    return hasFocus || this.unsent.has(key) || this.sending.has(key) || this.conflicts.has(key);
  }

  say(name, values = {}, isWaiting = false) {
    sayIn(this.status, say(name, values), isWaiting);
  }

  saved(at) {
    if (this.conflicts.size) this.say("choose", {}, true);
    else sayWhen(this.status, at);
  }

  keep(key) {
    const conflict = this.conflicts.get(key);
    const entry = this.unsent.get(key) ?? (conflict && { values: conflict.values, revision: "" });
    this.form.toggleAttribute("data-unsent", this.unsent.size > 0);
    if (entry) keep(this.address, key, { ...entry, tried: this.tried.get(key) ?? [] });
    else forget(this.address, key);
  }

  recover() {
    for (const { key, values, revision, tried } of kept().filter((entry) => entry.address === this.address)) {
      if (!this.controls(key).length) continue;
      const here = this.values(key);
      this.tried.set(key, tried ?? []);
      if (JSON.stringify(values) === JSON.stringify(here)) forget(this.address, key);
      else if (this.isKnown(key, revision, here)) this.overrule(key, values);
      else this.disagree(key, { values }, { value: here });
    }
  }

  // Whether this browser saw the server's text: on the page, before it saved again, or as it was typed here.
  isKnown(key, revision, here) {
    const isOwn = "revision" in this.controls(key)[0].dataset;
    if (isOwn && Number(revision) > Number(this.revision(key))) this.setRevision(key, revision);
    return revision === this.revision(key) || this.isOwn(key, here.length ? here : "");
  }

  fill(key, values) {
    this.setLast(key, values);
    for (const control of this.controls(key)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
    this.controls(key)[0].dispatchEvent(new Event("input", { bubbles: true }));
  }

  disagree(key, answer, { value, message }) {
    const control = this.controls(key)[0];
    // What was typed since the refused request is the person's text too.
    const mine = this.unsent.get(key)?.values ?? answer.values;
    const theirs = [value].flat().map(String);
    this.unsent.delete(key);
    const finish = (act) => (chosen) => {
      this.conflicts.delete(key);
      act(chosen);
      control.focus();
    };
    const box = showConflict({
      key, message, mine, theirs, place: control.closest(".field") ?? control,
      isText: control.matches("textarea:not([data-table-text]), [type=text]"),
      onTheirs: finish(() => this.fill(key, theirs) ?? this.keep(key) ?? this.say("theirsInPlace")),
      onOwn: finish((chosen) => this.overrule(key, chosen)),
    });
    this.conflicts.set(key, { values: mine, box });
    this.keep(key);
    this.say("choose", {}, true);
  }

  overrule(key, values) {
    this.fill(key, values);
    this.unsent.set(key, { values, revision: this.revision(key) });
    this.keep(key);
    this.plan(0);
  }
}

const forms = [...document.querySelectorAll("form[data-autosave]")].map((form) => new Autosave(form));
sendOrphans((address, key) => forms.some((form) => form.address === address && form.controls(key).length));
