"""Reads a budget that was copied out of a spreadsheet: cells between tabs, a line for each row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.money.reading import NOTHING, decimal_mark, read

MOST_ROWS = 200
SUMS = frozenset({"total", "totals", "sum", "subtotal", "sub-total", "grand total", "requested"})
YEAR, AMOUNT = "year", "amount"


@dataclass
class Pasted:
    """What was read: the lines of a budget, what was left out on purpose, and what has to be mended first."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """What all lines add up to."""
        return sum((line["amount"] for line in self.lines), Decimal(0))


def read_table(text: str, *, categories: Mapping[str, str], years: int, currency: str) -> Pasted:
    """Read a pasted table. Each row has its category, or stands below a row with only the category's name.

    Then comes what the line pays for, then an amount for each year; or, under a head that says so, the year and the
    amount. Heads and rows of sums are left out.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines()]
    rows = [row for row in rows if any(row)]
    found = Pasted()
    if len(rows) > MOST_ROWS:
        found.problems.append(_("A budget has at most %(most)s lines. Put small ones together.") % {"most": MOST_ROWS})
        return found
    reader = _Reader(found, {_plain(label): key for key, label in categories.items()}, years, currency)
    reader.known |= {_plain(key): key for key in categories}
    reader.mark = decimal_mark(cell for row in rows for cell in row[1:])
    for number, row in enumerate(rows, start=1):
        reader.take(number, row)
    if not found.lines and not found.problems:
        found.problems.append(
            _("There is no line with an amount in what was pasted. Copy the cells with the amounts too.")
        )
    return found


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(":")


@dataclass
class _Reader:
    found: Pasted
    known: dict[str, str]
    years: int
    currency: str
    mark: str = ""
    category: str | None = None
    is_long: bool = False
    columns: list[bool] = field(default_factory=list)
    """Which columns of amounts count, by the head: one of sums does not."""

    def take(self, number: int, row: list[str]) -> None:
        first, rest = _plain(row[0]), [cell for cell in row[1:] if cell]
        if first in SUMS:
            self.found.notes.append(_("Row %(row)s is a sum and was left out.") % {"row": number})
        elif number == 1 and self._is_head(row):
            self._read_head(row)
        elif first in self.known and not any(self._looks_like_amount(cell) for cell in rest) and len(rest) < 2:
            self.category = self.known[first]
        else:
            self._read_line(number, row)

    def _is_head(self, row: list[str]) -> bool:
        return _plain(row[0]) not in self.known and not any(self._looks_like_amount(cell) for cell in row)

    def _read_head(self, row: list[str]) -> None:
        names = [_plain(cell) for cell in row]
        self.is_long = any(name == YEAR for name in names) and any(name.startswith(AMOUNT) for name in names)
        self.columns = [name not in SUMS and not name.startswith("sum") for name in names]

    def _looks_like_amount(self, cell: str) -> bool:
        return any(character.isdecimal() for character in cell) and not any(
            character.isalpha() for character in cell.upper().replace(self.currency, "")
        )

    def _read_line(self, number: int, row: list[str]) -> None:
        try:
            self.category, rest = self._category_of(row)
            self.found.lines += self._lines(self.category, rest, len(row))
        except ValidationError as error:
            self._wrong(number, " ".join(error.messages))

    def _category_of(self, row: list[str]) -> tuple[str, list[str]]:
        """Return the category of a row, which an earlier row may have named, and what stands after it."""
        name = _plain(row[0])
        if name in self.known:
            return self.known[name], row[1:]
        if self.category is None and len(row) > 2 and row[0]:
            raise ValidationError(_("“%(name)s” is not a category of this call.") % {"name": row[0][:60]})
        if self.category is None:
            raise ValidationError(_("It has no category. Write the category in the first column."))
        return self.category, row

    def _lines(self, category: str, rest: list[str], width: int) -> list[dict[str, Any]]:
        """Return the lines of a row: one for each year with an amount, or one without any if it has words."""
        words, cells = rest[0] if rest else "", rest[1:]
        amounts = [(year, amount) for year, amount in self._amounts(cells, width - len(cells)) if amount]
        if amounts and not words:
            raise ValidationError(_("Say what this line pays for."))
        return [
            {"category": category, "description": words[:300], "year": year, "amount": amount}
            for year, amount in amounts or ([(1, Decimal(0))] if words else [])
        ]

    def _amounts(self, cells: list[str], offset: int) -> Iterator[tuple[int, Decimal | None]]:
        if self.is_long and len(cells) >= 2:
            year = cells[0].lower().removeprefix("year").strip().lstrip("0")
            if not year.isdecimal() or len(year) > 2 or not 1 <= int(year) <= self.years:
                raise ValidationError(_("“%(year)s” is not a year of the project. Write 1 to %(most)s.")
                                      % {"year": cells[0][:20], "most": self.years})  # fmt: skip
            yield int(year), read(cells[1], self.currency, self.mark)
            return
        counted = [
            cell for place, cell in enumerate(cells, start=offset)
            if place >= len(self.columns) or self.columns[place]
        ]  # fmt: skip
        amounts = [read(cell, self.currency, self.mark) for cell in counted]
        if [cell for cell in counted[self.years :] if cell not in NOTHING]:
            amounts = self._without_sum(amounts)
        yield from enumerate(amounts[: self.years], start=1)

    def _without_sum(self, amounts: list[Decimal | None]) -> list[Decimal | None]:
        """Leave out a last column that only adds up the others."""
        *others, last = amounts
        if len(others) <= self.years and last == sum(filter(None, others), Decimal(0)):
            return others
        raise ValidationError(
            ngettext(
                "It has amounts for more than the one year of the project.",
                "It has amounts for more than the %(years)s years of the project.",
                self.years,
            )
            % {"years": self.years}
        )

    def _wrong(self, number: int, message: str) -> None:
        self.found.problems.append(_("Row %(row)s: %(message)s") % {"row": number, "message": message})
