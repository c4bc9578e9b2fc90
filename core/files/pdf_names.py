"""The names that a PDF uses in any object that is written in it, whether or not its tables lead there.

Readers differ in which of several tables they believe, and mend broken ones by looking for objects themselves. So
the check does not ask the tables: it looks at each place where an object begins, and into each stream of objects.
"""

import re
import zlib
from collections.abc import Generator, Iterator

from core.files.kinds import Refused

MOST_UNPACKED = 60 * 2**20
"""Bytes that all streams of objects may have together."""

_BETWEEN = rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*[\r\n])+"
_START = re.compile(rb"(?<![0-9])[0-9]+" + _BETWEEN + rb"[0-9]+" + _BETWEEN + rb"obj")
_TOKEN = re.compile(
    rb"(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*)|(?P<open>\()|(?P<comment>%[^\r\n]*)|(?P<deeper><<)|(?P<hex><[^>]*>)"
    rb"|(?P<higher>>>)|(?P<end>endobj)|(?P<stream>stream[ \t]*(?:\r\n?|\n))"
)
_PART_OF_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def names_in(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield each name with the one before it (a key and its value stand so), in plain letters."""
    left = MOST_UNPACKED
    for start in _START.finditer(data):
        names: list[str] = []
        content = yield from _names(data, start.end(), names)
        if "/ObjStm" in names and content is not None:
            unpacked = _unpacked(data, content, names, left)
            left -= len(unpacked)
            yield from _names(unpacked, 0, [], is_whole=True)
    for trailer in re.finditer(rb"\btrailer\b", data):
        yield from _names(data, trailer.end(), [])


def _names(
    data: bytes, place: int, found: list[str], *, is_whole: bool = False
) -> Generator[tuple[str, str], None, int | None]:
    """Yield the names of one object, or of all that stands there, and return where its stream begins, if it has one.

    The words `endobj` and `stream` end an object only outside of its dictionaries: readers go on at those inside.
    """
    before, depth = "", 0
    while match := _TOKEN.search(data, place):
        place, kind = match.end(), match.lastgroup
        if kind in {"end", "stream"} and depth <= 0 and not is_whole:
            return place if kind == "stream" else None
        if kind == "open":
            place = _end_of_text(data, place)
        elif kind == "name":
            name = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), match[0]).decode("latin-1")
            found.append(name)
            yield before, name
            before = name
        depth += {"deeper": 1, "higher": -1}.get(kind or "", 0)
    return None


def _end_of_text(data: bytes, place: int) -> int:
    depth = 1
    while depth and (match := _PART_OF_TEXT.search(data, place)):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        place = match.end()
    return place if not depth else len(data)


def _unpacked(data: bytes, begin: int, names: list[str], left: int) -> bytes:
    """Return the content of a stream of objects, which in practice is always packed the same one way."""
    end = data.find(b"endstream", begin)
    raw = data[begin : end if end >= 0 else len(data)]
    filters = {name for name in names if name.endswith("Decode")}
    if not filters and "/Filter" not in names:
        return raw
    if filters != {"/FlateDecode"} or "/Predictor" in names:
        raise Refused("pdf-odd")
    try:
        unpacked = zlib.decompressobj().decompress(raw, left + 1)
    except zlib.error:
        raise Refused("pdf-damaged") from None
    if len(unpacked) > left:
        raise Refused("bomb")
    return unpacked
