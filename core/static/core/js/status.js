// Says in [data-saved] whether all that was typed is saved, and when, in the visitor's own time.

import { say } from "./sentences.js";

const PAGE = document.documentElement.lang || "en";
const LANGUAGE = PAGE === "en" ? "en-GB" : `${PAGE}-u-nu-latn`;

export function sayIn(place, words, isWaiting = false, page = "") {
  if (!place || place.textContent === words) return;
  const link = page && Object.assign(document.createElement("a"), { href: page, textContent: words });
  place.replaceChildren(link || words);
  place.classList.toggle("is-waiting", isWaiting);
}

export function sayWhen(place, iso, isNow = true) {
  const moment = new Date(iso ?? Date.now());
  const time = moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = moment.toLocaleDateString(LANGUAGE, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
  sayIn(place, say(isNow || moment.toDateString() === new Date().toDateString() ? "savedAt" : "savedOn", { time, day }));
}

document.querySelectorAll("[data-saved][data-at]").forEach((place) => sayWhen(place, place.dataset.at, false));
