"""From a template and the values of one letter to its parts, in the order in which they are set."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext as _

from core.pdf.words import Span, Text
from reports.builders.issue import InconsistentTerms
from reports.builders.template.fields import Kind
from reports.builders.template.tree import Condition, Insert, Node, Test, Words, read

type Value = str | Span | bool | None
"""What a field holds: words, words that keep their own direction, or whether a block is there."""
type Values = Mapping[str, Value]

_HEAD = re.compile(r"(#{1,3})\s+")
_NUMBER = re.compile(r"\d+\.\s+")
_NOTE = re.compile(r">\s+")
_MARK = re.compile(r"\\(.)|(\*\*|\*)")
_PLACES: tuple[Literal["title", "heading", "part"], ...] = ("title", "heading", "part")


class MissingValue(InconsistentTerms):
    """A letter names what its record does not say; it is held until the record is mended."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter; of a block only the name."""

    place: Literal["title", "heading", "part", "text", "note", "item", "block"]
    text: Text = ""
    number: int = 0
    block: str = ""


type _Piece = str | Insert


def parts_of(template: str, kind: Kind, values: Values) -> list[Part]:
    """Set a template that has no faults with the values of one letter; a value that is missing raises MissingValue."""
    found: list[Part] = []
    number = 0
    for lines in _paragraphs(_flat(read(template).nodes, values)):
        for part in _set(lines, kind, values):
            number = number + 1 if part.place == "item" else 0 if part.place in _PLACES else number
            found.append(replace(part, number=number) if part.place == "item" else part)
    return found


def _flat(nodes: Iterable[Node], values: Values) -> Iterator[_Piece]:
    for node in nodes:
        if isinstance(node, Words):
            yield node.text
        elif isinstance(node, Insert):
            yield node
        else:
            yield from _flat(_way(node, values), values)


def _way(node: Condition, values: Values) -> list[Node]:
    return node.then if _holds(node.test, values) else node.otherwise


def _holds(test: Test, values: Values) -> bool:
    there = values[test.name]
    return (there == test.value if test.value else _is_there(there)) != test.is_not


def _is_there(found: Value) -> bool:
    text = found.text if isinstance(found, Span) else found
    return bool(text.strip() if isinstance(text, str) else text)


def _paragraphs(pieces: Iterable[_Piece]) -> Iterator[list[list[_Piece]]]:
    """Split at empty lines; return the lines of each paragraph."""
    lines: list[list[_Piece]] = []
    line: list[_Piece] = []
    for piece in pieces:
        if piece != "\n":
            line.append(piece)
            continue
        if any(not isinstance(each, str) or each.strip() for each in line):
            lines.append(line)
        elif lines:
            yield lines
            lines = []
        line = []
    if lines:
        yield lines


def _set(lines: list[list[_Piece]], kind: Kind, values: Values) -> Iterator[Part]:
    """Set the lines of a paragraph: heads, notes, items and blocks take a line each, the others run on."""
    running: list[_Piece] = []
    for line in lines:
        alone = next(
            (each for each in line if isinstance(each, Insert) and kind.fields[each.name].look == "block"), None
        )
        begun = _beginning(line)
        if running and (alone or begun):
            yield Part("text", _words(running, kind, values))
            running = []
        if alone:
            yield Part("block", block=_block(alone, kind, values))
        elif begun:
            yield replace(begun, text=_words(_without_mark(line), kind, values))
        else:
            running += [" ", *line] if running else line
    if running:
        yield Part("text", _words(running, kind, values))


def _block(insert: Insert, kind: Kind, values: Values) -> str:
    must_be_there(kind, values, insert.name)
    return insert.name


def must_be_there(kind: Kind, values: Values, *names: str) -> None:
    """Raise MissingValue for the first of these that a letter would print as a blank."""
    for name in names:
        if not _is_there(values[name]):
            raise _missing(name, kind)


def _missing(name: str, kind: Kind) -> MissingValue:
    label = kind.fields[name].label
    return MissingValue(
        _("The letter says “%(field)s”, and the record has none. Fill it in there, or change the template.")
        % {"field": label}
    )


def _first(line: list[_Piece]) -> str:
    return line[0].lstrip() if isinstance(line[0], str) else ""


def _beginning(line: list[_Piece]) -> Part | None:
    first = _first(line)
    if match := _HEAD.match(first):
        return Part(_PLACES[len(match[1]) - 1])
    if _NUMBER.match(first):
        return Part("item")
    return Part("note") if _NOTE.match(first) else None


def _without_mark(line: list[_Piece]) -> list[_Piece]:
    first = _first(line)
    match = _HEAD.match(first) or _NUMBER.match(first) or _NOTE.match(first)
    return [first[match.end() :] if match else first, *line[1:]]


def _words(pieces: Iterable[_Piece], kind: Kind, values: Values) -> list[str | Span]:
    """Join pieces to a text; what is between stars is set apart, values with the words around them."""
    found: list[str | Span] = []
    marks = {"*": False, "**": False}
    for piece in pieces:
        if isinstance(piece, Insert):
            given = values[piece.name]
            if not _is_there(given) or isinstance(given, bool) or given is None:
                raise _missing(piece.name, kind)
            _append(found, given, marks)
            continue
        end = 0
        for match in _MARK.finditer(piece):
            _append(found, piece[end : match.start()] + (match[1] or ""), marks)
            end = match.end()
            if match[2]:
                marks[match[2]] = not marks[match[2]]
        _append(found, piece[end:], marks)
    return _trimmed(found)


def _append(found: list[str | Span], given: str | Span, marks: Mapping[str, bool]) -> None:
    if marks["*"] or marks["**"]:
        text = given.text if isinstance(given, Span) else given
        given = Span(text, is_emphasised=marks["*"], is_strong=marks["**"]) if text else ""
    last = found[-1] if found else None
    if isinstance(given, str) and isinstance(last, str):
        found[-1] = last + given
    elif isinstance(given, Span) and isinstance(last, Span) and _alike(given, last) and (marks["*"] or marks["**"]):
        found[-1] = replace(last, text=last.text + given.text)
    elif given:
        found.append(given)


def _alike(one: Span, other: Span) -> bool:
    return (one.is_emphasised, one.is_strong) == (other.is_emphasised, other.is_strong)


def _trimmed(found: list[str | Span]) -> list[str | Span]:
    if found and isinstance(found[0], str):
        found[0] = found[0].lstrip(" ")
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(" ")
    return [each for each in found if each]
