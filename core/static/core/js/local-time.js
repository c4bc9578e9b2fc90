// Adds the visitor's own time to each <time data-local> where it differs from the one that is written.

import { say } from "./sentences.js";

const PAGE = document.documentElement.lang || "en";
const LANGUAGE = PAGE === "en" ? "en-GB" : `${PAGE}-u-nu-latn`;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const place = zone?.includes("/") ? zone.split("/").pop().replaceAll("_", " ") : "";

function localTime(moment) {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(moment);
  const day = new Intl.DateTimeFormat(LANGUAGE, { weekday: "short", day: "numeric", month: "long" }).format(moment);
  const date = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);
  return { clock, date, day: day.replace(",", "") };
}

function show(element) {
  const { clock, date, day } = localTime(new Date(element.dateTime));
  const isSameDay = element.dataset.local === date;
  element.removeAttribute("data-local");
  if (!place || element.textContent.includes(` ${clock} `)) return;
  const note = document.createElement("span");
  note.className = "quiet";
  note.textContent = ` ${say(isSameDay ? "localTime" : "localDay", { time: clock, day, place })}`;
  element.after(note);
}

const showAll = (root) => root.querySelectorAll("time[data-local]").forEach(show);
showAll(document);
document.addEventListener("htmx:load", (event) => showAll(event.target));
document.addEventListener("fund:replaced", (event) => showAll(event.target));
