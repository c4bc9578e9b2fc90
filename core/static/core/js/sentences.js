// Gives scripts their sentences in the language of the page: they stand on <template id="sentences"> as data attributes.

const SENTENCES = document.getElementById("sentences")?.dataset ?? {};

export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const say = (name, values = {}) => fill(SENTENCES[name] ?? "", values);
