// Shows two texts of one answer, the one that somebody else saved and one's own, and lets the person choose.

export function showConflict({ key, place, message, mine, theirs, onMine, onTheirs }) {
  place.parentElement.querySelector(`.conflict[data-key="${CSS.escape(key)}"]`)?.remove();
  const id = `conflict-${key}`;
  const box = element("div", { className: "conflict", tabIndex: -1 });
  box.dataset.key = key;
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", id);
  const own = text(mine, "Your text");
  box.append(
    element("p", { id, textContent: message || "Somebody else changed this answer. Both texts are here." }),
    element("p", { textContent: "Saved by somebody else:" }),
    text(theirs, "The other text"),
    element("p", { textContent: "Yours:" }),
    own,
    choice(box, [["Keep mine", onMine], ["Use theirs", onTheirs]]),
  );
  place.after(box);
  box.focus();
  return { update: (values) => (own.textContent = values.join("\n")) };
}

function text(values, label) {
  const quote = element("blockquote", { textContent: values.join("\n") || "(empty)", tabIndex: 0, dir: "auto" });
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
