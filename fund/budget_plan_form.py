"""The budget template of a call as a table: a row for each category, with the caps of its own."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.web.forms import MoneyField
from fund.budget_plan import INDIRECT, Category
from fund.keys import keyed
from fund.models import Call

SPARE, MOST = 3, 30


class BudgetPlanForm(forms.Form):
    """Categories with caps, and the cap on indirect costs. A row without a name is left out."""

    template_name = "fund/parts/budget_plan.html"
    mark_optional = False
    use_required_attribute = False

    indirect_cap = forms.DecimalField(
        label=gettext_lazy("Indirect costs, at most, in per cent of the direct costs"),
        min_value=0, max_value=100, decimal_places=2,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, instance: Call) -> None:
        super().__init__(data, initial={"indirect_cap": instance.indirect_cap})
        self.call, self.old = instance, instance.categories
        self.count = min(MOST, _rows_in(data) if data else len(self.old) + SPARE)
        for number in range(self.count):
            self._add_row(number, self.old[number] if number < len(self.old) else Category("", ""))

    def _add_row(self, number: int, old: Category) -> None:
        self.fields[f"r{number}-label"] = forms.CharField(
            label=_("Category %(number)d") % {"number": number + 1}, required=False, max_length=120, initial=old.label,
            widget=_cell(_("Category %(number)d") % {"number": number + 1}, "is-text"),
        )  # fmt: skip
        self.fields[f"r{number}-share"] = forms.DecimalField(
            label=_("Most per cent of category %(number)d") % {"number": number + 1}, required=False,
            min_value=0, max_value=100, decimal_places=2, initial=old.most_share,
            widget=_cell(_("Most per cent of category %(number)d") % {"number": number + 1}),
        )  # fmt: skip
        self.fields[f"r{number}-amount"] = MoneyField(
            label=_("Largest amount of category %(number)d") % {"number": number + 1}, required=False,
            currency=self.call.currency, initial=old.most_amount,
            widget=_cell(_("Largest amount of category %(number)d") % {"number": number + 1}),
        )  # fmt: skip

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows as the table shows them."""
        for number in range(self.count):
            cells = [self[f"r{number}-{name}"] for name in ("label", "share", "amount")]
            yield {"cells": cells, "errors": [error for cell in cells for error in cell.errors]}

    def clean(self) -> dict[str, Any]:
        """Return what the call stores; a label that was there keeps its key."""
        given = self.cleaned_data
        rows = [number for number in range(self.count) if given.get(f"r{number}-label")]
        labels = [given[f"r{number}-label"] for number in rows]
        if len(set(labels)) < len(labels):
            raise ValidationError(_("Two categories have the same name. Give each its own."))
        pairs = keyed(labels, self._kept(labels), most=40)
        categories = [
            Category(key, label, given.get(f"r{number}-share"), given.get(f"r{number}-amount")).plain()
            for number, (key, label) in zip(rows, pairs, strict=True)
        ]
        return {"budget_categories": categories, "indirect_cap": given.get("indirect_cap", Decimal(0))}

    def _kept(self, labels: list[str]) -> dict[str, str]:
        """Keep the keys of labels that stay; “indirect” names the category of the indirect costs, whoever writes it."""
        kept = {each.label: each.key for each in self.old}
        named = next((label for label in labels if label.lower().startswith(INDIRECT)), None)
        if named and INDIRECT not in kept.values():
            kept[named] = INDIRECT
        return kept


def _cell(label: str, classes: str = "") -> forms.TextInput:
    attrs = {"aria-label": label, "autocomplete": "off"}
    return forms.TextInput(attrs=attrs | ({"class": classes} if classes else {"inputmode": "decimal", "dir": "ltr"}))


def _rows_in(data: Any) -> int:
    found = (re.fullmatch(r"r(\d{1,3})-label", name) for name in data)
    return max((int(each[1]) for each in found if each), default=-1) + 1
