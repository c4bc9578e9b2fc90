"""What stands in the cells of a spreadsheet's first sheet, as texts: XLSX, once it has passed every check of `office`."""

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from core.files.apart import run
from core.files.kinds import Kind, Refused
from core.files.office import opened
from core.files.office_parts import parse

MOST_ROWS, MOST_COLUMNS = 2000, 200
MOST_TEXT = 8 * 2**20
"""Characters of all cells together: a small file can say one long text in each of them, by its number."""
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
BOOK, RELATIONS, TEXTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"


def check(data: bytes) -> dict[str, Any]:
    """Return the rows of the first sheet, or refuse the file."""
    if not data.startswith(b"PK"):
        raise Refused("no-sheet")
    kind, parts = opened(data)
    if kind != Kind.XLSX:
        raise Refused("no-sheet")
    cells = _Cells(_texts(parts.get(TEXTS)))
    parse(parts[_first_sheet(parts)], cells.start, cells.text)
    return {"rows": cells.rows()}


def _first_sheet(parts: Mapping[str, bytes]) -> str:
    """Return the name of the part that holds the first sheet."""
    named: list[str] = []
    targets: dict[str, str] = {}

    def sheet(name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            named.append(attributes.get("id", ""))

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    if BOOK not in parts or RELATIONS not in parts:
        raise Refused("office-damaged")
    parse(parts[BOOK], sheet)
    parse(parts[RELATIONS], relation)
    target = targets.get(named[0], "") if named else ""
    found = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    if found not in parts:
        raise Refused("office-damaged")
    return found


class _Runs:
    """Gathers the text of `t` elements, but how it is pronounced."""

    def __init__(self) -> None:
        self.is_aside = False

    def begins(self, name: str) -> None:
        if name in ("rPh", "r", "si", "is", "c"):
            self.is_aside = name == "rPh"


def _texts(content: bytes | None) -> list[str]:
    """Return the texts that cells name by number."""
    found: list[str] = []
    runs = _Runs()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        runs.begins(name)
        if name == "si":
            found.append("")

    def text(name: str, piece: str) -> None:
        if name == "t" and found and not runs.is_aside:
            found[-1] += piece

    if content is not None:
        parse(content, start, text)
    return found


class _Cells:
    """Takes the elements of a sheet as they come."""

    def __init__(self, texts: list[str]) -> None:
        self.texts, self.runs = texts, _Runs()
        self.found: dict[int, dict[int, tuple[str, str]]] = {}
        self.row, self.column, self.kind = 0, 0, ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Go to the next row or cell."""
        self.runs.begins(name)
        if name == "row":
            self.row, self.column = _number(attributes.get("r", ""), self.row + 1), 0
        elif name == "c":
            self.column = _column(attributes.get("r", "")) or self.column + 1
            self.kind = attributes.get("t", "")
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS:
            raise Refused("sheet-long", rows=MOST_ROWS, columns=MOST_COLUMNS)

    def text(self, name: str, piece: str) -> None:
        """Add to the cell; a formula is not read, only what it came to."""
        if name == "v" or (name == "t" and not self.runs.is_aside):
            cells = self.found.setdefault(self.row, {})
            cells[self.column] = self.kind, cells.get(self.column, ("", ""))[1] + piece

    def rows(self) -> list[list[str]]:
        """Return every row up to the last, each up to its last cell."""
        last = max(self.found, default=0)
        left = MOST_TEXT
        found = []
        for row in range(1, last + 1):
            words = self._words(self.found.get(row, {}))
            left -= sum(map(len, words))
            if left < 0:
                raise Refused("bomb")
            found.append(words)
        return found

    def _words(self, cells: dict[int, tuple[str, str]]) -> list[str]:
        return [self._word(*cells.get(column, ("", ""))) for column in range(1, max(cells, default=0) + 1)]

    def _word(self, kind: str, value: str) -> str:
        if kind != "s":
            return _unescaped(value)
        at = _number(value, -1)
        if not 0 <= at < len(self.texts):
            raise Refused("office-damaged")
        return _unescaped(self.texts[at])


def _unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold, which the format writes as _x000D_."""
    return ESCAPED.sub(lambda found: _character(int(found[1], 16)), text)


def _character(code: int) -> str:
    """Return what a text may hold; nothing for half a character or a control."""
    is_text = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return chr(code) if is_text else ""


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,7}", text) else otherwise


def _column(place: str) -> int:
    """Return the number of the column that a place such as C5 names, counted from 1; 0 where it names none."""
    letters = re.match("[A-Z]{1,3}", place)
    number = 0
    for letter in letters[0] if letters else "":
        number = 26 * number + ord(letter) - 64
    return number


if __name__ == "__main__":
    run(check)
