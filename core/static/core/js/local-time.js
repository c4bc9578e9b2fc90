// Adds the visitor's own time to each <time data-local> where it differs from the one that is written.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const place = zone?.includes("/") ? zone.split("/").pop().replaceAll("_", " ") : "";

function localTime(moment) {
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(moment);
  const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "long" }).format(moment);
  return { clock, day: day.replace(",", "") };
}

function show(element) {
  const { clock, day } = localTime(new Date(element.dateTime));
  element.removeAttribute("data-local");
  if (!place || element.textContent.includes(` ${clock} `)) return;
  const isSameDay = element.textContent.startsWith(day.split(" ").slice(0, 2).join(" "));
  const note = document.createElement("span");
  note.className = "quiet";
  note.textContent = ` (${clock}${isSameDay ? "" : ` on ${day}`} in ${place}, your time zone)`;
  element.after(note);
}

const showAll = (root) => root.querySelectorAll("time[data-local]").forEach(show);
showAll(document);
document.addEventListener("htmx:load", (event) => showAll(event.target));
document.addEventListener("fund:replaced", (event) => showAll(event.target));
