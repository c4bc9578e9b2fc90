"""The budget as a table: one row for each line, one column for each year of the project."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.budget import Budget, Line, categories_of
from core.web.forms import MoneyField


@dataclass
class Row:
    """One row of the table: what it pays for, and the amounts by year."""

    description: str = ""
    amounts: dict[int, Decimal] = field(default_factory=dict)


class BudgetForm(forms.Form):
    """All rows of a budget. There is always one empty row in each category, so that adding a line needs no script."""

    use_required_attribute = False

    def __init__(self, call: Any, years: int, lines: Iterable[Any] = (), data: Any = None) -> None:
        super().__init__(data)
        self.call = call
        self.revision = 0
        self.stale: Any = None
        self.stored = Budget.of(lines)
        known = categories_of(call)
        self.categories = known | {
            line.category: line.category for line in self.stored.lines if line.category not in known
        }
        self.years = range(1, years + 1)
        self.rows = {key: self._rows(index, key) for index, key in enumerate(self.categories)}
        for key, rows in self.rows.items():
            for number, row in enumerate(rows):
                self._add_fields(key, number, row)

    def _rows(self, index: int, category: str) -> list[Row]:
        if self.is_bound:
            sent = {int(found[1]) for name in self.data if (found := re.fullmatch(rf"c{index}-(\d{{1,3}})-.+", name))}
            # The page numbers its rows without a gap, so none that came is left out, and none is drawn that did not.
            return [Row() for __ in range(max(1, next(number for number in count() if number not in sent)))]
        return [*rows_of(line for line in self.stored.lines if line.category == category), Row()]

    def _add_fields(self, category: str, number: int, row: Row) -> None:
        name, label = (
            self.name(category, number),
            _("%(category)s, line %(number)s") % {"category": self.categories[category], "number": number + 1},
        )
        self.fields[f"{name}-what"] = forms.CharField(
            label=_("%(label)s, what for") % {"label": label}, max_length=300, required=False, initial=row.description,
            widget=forms.TextInput(attrs={"class": "is-text", "aria-label": _("%(label)s, what for") % {"label": label}}),
        )  # fmt: skip
        for year in self.years:
            self.fields[f"{name}-{year}"] = MoneyField(
                currency=self.call.currency, label=_("%(line)s, year %(year)s") % {"line": label, "year": year}, required=False,
                initial=_shown(row.amounts.get(year)),
                widget=forms.TextInput(
                    attrs={
                        "inputmode": "decimal", "autocomplete": "off", "dir": "ltr",
                        "aria-label": _("%(line)s, year %(year)s, %(currency)s") % {"line": label, "year": year, "currency": self.call.currency},
                    }
                ),
            )  # fmt: skip

    def name(self, category: str, number: int) -> str:
        """Return the beginning of the names of a row's controls."""
        return f"c{list(self.categories).index(category)}-{number}"

    def clean(self) -> dict[str, Any]:
        """Ask of each line that has an amount what it pays for."""
        for key, rows in self.rows.items():
            for number in range(len(rows)):
                name = f"{self.name(key, number)}-what"
                has_amount = any(self._amount(key, number, year) for year in self.years)
                if has_amount and name not in self.errors and not self.cleaned_data.get(name):
                    self.add_error(name, _("Say what this line pays for."))
        return self.cleaned_data

    def _amount(self, category: str, number: int, year: int) -> Decimal | None:
        amount: Decimal | None = self.cleaned_data.get(f"{self.name(category, number)}-{year}")
        return amount

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines to save. A description without an amount is kept, with nothing in year 1."""
        return [
            {"category": line.category, "description": line.description, "year": line.year, "amount": line.amount}
            for line in self.budget().lines
        ]

    def budget(self) -> Budget:
        """Return what stands in the table now, leaving out what cannot be read."""
        if not self.is_bound:
            return self.stored
        self.errors  # noqa: B018 - cleans
        return Budget(tuple(line for key in self.rows for line in self._lines_in(key)))

    def _lines_in(self, category: str) -> Iterator[Line]:
        for number in range(len(self.rows[category])):
            words = str(self.cleaned_data.get(f"{self.name(category, number)}-what") or "")
            amounts = {year: self._amount(category, number, year) for year in self.years}
            given = {year: amount for year, amount in amounts.items() if amount}
            for year, amount in (given or ({1: Decimal(0)} if words else {})).items():
                yield Line(category, words, year, amount)

    def table(self) -> list[dict[str, Any]]:
        """Return the groups and rows as the page shows them, with their sums."""
        budget = self.budget()
        return [
            {
                "key": key,
                "label": label,
                "cap": self._cap(key),
                "rows": [self._drawn(key, number) for number in range(len(self.rows[key]))],
                "sums": [{"id": f"sum-{index}-{year}", "amount": budget.sum(key, year)} for year in self.years],
                "sum": {"id": f"sum-{index}", "amount": budget.sum(key)},
            }
            for index, (key, label) in enumerate(self.categories.items())
        ]

    def _cap(self, key: str) -> str:
        category = next((each for each in self.call.categories if each.key == key), None)
        return category.caps_in_words(self.call.currency) if category else ""

    def caps(self) -> list[dict[str, Any]]:
        """Return how much stands in each category that has a cap, and how much may."""
        budget = self.budget()
        found = [(each, each.most(budget.direct, self.call.currency)) for each in self.call.categories]
        return [
            {
                "label": each.label,
                "sum": budget.sum(each.key),
                "most": most,
                "words": each.caps_in_words(self.call.currency),
            }
            for each, most in found
            if most is not None
        ]

    def year_sums(self) -> list[dict[str, Any]]:
        """Return the sums of the table's foot."""
        budget = self.budget()
        return [{"id": f"sum-year-{year}", "amount": budget.sum(year=year)} for year in self.years]

    def _drawn(self, category: str, number: int) -> dict[str, Any]:
        name = self.name(category, number)
        amounts = [self[f"{name}-{year}"] for year in self.years]
        errors = [error for cell in (self[f"{name}-what"], *amounts) for error in cell.errors]
        return {
            "number": number + 1,
            "name": name,
            "is_used": any(cell.value() for cell in (self[f"{name}-what"], *amounts)),
            "what": self[f"{name}-what"],
            "amounts": amounts,
            "errors": errors,
            "sum": {"id": f"sum-{name}", "amount": self._row_sum(category, number)},
        }

    def _row_sum(self, category: str, number: int) -> Decimal:
        if not self.is_bound:
            return sum(self.rows[category][number].amounts.values(), Decimal(0))
        return sum((self._amount(category, number, year) or Decimal(0) for year in self.years), Decimal(0))


