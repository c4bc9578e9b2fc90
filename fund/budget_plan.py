"""The budget template of a call: its categories, and how much of the direct costs or which amount each may take.

Pure: it reads the JSON of `Call.budget_categories`. Shares are per cent of the direct costs, which is every line that
is not in the category “indirect”; indirect costs have a cap of their own on the call.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.money import figures, minor_units

INDIRECT = "indirect"
"""The category whose lines are indirect costs."""
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a budget and its caps; None is no cap."""

    key: str
    label: str
    most_share: Decimal | None = None
    most_amount: Decimal | None = None

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> Self:
        """Read one category; unknown names and numbers out of range are errors."""
        fields = {**raw, "most_share": _number(raw.get("most_share")), "most_amount": _number(raw.get("most_amount"))}
        category = cls(**fields)
        if category.most_share is not None and category.most_share > WHOLE:
            raise ValueError(_("A share is at most 100 per cent"))
        return category

    def plain(self) -> dict[str, str]:
        """Return it as it is stored."""
        return {
            "key": self.key, "label": self.label, "most_share": _text(self.most_share), "most_amount": _text(self.most_amount),
        }  # fmt: skip

    @property
    def is_capped(self) -> bool:
        """Whether it has a cap of its own."""
        return self.most_share is not None or self.most_amount is not None

    def most(self, direct: Decimal, currency: str) -> Decimal | None:
        """Return the most that may stand in it, in whole minor units, given all direct costs; None is no cap."""
        unit = Decimal(1).scaleb(-minor_units(currency))
        by_share = None if self.most_share is None else (direct * self.most_share / WHOLE).quantize(unit, ROUND_DOWN)
        caps = [cap for cap in (by_share, self.most_amount) if cap is not None]
        return min(caps) if caps else None

    def caps_in_words(self, currency: str) -> str:
        """Say its caps: “at most 10 % of the direct costs, and USD 20,000”; empty without one."""
        if not self.is_capped:
            return ""
        amount = "" if self.most_amount is None else f"{currency} {figures(self.most_amount, currency)}"
        named = {"share": _text(self.most_share), "amount": amount}
        if self.most_share is not None and amount:
            return _("at most %(share)s %% of the direct costs, and %(amount)s") % named
        return _("at most %(amount)s") % named if amount else _("at most %(share)s %% of the direct costs") % named


def categories(raw: Iterable[Mapping[str, Any]]) -> tuple[Category, ...]:
    """Read all categories in their order."""
    return tuple(Category.load(each) for each in raw)


def uncapped(labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Return categories without caps as they are stored, from key and label."""
    return [Category(key, label).plain() for key, label in labels.items()]


def check_categories(raw: Any) -> None:
    """Refuse JSON that is not a list of categories with different keys."""
    try:
        found = categories(raw)
    except (AttributeError, TypeError, ValueError) as error:
        raise ValidationError(_("These budget categories cannot be used: %(error)s.") % {"error": error}) from error
    if len({each.key for each in found}) < len(found):
        raise ValidationError(_("Two budget categories have the same key. Give each its own."))


def _number(text: Any) -> Decimal | None:
    if text in ("", None):
        return None
    try:
        number = Decimal(str(text))
    except InvalidOperation as error:
        raise ValueError(_("A cap is a number in figures")) from error
    if not number.is_finite() or number < 0:
        raise ValueError(_("A cap is a number in figures"))
    return number


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"
