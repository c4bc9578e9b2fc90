// Counts words and characters; the twin of core/words.py, run on the same table of cases.

const SPACE = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const EACH_ONE =
  "\\u2e80-\\u2fd5\\u3005\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff" +
  "\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9d\\u{1aff0}-\\u{1b16f}\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[^${SPACE}]+`, "gu");
const SINGLE = new RegExp(`[${EACH_ONE}]`, "gu");
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

export function normal(text) {
  return text.normalize("NFC").replace(/\r\n?/g, "\n");
}

export function countCharacters(text) {
  return [...normal(text)].length;
}

export function countWords(text) {
  return (normal(text).match(RUN) ?? []).reduce((sum, run) => sum + wordsIn(run), 0);
}

function wordsIn(run) {
  const singles = (run.match(SINGLE) ?? []).length;
  if (singles === 0) return 1;
  return singles + run.split(SINGLE).filter((piece) => LETTER_OR_DIGIT.test(piece)).length;
}
