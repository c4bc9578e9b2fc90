"""Writes rows to a spreadsheet as they come, as XLSX or CSV; what a cell holds is never taken for a formula."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, Protocol

import xlsxwriter

Cell = str | int | Decimal | datetime | None
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
LONGEST = 32_000
"""A cell of XLSX holds 32,767 characters."""
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Sheet(Protocol):
    """Something that takes one row after the other."""

    def add(self, cells: Iterable[Cell]) -> None:
        """Write one row."""


@contextmanager
def sheet_in(file: IO[bytes], kind: str) -> Iterator[Sheet]:
    """Open a sheet of a kind in a file; it is whole at the end of the block."""
    sheet = _Xlsx(file) if kind == "xlsx" else _Csv(file)
    yield sheet
    sheet.close()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULAS) else text


class _Csv:
    def __init__(self, file: IO[bytes]) -> None:
        self.text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.text)

    def add(self, cells: Iterable[Cell]) -> None:
        self.writer.writerow([_plain(cell) for cell in cells])

    def close(self) -> None:
        self.text.flush()
        self.text.detach()


def _plain(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return harmless(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


class _Xlsx:
    """Keeps one row in memory; texts are written as texts, whatever they begin with."""

    def __init__(self, file: IO[bytes]) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "remove_timezone": True,
        }
        self.book = xlsxwriter.Workbook(file, options)
        self.sheet = self.book.add_worksheet()
        self.bold = self.book.add_format({"bold": True})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.sheet.freeze_panes(1, 2)
        self.row = 0

    def add(self, cells: Iterable[Cell]) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime):
                self.sheet.write_datetime(self.row, column, cell, self.moment)
            elif isinstance(cell, int | Decimal):
                self.sheet.write_number(self.row, column, cell)
            elif cell:
                self.sheet.write_string(self.row, column, harmless(cell)[:LONGEST], None if self.row else self.bold)
        self.row += 1

    def close(self) -> None:
        self.book.close()
