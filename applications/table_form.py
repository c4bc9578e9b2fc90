"""A table to be filled in: rows can be added and taken out with and without script."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from django import forms

from core.forms.answers import as_text
from core.forms.choice_faults import MOST_ROWS
from core.forms.definition import Column, Kind, Question

FIRST_ROWS, MORE_ROWS = 3, 5
MODES = {Kind.NUMBER: "decimal", Kind.MONEY: "decimal"}


def cell_name(question: Question, row: int, column: Column) -> str:
    """Name the control of a cell; no key has a point in it."""
    return f"{question.key}.{row}.{column.key}"


def rows_of(question: Question, data: Any) -> list[list[str]]:
    """Read the rows that a page sent, without the one whose button “Remove” was pressed."""
    dropped = data.get("drop")
    first = question.columns[0]
    rows = []
    # The page numbers its rows without a gap, and draws all that are kept, too many of them also.
    for number in count():
        if cell_name(question, number, first) not in data:
            break
        if dropped != f"{question.key}.{number}":
            rows.append([data.get(cell_name(question, number, column), "") for column in question.columns])
    return rows


class TableInput(forms.Widget):
    """Rows of cells, and the same as one text that is saved while it is typed."""

    template_name = "applications/parts/table-input.html"
    is_group = True

    def __init__(self, question: Question, currency: str) -> None:
        super().__init__()
        self.question = question
        self.currency = currency
        self.has_room = False
        self.most = question.most_rows or MOST_ROWS

    def id_for_label(self, id_: str, index: Any = None) -> str:
        """Lead to the first cell."""
        return f"{id_}_0" if id_ else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return the rows as they are kept."""
        return data.get(name) or []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the rows with their cells, some of them empty."""
        kept = value if isinstance(value, list) else []
        context = super().get_context(name, value, attrs)
        rows = [*kept, *[[""] * len(self.question.columns)] * self._empty(len(kept))]
        return context | {
            "question": self.question,
            "rows": [self._row(number, row, context["widget"]["attrs"]) for number, row in enumerate(rows)],
            "text": as_text(kept),
            "revision": context["widget"]["attrs"].get("data-revision", ""),
            "most": self.most,
            "has_more": len(rows) < self.most,
            "currency": self.currency,
        }

    def _empty(self, kept: int) -> int:
        """Return how many empty rows to draw: some to begin with, then one, or as many as were asked for."""
        wanted = MORE_ROWS if self.has_room else 1 if kept else FIRST_ROWS
        return max(0, min(max(wanted, (self.question.least_rows or 0) - kept), self.most - kept))

    def _row(self, number: int, row: list[str], attrs: Mapping[str, Any]) -> dict[str, Any]:
        cells = [
            {
                "name": cell_name(self.question, number, column),
                "value": text,
                "label": column.label,
                "mode": MODES.get(column.kind, ""),
                "id": f"{attrs.get('id', '')}_{number * len(self.question.columns) + place}",
            }
            for place, (column, text) in enumerate(zip(self.question.columns, row, strict=False))
        ]
        return {"number": number + 1, "drop": f"{self.question.key}.{number}", "cells": cells}
