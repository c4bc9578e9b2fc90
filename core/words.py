"""Text as it is kept, and its words and characters as the forms promise them; `words.js` counts the same way."""

import re
import unicodedata

# Both twins spell the sets out instead of naming Unicode properties, because Python and the browser know different
# versions of Unicode. White space is Unicode's White_Space. The second set is Han, Hiragana and Katakana with their
# iteration and length marks.
_SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_EACH_ONE = (
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[^{_SPACE}]+")
_SINGLE = re.compile(f"[{_EACH_ONE}]")
_LINE_END = re.compile(r"\r\n?")
# Word keeps the signs of Symbol and Wingdings, its bullets first of all, under numbers that no other font knows.
_OF_WORD = str.maketrans(
    dict.fromkeys("\uf06c\uf06e\uf071\uf075\uf076\uf0a7\uf0b7\uf0d8", "•")
    | dict.fromkeys("\uf06f\uf0a8", "□")
    | dict.fromkeys("\uf0fc\uf0fe", "✓")
    | dict.fromkeys("\uf0fb\uf0fd", "×")
    | dict.fromkeys("\uf0e0\uf0e8", "→")
)


def normal(text: str) -> str:
    """Return the text in NFC, with each line end as one character."""
    return _LINE_END.sub("\n", unicodedata.normalize("NFC", text))


def with_known_signs(text: str) -> str:
    """Return the text with the bullets and ticks that Word pastes as signs that every font knows, one for one."""
    return text if text.isascii() else text.translate(_OF_WORD)


def count_characters(text: str) -> int:
    """Count code points after NFC, with a line end as one."""
    return len(normal(text))


def count_words(text: str) -> int:
    """Count runs between white space, where each Han, Hiragana or Katakana character counts as one.

    In a run that has such characters, what stands between them counts only if it has a letter or a digit, so that
    Chinese and Japanese punctuation costs nothing.
    """
    return sum(_words_in(run) for run in _RUN.findall(normal(text)))


def _words_in(run: str) -> int:
    singles = len(_SINGLE.findall(run))
    if not singles:
        return 1
    return singles + sum(1 for piece in _SINGLE.split(run) if any(_is_letter_or_digit(each) for each in piece))


def _is_letter_or_digit(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"
