// Saves the answers of form[data-autosave] while a person types: 800 ms after a pause, on leaving a field, on leaving
// the page. What could not be sent stays in this browser and is sent when the server can be reached again.
//
// Request: POST to the form's data-autosave with key, value (several for several boxes), revision. The revision is
// the control's data-revision, else the form's. Answers: 200 {revision, saved_at}; 409 {revision, value, message}
// when somebody else saved in between; any other 4xx {message}: shown, not tried again.
// A control with data-no-autosave, and files, are left to the form's own buttons.

import { showConflict } from "./conflict.js";

const PAUSE = 800;
const LONGEST_PAUSE = 30000;
const LONGEST_WAIT = 3000;
const SIGNED_OUT = "Not saved: you are signed out. Sign in again in another tab and go on here; your words are kept in this browser.";

class Autosave {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.autosave;
    this.store = `unsent ${this.address}`;
    this.unsent = new Map();
    this.conflicts = new Map();
    this.sending = new Set();
    this.failures = 0;
    this.status = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    this.status?.setAttribute("aria-live", "polite");
    for (const control of form.elements) if (control.name) control.dataset.lastValue = JSON.stringify(this.values(control.name));
    this.listen();
    this.recover();
  }

  listen() {
    this.form.addEventListener("input", (event) => this.note(event.target, PAUSE));
    this.form.addEventListener("change", (event) => this.note(event.target, 0));
    this.form.addEventListener("focusout", () => this.unsent.size && !this.failures && this.plan(0));
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pagehide", () => this.sendRest());
    addEventListener("online", () => this.plan(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.sendRest());
    addEventListener("beforeunload", (event) => this.failures && this.unsent.size && event.preventDefault());
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
    this.keep();
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

  plan(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendAll(), pause);
  }

  async sendAll() {
    clearTimeout(this.timer);
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

  // The form says all that a request on its way says, and must not carry the revision that this one makes old.
  submit(event) {
    this.forget();
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
    try {
      const response = await fetch(this.address, this.request(key, answer));
      if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}`);
      this.take(key, answer, response, await response.json().catch(() => ({})));
      return true;
    } catch {
      this.failures += 1;
      this.say("Not saved, retrying. Your words are kept in this browser.", true);
      this.plan(Math.min(1000 * 2 ** this.failures, LONGEST_PAUSE));
      return false;
    } finally {
      this.sending.delete(key);
    }
  }

  request(key, answer) {
    const body = new URLSearchParams([["key", key], ["revision", this.revision(key)]]);
    (answer.values.length ? answer.values : [""]).forEach((value) => body.append("value", value));
    // The cookie's token is the newest one, also after signing in again in another tab.
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    const token = cookie ?? this.form.elements.csrfmiddlewaretoken?.value ?? "";
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    return { method: "POST", body, headers, redirect: "manual", keepalive: `${body}`.length < 60000 };
  }

  take(key, answer, response, data) {
    this.failures = 0;
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.say(data.message ? `Not saved. ${data.message}` : SIGNED_OUT, true);
      return;
    }
    if (this.unsent.get(key) === answer) this.unsent.delete(key);
    if (data.revision !== undefined) this.setRevision(key, data.revision);
    if (response.status === 409 && data.value !== undefined) this.disagree(key, answer, data);
    else if (!response.ok) this.say(data.message ?? "Not saved. Reload the page and try again.", true);
    else if (!this.unsent.size) this.say(`Saved at ${clock(data.saved_at)}`);
    this.keep();
  }

  say(words, isWaiting = false) {
    if (!this.status) return;
    this.status.textContent = words;
    this.status.classList.toggle("is-waiting", isWaiting);
  }

  keep() {
    const kept = [...this.unsent, ...[...this.conflicts].map(([key, { values }]) => [key, { values, revision: "" }])];
    try {
      if (kept.length) localStorage.setItem(this.store, JSON.stringify(kept));
      else localStorage.removeItem(this.store);
    } catch {
      // A browser without storage still saves to the server.
    }
  }

  forget() {
    clearTimeout(this.timer);
    this.unsent.clear();
    this.conflicts.clear();
    this.keep();
  }

  recover() {
    let kept = [];
    try {
      kept = JSON.parse(localStorage.getItem(this.store) ?? "[]");
    } catch {
      return;
    }
    for (const [key, answer] of kept) {
      if (!this.controls(key).length || JSON.stringify(answer.values) === JSON.stringify(this.values(key))) continue;
      if (answer.revision === this.revision(key)) {
        this.fill(key, answer.values);
        this.unsent.set(key, answer);
      } else {
        this.disagree(key, answer, { value: this.values(key) });
      }
    }
    this.keep();
    if (this.unsent.size) this.plan(0);
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
    const finish = (act) => () => {
      const latest = this.conflicts.get(key).values;
      this.conflicts.delete(key);
      act(latest);
      control.focus();
    };
    const box = showConflict({
      key, message, mine, theirs, place: control.closest(".field") ?? control,
      onMine: finish((latest) => this.overrule(key, latest)),
      onTheirs: finish(() => this.fill(key, theirs) ?? this.keep() ?? this.say("Their text is in place.")),
    });
    this.conflicts.set(key, { values: mine, box });
    this.say("Not saved: choose which text to keep.", true);
  }

  overrule(key, values) {
    this.fill(key, values);
    this.unsent.set(key, { values, revision: this.revision(key) });
    this.keep();
    this.plan(0);
  }
}

function clock(iso) {
  return new Date(iso ?? Date.now()).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