class PasteForm(forms.Form):
    """A piece of a spreadsheet, and what becomes of the lines that are there."""

    REPLACE, ADD = "replace", "add"

    text = forms.CharField(
        label=_("The cells, as you copied them"), max_length=60_000, strip=False,
        help_text=_("A row for each line: category, what for, then an amount for each year. A category may also stand "
                    "alone in a row above its lines. Heads and rows of totals are left out."),
        widget=forms.Textarea(attrs={"rows": 10, "dir": "ltr", "spellcheck": "false"}),
        error_messages={"required": _("Paste the cells here first.")},
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("The lines that are in the budget now"), initial=REPLACE, widget=forms.RadioSelect,
        choices=[(REPLACE, _("The pasted ones take their place")), (ADD, _("They stay, and the pasted ones follow"))],
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    use_required_attribute = False


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Put lines of the same words in one row, a column for each year."""
    rows: list[Row] = []
    for line in lines:
        row = next(
            (each for each in rows if each.description == line.description and line.year not in each.amounts), None
        )
        if row is None:
            row = Row(line.description)
            rows.append(row)
        row.amounts[line.year] = line.amount
    return rows


def _shown(amount: Decimal | None) -> str:
    if amount is None or amount == 0:
        return ""
    return f"{int(amount):,}" if amount == amount.to_integral_value() else f"{amount.normalize():,f}"
