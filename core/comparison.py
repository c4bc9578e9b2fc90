"""Compares two texts word by word, in any script, without a database."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Literal, NamedTuple

from core.words import normal

__all__ = ["Piece", "compare"]

Sign = Literal["same", "gone", "new"]
MOST_STEPS = 4_000_000
"""Pairs of equal words that are looked at, some of them often; texts that take more are compared by lines."""

# Scripts that are written without spaces between words: each character with its marks is a word of its own. Han, kana,
# Thai, Lao, Tibetan, Myanmar, Khmer, Tai scripts and Javanese.
_SPACELESS = re.compile(
    "[\u0e01-\u0e3a\u0e40-\u0e4f\u0e81-\u0edf\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad"
    "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua980-\ua9df\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9d"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
_LEADING = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4]")
"""Vowels of Thai and Lao that are written before the consonant that they belong to."""
_INSIDE = "'\u2019\u00b7\u05f3\u05f4.,"
"""What stands inside of a word or a number between two letters or digits."""


class Piece(NamedTuple):
    """A part of both texts, of the old one only, or of the new one only."""

    sign: Sign
    text: str


class _Word(NamedTuple):
    """A word or a sign of punctuation, and the white space after it."""

    text: str
    space: str = ""

    @property
    def whole(self) -> str:
        return self.text + self.space


def compare(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts in order: same and gone together are the old text, same and new the new one.

    Texts are compared in NFC. Words are never cut, except in scripts without spaces, where characters are what is
    compared; a single word that happens to be the same amid a rewritten passage counts as rewritten.
    """
    for split in (_words, _lines):
        before, after = split(normal(old)), split(normal(new))
        found = _runs(before, after)
        if found is not None:
            return _merged(_rewritten(_merged(_pieces(before, after, found))))
    return _merged([Piece("gone", normal(old)), Piece("new", normal(new))])


def _runs(before: Sequence[_Word], after: Sequence[_Word]) -> list[Match] | None:
    """Return the longest runs that both have, in their order; None where looking for them takes too long.

    This is what SequenceMatcher does, but it would look through the same pairs again for each run that it finds:
    minutes for a few pages in which one word comes back between others.
    """
    matcher = SequenceMatcher(None, [word.text for word in before], [word.text for word in after], autojunk=False)
    there = Counter(word.text for word in after)
    steps = list(accumulate((1 + there[word.text] for word in before), initial=0))
    found, todo, left = [], [(0, len(before), 0, len(after))], MOST_STEPS
    while todo:
        first, last, start, end = todo.pop()
        left -= steps[last] - steps[first]
        if left < 0:
            return None
        run = matcher.find_longest_match(first, last, start, end)
        if run.size:
            found.append(run)
            todo += [(first, run.a, start, run.b), (run.a + run.size, last, run.b + run.size, end)]
    return sorted(found)


def _lines(text: str) -> list[_Word]:
    return [_Word(line) for line in text.splitlines(keepends=True)]


def _pieces(before: Sequence[_Word], after: Sequence[_Word], runs: Iterable[Match]) -> Iterator[Piece]:
    first = start = 0
    for place, counterpart, size in (*runs, Match(len(before), len(after), 0)):
        yield Piece("gone", "".join(word.whole for word in before[first:place]))
        yield Piece("new", "".join(word.whole for word in after[start:counterpart]))
        first, start = place + size, counterpart + size
        for one, other in zip(before[place:first], after[counterpart:start], strict=True):
            yield from _same(one, other)


def _same(one: _Word, other: _Word) -> Iterator[Piece]:
    """Yield a word that both texts have; the white space after it may differ."""
    if one.space == other.space:
        yield Piece("same", one.whole)
        return
    yield from (Piece("same", one.text), Piece("gone", one.space), Piece("new", other.space))


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Put neighbours of one sign together, between two that are the same first what is gone, then what is new."""
    found: list[Piece] = []
    gone = new = same = ""
    for sign, text in pieces:
        if sign == "same" and (gone or new) and text:
            found += [Piece("same", same), Piece("gone", gone), Piece("new", new)]
            same = gone = new = ""
        if sign == "same":
            same += text
        elif sign == "gone":
            gone += text
        else:
            new += text
    return [piece for piece in (*found, Piece("same", same), Piece("gone", gone), Piece("new", new)) if piece.text]


def _rewritten(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Count what is the same as changed too where the changes on both of its sides are more than twice as long."""
    for place, piece in enumerate(pieces):
        around = (_change(pieces[max(place - 2, 0) : place]), _change(pieces[place + 1 : place + 3][::-1]))
        is_short = all(2 * len(piece.text.strip()) < size for size in around)
        if piece.sign == "same" and is_short and "\n" not in piece.text:
            yield from (Piece("gone", piece.text), Piece("new", piece.text))
        else:
            yield piece


def _change(pieces: Sequence[Piece]) -> int:
    """Return how long the shorter side of a change is: 0 where something only came or only went."""
    sizes = {"gone": 0, "new": 0}
    for sign, text in pieces:
        if sign != "same":
            sizes[sign] = len(text)
    return min(sizes.values())


def _words(text: str) -> list[_Word]:
    """Split a text into its words and signs, each with the white space after it; together they are the text."""
    found = [_Word("")]
    for token in _tokens(text):
        if token.isspace():
            found[-1] = _Word(found[-1].text, found[-1].space + token)
        else:
            found.append(_Word(token))
    return found


def _tokens(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _belongs(text, start, place):
            yield text[start:place]
            start = place


def _belongs(text: str, start: int, place: int) -> bool:
    """Whether the character at a place goes on with the token that started before it."""
    last, here = text[place - 1], text[place]
    if last.isspace() or here.isspace():
        return last.isspace() and here.isspace()
    if _is_joined(here) or last == "\u200d":
        return True
    if _LEADING.match(last):
        return place - start == 1
    return not (_SPACELESS.match(here) or _SPACELESS.match(last)) and _is_inside(text, start, place)


def _is_inside(text: str, start: int, place: int) -> bool:
    """Whether a place is inside of a word: between letters and digits, or beside one sign that stands between two."""
    last, here = text[place - 1], text[place]
    if here in _INSIDE:
        return last.isalnum() and text[place + 1 : place + 2].isalnum()
    if last in _INSIDE:
        return place - start > 1 and here.isalnum()
    return here.isalnum() and (last.isalnum() or _is_joined(last))


def _is_joined(character: str) -> bool:
    """Whether a character only goes with the one before it: an accent, a vowel's mark, a joiner, a skin's tone."""
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf", "Sk"}
