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

_START = re.compile(rb"(?<![0-9])[0-9]{1,10}[\x00\t\n\f\r ]+[0-9]{1,5}[\x00\t\n\f\r ]+obj")
_TOKEN = re.compile(
    rb"(?P<name>/[^\x00\t\n\f\r ()<>\[\]{}/%]*)|(?P<open>\()|(?P<comment>%[^\r\n]*)|(?P<hex><[0-9A-Fa-f\s]*>)"
    rb"|(?P<end>endobj|stream\r?\n)"
)
_PART_OF_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def names_in(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield each name with the one before it (a key and its value stand so), in plain letters."""
    starts = [match.end() for match in _START.finditer(data)]
    left = MOST_UNPACKED
    for start, following in zip(starts, [*starts[1:], len(data)], strict=True):
        names: list[str] = []
        end = yield from _names(data, start, following, names)
        if "/ObjStm" in names and data.startswith(b"stream", end):
            unpacked = _unpacked(data, end, names, left)
            left -= len(unpacked)
            yield from _names(unpacked, 0, len(unpacked), [])
    yield from _trailers(data)


def _trailers(data: bytes) -> Iterator[tuple[str, str]]:
    for match in re.finditer(rb"\btrailer\b", data):
        yield from _names(data, match.end(), min(match.end() + 4096, len(data)), [])


def _names(data: bytes, place: int, stop: int, found: list[str]) -> Generator[tuple[str, str], None, int]:
    """Yield the names of one object, and return where its dictionary ends."""
    before = ""
    while match := _TOKEN.search(data, place, stop):
        place = match.end()
        if match.lastgroup == "end":
            return match.start()
        if match.lastgroup == "open":
            place = _end_of_text(data, place, stop)
        elif match.lastgroup == "name":
            name = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), match[0]).decode("latin-1")
            found.append(name)
            yield before, name
            before = name
    return stop


def _end_of_text(data: bytes, place: int, stop: int) -> int:
    depth = 1
    while depth and (match := _PART_OF_TEXT.search(data, place, stop)):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        place = match.end()
    return place if not depth else stop


def _unpacked(data: bytes, place: int, names: list[str], left: int) -> bytes:
    """Return the content of a stream of objects, which in practice is always packed the same one way."""
    begin = data.index(b"\n", place) + 1
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
