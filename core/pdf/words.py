"""Text as it is handed to the layout: plain strings and marked spans, never markup."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from core.pdf.characters import CLUSTER
from core.pdf.faces import BOLD, Look
from core.words import with_known_signs

# Latin, Greek and Cyrillic slant; digits within words that cannot slant stay upright with them.
_HAS_ITALICS = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]")


@dataclass(frozen=True, slots=True)
class Span:
    """Words within a sentence that keep their own direction, and may be set apart."""

    text: str
    is_emphasised: bool = False
    is_strong: bool = False

    def look(self, around: Look) -> Look:
        """Return how the span is set within text of another look."""
        if self.is_strong:
            around = replace(around, weight=BOLD)
        slanted = self.is_emphasised and _HAS_ITALICS.search(self.text) is not None
        return replace(around, italic=around.italic != slanted)


type Text = str | Span | Sequence[str | Span]


def value(text: str) -> Span:
    """Keep a name or title apart from the sentence around it, whichever way it runs."""
    return Span(text)


def strong(text: str) -> Span:
    """Set words in bold."""
    return Span(text, is_strong=True)


def parts(text: Text) -> tuple[str | Span, ...]:
    """Return the pieces of a text, one or many."""
    return (text,) if isinstance(text, (str, Span)) else tuple(text)


def plain(text: Text) -> str:
    """Return the characters of a text without what sets them apart."""
    return "".join(part.text if isinstance(part, Span) else part for part in parts(text))


_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u202a-\u202e\u2060\ufeff]")


@lru_cache(maxsize=512)
def cleaned(text: str) -> str:
    """Normalise text for setting: NFC, one kind of line end, no control characters, Word's bullets as such."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return _INVISIBLE.sub("", with_known_signs(text).replace("\t", "    "))


_SPACES = " \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000\u200b"
_WORD_OR_SPACE = re.compile(f"[{_SPACES}]+|[^{_SPACES}]+")
# A hyphen ends a line between small letters only, so that references and
# numbers stay whole; a dash and a slash may always end one.
_MAY_BREAK = re.compile("(?<=[^\\W\\d_A-Z][-\u2010])(?=[^\\W\\d_A-Z])|(?<=[\u2013\u2014])(?=\\w)|(?<=[^/\\W]/)(?=\\w)")
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_NEVER_FIRST = frozenset(
    "\u0e2f\u0e30\u0e32\u0e33\u0e45\u0e46\u0eaf\u0eb0\u0eb2\u0eb3\u0ec6\u17d4\u17d5\u17d6\u17d7\u104a\u104b"
    "、。，．・：；？！）］｝」』】〉》〕ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ…‥%)]},.:;?!”’\u2069"
)
_NEVER_LAST = frozenset(
    "\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4（［｛「『【〈《〔([{“‘\u2066\u2067\u2068"
)


def is_space(unit: str) -> bool:
    """Tell whether a unit is white space at which a line may end."""
    return unit[0] in "\u200b\u3000" or unit.isspace()


@lru_cache(maxsize=512)
def units(text: str, *, at_hyphens: bool = True) -> tuple[str, ...]:
    """Cut a paragraph into spaces and the stretches that no line may end within."""
    pieces: list[str] = []
    for piece in _WORD_OR_SPACE.findall(text):
        if piece.isascii() and piece.isalpha():
            pieces.append(piece)
        elif _WITHOUT_SPACES.search(piece):
            pieces.extend(_between_clusters(piece))
        elif at_hyphens:
            pieces.extend(_MAY_BREAK.split(piece))
        else:
            pieces.append(piece)
    return tuple(pieces)


def _between_clusters(word: str) -> list[str]:
    """Cut where either side belongs to a script that is written without spaces."""
    pieces: list[str] = []
    last = ""
    for cluster in CLUSTER.findall(word):
        may_break = last and (_WITHOUT_SPACES.match(last) or _WITHOUT_SPACES.match(cluster))
        if may_break and cluster[0] not in _NEVER_FIRST and last[0] not in _NEVER_LAST:
            pieces.append(cluster)
        elif pieces:
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
        last = cluster
    return pieces


def paragraphs(text: str) -> list[str]:
    """Split what somebody wrote at its empty lines."""
    return [each.strip("\n") for each in re.split(r"\n[ \t]*\n\s*", cleaned(text).strip()) if each.strip()]


def preferred_han(text: str) -> str:
    """Return the typeface for Chinese characters that suits a text, told by the signs beside them."""
    if not _WITHOUT_SPACES.search(text):
        return "Kore" if re.search("[\uac00-\ud7af]", text) else ""
    if re.search("[\u3040-\u30ff]", text):
        return "Jpan"
    if re.search("[\uac00-\ud7af]", text):
        return "Kore"
    return ""
