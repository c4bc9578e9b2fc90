"""The words on a page that a person reads or hears, with those left out that stand within a translated text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from tests.pseudo import CLOSE, OPEN

_SPOKEN = ("aria-label", "title", "alt", "placeholder", "aria-description", "data-pattern", "data-place")
_SILENT = {"script", "style", "code", "svg"}
_WITHIN = {"a", "abbr", "b", "bdi", "code", "em", "i", "output", "small", "span", "strong", "time", "br"}
_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _WITHIN:
            self._depth = 0
        if tag in _SILENT:
            self._silent += 1
        names = dict(attrs)
        is_button = tag == "input" and names.get("type") in ("submit", "button")
        for name, value in attrs:
            if value and (
                name in _SPOKEN or (name == "value" and is_button) or (tag == "template" and "data-" in name)
            ):
                self.found += outside(value)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _WITHIN:
            self._depth = 0
        if tag in _SILENT:
            self._silent -= 1

    def handle_data(self, text: str) -> None:
        if not self._silent:
            words, self._depth = _split(text, self._depth)
            self.found += words


def outside(text: str) -> list[str]:
    """Return the pieces of a text that are in no bracket."""
    return _split(text, 0)[0]


def _split(text: str, depth: int) -> tuple[list[str], int]:
    pieces = [""]
    for sign in text:
        if sign == OPEN:
            depth += 1
            pieces.append("")
        elif sign == CLOSE:
            depth = max(depth - 1, 0)
        elif depth == 0:
            pieces[-1] += sign
    return [piece for piece in pieces if re.search(r"[^\W\d_]{2}", piece)], depth


def untranslated(html: str) -> Iterator[str]:
    """Yield what a page says in no bracket, in the pieces that commas, brackets and the like make of it."""
    reader = _Reader()
    reader.feed(html)
    for text in reader.found:
        yield from fragments(text)


def fragments(text: str) -> Iterator[str]:
    """Yield the pieces of a text between marks, without the space around them."""
    text = re.sub(r"(?<!\S)/\S*/", " ", text)  # an address of our own
    for piece in re.split(r"[·/|,;:()\[\]…—–\n\"“”→?!]|\.(?=\s|$)|\s-\s", text):
        clean = " ".join(piece.split())
        if re.search(r"[^\W\d_]{2}", clean):
            yield clean
