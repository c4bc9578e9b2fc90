// What others save appears in the fields that nobody touches here: data-watch is an address that tells
// {answers: {key: {revision, value}}, here}, and is asked on coming back to the page, every data-watch-every seconds, and
// at once where the page may be older than what this browser saved.

import { say } from "./sentences.js";

export function watch(saving, isOlder) {
  const { watch: address, watchEvery } = saving.form.dataset;
  if (!address) return;
  const look = () => document.hidden || ask(saving, address);
  if (isOlder) look();
  if (watchEvery) setInterval(look, Number(watchEvery) * 1000);
  document.addEventListener("visibilitychange", look);
}

async function ask(saving, address) {
  try {
    const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
    if (response.ok) merge(saving, await response.json());
  } catch {
    // The next save says that the server cannot be reached.
  }
}

function merge(saving, { answers, here }) {
  for (const [key, { revision, value }] of Object.entries(answers)) {
    const isNew = saving.controls(key).length && Number(revision) > Number(saving.revision(key));
    if (!isNew || saving.isBusy(key)) continue;
    saving.fill(key, [value].flat().map(String));
    saving.setRevision(key, revision);
  }
  const others = document.querySelector("[data-others]");
  if (others) others.textContent = here.length ? say("alsoHere", { names: here.join(", ") }) : "";
}
