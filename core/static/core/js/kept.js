// What could not be sent yet stays in this browser, by person: one entry for each answer or table, so that two windows
// do not overwrite what the other keeps. A browser without storage still saves to the server.

import { say } from "./sentences.js";
import { sayIn } from "./status.js";

const PREFIX = "unsent ";
const LONGEST = 30 * 24 * 3600 * 1000;
const LEFT = "left";
const LONGEST_LOAD = 60 * 1000;
const person = document.body?.dataset.person ?? "";

const nameOf = (address, key) => `${PREFIX}${person} ${address} ${key}`;

export function keep(address, key, entry) {
  try {
    localStorage.setItem(nameOf(address, key), JSON.stringify({ address, key, at: Date.now(), page: location.pathname, ...entry }));
  } catch {
    // Full, or not allowed.
  }
}

export function forget(address, key) {
  try {
    localStorage.removeItem(nameOf(address, key));
  } catch {
    // Not allowed.
  }
}

// That a page was just left in this window while something was on its way to an address.
export function noteLeft(address) {
  try {
    sessionStorage.setItem(LEFT, JSON.stringify({ address, at: Date.now() }));
  } catch {
    // Full, or not allowed.
  }
}

export function takeLeft(address) {
  try {
    const left = JSON.parse(sessionStorage.getItem(LEFT));
    if (left?.address !== address) return false;
    sessionStorage.removeItem(LEFT);
    return Date.now() - left.at < LONGEST_LOAD;
  } catch {
    return false;
  }
}

// All that this person's browser keeps; what is a month old is taken out, whoever kept it.
export function kept() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
      const entry = read(name);
      if (Date.now() - (entry?.at ?? 0) > LONGEST) localStorage.removeItem(name);
      else if (name.startsWith(`${PREFIX}${person} `)) found.push(entry);
    }
  } catch {
    // Not allowed.
  }
  return found;
}

// What is not ours is nothing, and does not hide what is.
function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// Answers that another page kept are sent from here. What needs a choice waits for its own page.
export async function sendOrphans(isHere) {
  for (const { address, key, values, revision, page } of kept()) {
    if (!values || isHere(address, key)) continue;
    try {
      const response = await post(address, { key, values, revision });
      if (response.ok) forget(address, key);
      else if (response.status === 409) sayIn(document.querySelector("[data-saved]"), say("elsewhere"), true, page);
    } catch {
      return;
    }
  }
}

export async function post(address, { key, values, revision }) {
  const body = new URLSearchParams([["key", key], ["revision", revision]]);
  (values.length ? values : [""]).forEach((value) => body.append("value", value));
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const response = await fetch(address, {
    method: "POST", body, headers, redirect: "manual", keepalive: `${body}`.length < 60000,
  });
  if (response.status >= 500 || response.status === 429) throw new Error(`${response.status}`);
  return response;
}

// The cookie's token is the newest one, also after signing in again in another tab.
export function token() {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  return cookie ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}
