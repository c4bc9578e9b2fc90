"""A form as a file: written as JSON, and read with a report that says line by line what is wrong."""

import json
import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from django.utils.translation import gettext as _

from core.forms.faults import Fault, faults_in

SPACE = re.compile(r"[ \t\r\n]*")
SCALAR = re.compile(r"-?\d[\d.eE+-]*|true|false|null")
LARGEST = 1_000_000

type Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong, and in which line of the file; 0 is the file as a whole."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file as it was read: the form, or all that is wrong with it."""

    content: dict[str, Any]
    faults: tuple[LineFault, ...] = ()


def write(content: Mapping[str, Any]) -> str:
    """Write a form as a file that `read` takes."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read(text: str) -> FormFile:
    """Read a file, and report everything that is wrong in it with its line."""
    if len(text) > LARGEST:
        return _refused(0, _("This file is too large to be a form."))
    try:
        return _read(text)
    except RecursionError:
        return _refused(0, _("This file is nested too deep to be a form."))


def _read(text: str) -> FormFile:
    try:
        raw = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return _refused(error.lineno, _("This is not JSON from here on: %(error)s.") % {"error": error.msg})
    except ValueError:
        return _refused(0, _("This file holds a number that no form has. Write numbers in a few figures."))
    if not isinstance(raw, dict):
        return _refused(1, _("This is not a form. A form is one object with a list of “sections”."))
    raw.pop("$schema", None)
    lines = _Lines(text).read()
    faults = tuple(LineFault(_line_of(fault, lines), str(fault)) for fault in faults_in(raw))
    return FormFile(raw, faults)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _refused(line: int, message: str) -> FormFile:
    return FormFile({}, (LineFault(line, message),))


def _line_of(fault: Fault, lines: Mapping[Path, int]) -> int:
    """Return the line of the property at fault, or of the nearest thing around it."""
    path: Path = ()
    if fault.section:
        path = ("sections", fault.section - 1)
    if fault.question:
        path = (*path, "questions", fault.question - 1)
    path = (*path, fault.name) if fault.name else path
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Lines:
    """Walks through JSON that is known to be good, and notes in which line each part begins."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = [found.start() for found in re.finditer("\n", text)]
        self.found: dict[Path, int] = {}

    def read(self) -> dict[Path, int]:
        """Return the line of each part by its path."""
        self._value(SPACE.match(self.text, 0).end(), ())  # type: ignore[union-attr]
        return self.found

    def _value(self, at: int, path: Path) -> int:
        self.found.setdefault(path, 1 + bisect(self.ends, at))
        if self.text[at] == '"':
            return int(scanstring(self.text, at + 1)[1])
        if self.text[at] in "{[":
            return self._inside(at, path)
        return SCALAR.match(self.text, at).end()  # type: ignore[union-attr]

    def _inside(self, at: int, path: Path) -> int:
        is_object, number = self.text[at] == "{", 0
        at = self._skip(at + 1)
        while self.text[at] not in "]}":
            name: str | int = number
            if is_object:
                name, at = scanstring(self.text, at + 1)
                at = self._skip(self._skip(at) + 1)
            at = self._skip(self._value(at, (*path, name)))
            if self.text[at] == ",":
                at = self._skip(at + 1)
            number += 1
        return at + 1

    def _skip(self, at: int) -> int:
        return SPACE.match(self.text, at).end()  # type: ignore[union-attr]


def report(faults: tuple[LineFault, ...]) -> Iterator[str]:
    """Say each fault with its line."""
    for fault in faults:
        if fault.line:
            yield _("Line %(line)d: %(message)s") % {"line": fault.line, "message": fault.message}
        else:
            yield fault.message
