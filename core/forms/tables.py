"""Answers that are tables: rows of cells, each a text as it was typed."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.forms.choice_faults import MOST_ROWS
from core.forms.definition import Column, Kind, Question
from core.forms.reading import storable

TAB = "\t"
MOST_KEPT = 4 * MOST_ROWS
"""So many rows are kept, also where fewer may be: what was pasted too much is taken out again row by row."""
MOST_SAID = 10
"""So many cells are named at once; who has mended them hears of the rest."""


def as_rows(question: Question, value: Any) -> list[list[str]]:
    """Return the rows that are kept: as wide as the table, without those in which nothing stands."""
    width = len(question.columns)
    if not isinstance(value, list) or not all(_is_row(each, width) for each in value):
        message = _("Send this answer as a list of rows, each a list of at most %(width)d texts.") % {"width": width}
        raise ValidationError({question.key: message})
    rows = ([*(_cell(each) for each in row), *[""] * (width - len(row))] for row in value)
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    if len(kept) > MOST_KEPT:
        raise ValidationError({question.key: _too_many(MOST_KEPT)})
    return kept


def _is_row(row: Any, width: int) -> bool:
    return isinstance(row, list) and len(row) <= width and all(isinstance(cell, str) for cell in row)


def _cell(text: str) -> str:
    """Return one line: what stands between tabs and line ends is what a row of a spreadsheet holds."""
    return " ".join(storable(text).replace(TAB, " ").splitlines())


def from_text(text: str) -> list[list[str]]:
    """Read lines of cells between tabs: one text control, a piece of a spreadsheet."""
    return [line.split(TAB) for line in text.replace("\r\n", "\n").split("\n")]


def check_rows(question: Question, rows: Any, check: Callable[[Kind, str], None]) -> None:
    """Refuse too few or too many rows, and cells that are missing or wrong, each named by row and column."""
    told = [*_number_of_rows(question, len(rows)), *_cells(question, rows, check)]
    if told:
        raise ValidationError(told[:MOST_SAID])


def _number_of_rows(question: Question, count: int) -> Iterator[str]:
    most = question.most_rows or MOST_ROWS
    if count > most:
        yield _too_many(most)
    elif count < (question.least_rows or 0):
        lacking = (question.least_rows or 0) - count
        yield ngettext("Add %(lacking)d row.", "Add %(lacking)d rows.", lacking) % {"lacking": lacking}


def _too_many(most: int) -> str:
    sentence = ngettext("Take out rows: at most %(most)d fits.", "Take out rows: at most %(most)d fit.", most)
    return sentence % {"most": most}


def _cells(question: Question, rows: Any, check: Callable[[Kind, str], None]) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        for column, text in zip(question.columns, row, strict=False):
            if message := _cell_fault(column, text, check):
                yield _("Row %(row)d, %(column)s: %(message)s") % {
                    "row": number, "column": column.label, "message": message,
                }  # fmt: skip


def _cell_fault(column: Column, text: str, check: Callable[[Kind, str], None]) -> str:
    if not text.strip():
        return _("Fill this in.") if column.required else ""
    try:
        check(column.kind, text)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
