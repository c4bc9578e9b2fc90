// Shows two texts of one answer, the one that somebody else saved and one's own, and lets the person choose: one of the
// two, or both together in the field, to be made into one there.

import { say } from "./sentences.js";

export function showConflict({ key, place, message, mine, theirs, isText, onTheirs, onOwn }) {
  place.parentElement.querySelector(`.conflict[data-key="${CSS.escape(key)}"]`)?.remove();
  const id = `conflict-${key}`;
  const box = element("div", { className: "conflict", tabIndex: -1 });
  box.dataset.key = key;
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", id);
  const own = text(mine, say("ownText"));
  let latest = mine;
  const ways = [[say("keepMine"), () => onOwn(latest)], [say("useTheirs"), () => onTheirs()]];
  if (isText) ways.push([say("editBoth"), () => onOwn([together(theirs.join("\n"), latest.join("\n"))])]);
  box.append(
    element("p", { id, textContent: message || say("conflict") }),
    element("p", { textContent: say("savedByOther") }),
    text(theirs, say("otherText")),
    element("p", { textContent: say("yours") }),
    own,
    choice(box, ways),
  );
  place.after(box);
  box.focus();
  const update = (values) => {
    latest = values;
    own.textContent = values.join("\n") || say("empty");
  };
  return { update };
}

// Puts two texts into one: lines that both begin or end with once, between them first the one's, then the other's.
export function together(one, other) {
  const [first, second] = [one.split("\n"), other.split("\n")];
  const most = Math.min(first.length, second.length);
  let start = 0;
  while (start < most && first[start] === second[start]) start += 1;
  let end = 0;
  while (end < most - start && first.at(-1 - end) === second.at(-1 - end)) end += 1;
  const middle = (lines) => lines.slice(start, lines.length - end).join("\n");
  const parts = [middle(first), middle(second)].filter((part) => part.trim());
  return [...first.slice(0, start), ...(parts.length ? [parts.join("\n\n")] : []), ...first.slice(first.length - end)].join("\n");
}

function text(values, label) {
  const quote = element("blockquote", { textContent: values.join("\n") || say("empty"), tabIndex: 0, dir: "auto" });
  quote.setAttribute("aria-label", label);
  quote.setAttribute("role", "group");
  return quote;
}

function choice(box, ways) {
  const row = element("p", { className: "row" });
  for (const [words, act] of ways) {
    const button = element("button", { type: "button", className: "button is-small is-quiet", textContent: words });
    button.addEventListener("click", () => {
      box.remove();
      act();
    });
    row.append(button);
  }
  return row;
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
