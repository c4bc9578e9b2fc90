"""Which way each character runs: the Unicode bidirectional algorithm for one paragraph.

``python-bidi`` resolves weak and neutral types; what its character-level part
does not know, isolates and paired brackets, is added here. Overrides and
embeddings are ignored: they come only from pasted text, and can only mislead.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypedDict
from unicodedata import bidirectional

from bidi.algorithm import (
    calc_level_runs,
    get_empty_storage,
    resolve_implicit_levels,
    resolve_neutral_types,
    resolve_weak_types,
)

Direction = Literal["ltr", "rtl", "auto"]

_RTL = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_OPEN, _CLOSE = "\u2066\u2067\u2068", "\u2069"
_STEERING = frozenset("LRE RLE LRO RLO PDF LRI RLI FSI PDI BN".split())
_BRACKETS = {")": "(", "]": "[", "}": "{", "\u300d": "\u300c", "\u300f": "\u300e", "\uff09": "\uff08"}


class _Character(TypedDict):
    ch: str
    level: int
    type: str
    orig: str


def has_backward(text: str) -> bool:
    """Tell whether any of the text runs from right to left."""
    return _RTL.search(text) is not None


def main_direction(text: str) -> Direction:
    """Return the way in which most letters of a name or title run: a title in two scripts goes by its longer part."""
    sides = [bidirectional(character) for character in text]
    backward = sum(side in {"R", "AL"} for side in sides)
    return "rtl" if backward > sides.count("L") else "ltr"


def base_level(text: str, direction: Direction) -> int:
    """Return 1 for a paragraph from right to left, else 0; ``auto`` goes by its first letter."""
    if direction != "auto":
        return int(direction == "rtl")
    depth = 0
    for character in text:
        if character in _OPEN:
            depth += 1
        elif character == _CLOSE:
            depth = max(0, depth - 1)
        elif not depth and bidirectional(character) in ("L", "R", "AL"):
            return int(bidirectional(character) != "L")
    return 0


def levels(text: str, base: int) -> list[int]:
    """Return the embedding level of each character: even runs to the right, odd to the left."""
    if not base and not has_backward(text):
        return [0] * len(text)
    result = [base] * len(text)
    outer: list[int] = []
    position = 0
    while position < len(text):
        outer.append(position)
        if text[position] not in _OPEN:
            position += 1
            continue
        end = _end_of_isolate(text, position)
        if end - position > 1:
            inner = text[position + 1 : end]
            result[position + 1 : end] = _isolated(inner, text[position], base)
        position = end
    for index, level in zip(outer, _resolve([text[index] for index in outer], base), strict=True):
        result[index] = level
    return result


def _end_of_isolate(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        if text[index] in _OPEN:
            depth += 1
        elif text[index] == _CLOSE:
            depth -= 1
            if not depth:
                return index
    return len(text)


def _isolated(inner: str, opener: str, outside: int) -> list[int]:
    direction: Direction = {"\u2066": "ltr", "\u2067": "rtl"}.get(opener, "auto")  # type: ignore[assignment]
    base = base_level(inner, direction)
    lift = outside + (1 if outside % 2 != base else 2) - base
    return [level + lift for level in levels(inner, base)]


def _resolve(characters: Sequence[str], base: int) -> list[int]:
    """Resolve one stretch without isolates; an opener or closer stands for its whole isolate."""
    kinds = ["ON" if character in _OPEN + _CLOSE else bidirectional(character) or "L" for character in characters]
    kept = [index for index, kind in enumerate(kinds) if kind not in _STEERING]
    storage = get_empty_storage()
    storage["base_level"] = base
    storage["chars"] = entries = [
        _Character(ch=characters[index], level=base, type=kinds[index], orig=kinds[index]) for index in kept
    ]
    calc_level_runs(storage)
    resolve_weak_types(storage)
    _pair_brackets(entries, base)
    resolve_neutral_types(storage, False)
    resolve_implicit_levels(storage, False)
    result, last = [base] * len(kinds), base
    places = dict(zip(kept, entries, strict=True))
    for index in range(len(kinds)):
        last = places[index]["level"] if index in places else last
        result[index] = last
    return result


def _pair_brackets(entries: list[_Character], base: int) -> None:
    """Give both brackets of a pair one direction (rule N0)."""
    for start, end in sorted(_bracket_pairs(entries)):
        side = _side_of_pair(entries, start, end, "L" if base == 0 else "R")
        if side:
            entries[start]["type"] = entries[end]["type"] = side


def _bracket_pairs(entries: list[_Character]) -> Iterator[tuple[int, int]]:
    open_at: list[int] = []
    for index, entry in enumerate(entries):
        character = entry["ch"] if entry["type"] == "ON" else ""
        if character in _BRACKETS.values():
            open_at.append(index)
        elif character in _BRACKETS:
            matching = [start for start in open_at if entries[start]["ch"] == _BRACKETS[character]]
            if matching:
                del open_at[open_at.index(matching[-1]) :]
                yield matching[-1], index


def _side_of_pair(entries: list[_Character], start: int, end: int, own: str) -> str:
    inside = {_strong(entry["type"]) for entry in entries[start + 1 : end]} - {""}
    if not inside or own in inside:
        return own if inside else ""
    before = next((side for entry in reversed(entries[:start]) if (side := _strong(entry["type"]))), own)
    return before if before in inside else own


def _strong(kind: str) -> str:
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def visual_order(line: Sequence[int]) -> list[int]:
    """Return the positions of a line's pieces from left to right, given their levels (rule L2)."""
    order = list(range(len(line)))
    odd = [level for level in line if level % 2]
    if not odd:
        return order
    for level in range(max(line), min(odd) - 1, -1):
        start = 0
        while start < len(order):
            if line[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and line[order[end]] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end
    return order
