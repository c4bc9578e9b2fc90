"""Folds text for search: one spelling without accents, case and punctuation, the same on every database.

What is stored and what is asked go through the same function, so PostgreSQL and SQLite find the same.
"""

import re
import unicodedata
from enum import Enum
from typing import NamedTuple

# Han, Hiragana and Katakana are written without spaces: any part of a run may be asked for.
_HAN = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Thai, Lao, Tibetan, Burmese and Khmer too, but their words are longer than two characters.
_LONG = "\u0e01-\u0e4e\u0e80-\u0eff\u0f40-\u0fbc\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
_LONGEST = 100
_LONGEST_KEY = 60
_PIECES = re.compile(
    rf"(?P<han>[{_HAN}]{{1,{_LONGEST}}})|(?P<long>[{_LONG}]{{1,{_LONGEST}}})|(?P<word>[^\s{_HAN}{_LONG}]{{1,{_LONGEST}}})"
)
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŀ": "l"})
# Marks that a reader may leave out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels and tatweel.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")


class Way(Enum):
    """How a piece is written, which decides how it is looked for."""

    WORD = "word"
    HAN = "han"
    LONG = "long"


class Piece(NamedTuple):
    """A word, or a run of a script without spaces."""

    text: str
    way: Way


class _Spaces(dict[int, str | None]):
    """Turns everything that is no letter, digit or mark into a space; remembers each character."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = character if unicodedata.category(character)[0] in "LMN" else " "
        return str(self[code])


_SPACES = _Spaces()


def pieces_of(text: str) -> list[Piece]:
    """Return the words and runs of a text, folded."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    plain = unicodedata.normalize("NFKC", plain).casefold().translate(_LETTERS).translate(_SPACES)
    return [Piece(each.group(), Way(each.lastgroup)) for each in _PIECES.finditer(plain)]


def fold(text: str) -> str:
    """Return a text as it is searched: pieces between single spaces, a space at both ends."""
    return _joined(pieces_of(text))


def key_of(word: str) -> str:
    """Return the key by which a tag or flag is stored and searched: its folded words, joined."""
    return "-".join(fold(word).split())[:_LONGEST_KEY]


def indexed(text: str) -> str:
    """Return a folded text with every two neighbours of Han and kana after it, so that an index finds each."""
    pieces = pieces_of(text)
    pairs = {pair for each in pieces if each.way is Way.HAN for pair in pairs_in(each.text)}
    return _joined(pieces) + (" ".join(sorted(pairs)) + " " if pairs else "")


def pairs_in(run: str) -> list[str]:
    """Return every two neighbours of a run, and its last character alone."""
    return [run[start : start + 2] for start in range(len(run))]


def _joined(pieces: list[Piece]) -> str:
    return f" {' '.join(each.text for each in pieces)} "
