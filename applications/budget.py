"""The budget's arithmetic and its limits, without a database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from core import money
from fund.budget_plan import INDIRECT

ZERO = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One line as the arithmetic needs it."""

    category: str
    description: str
    year: int
    amount: Decimal


@dataclass(frozen=True)
class Budget:
    """All lines of one budget and their sums."""

    lines: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Iterable[Any]) -> "Budget":
        """Read the lines from rows that have the same names."""
        return cls(tuple(Line(each.category, each.description, each.year, each.amount) for each in lines))

    def sum(self, category: str | None = None, year: int | None = None) -> Decimal:
        """Return the sum of all lines, of one category, of one year, or of both."""
        chosen = (
            line.amount
            for line in self.lines
            if category in (None, line.category) and year in (None, line.year)
        )  # fmt: skip
        return sum(chosen, ZERO)

    @classmethod
    def submitted(cls, content: Mapping[str, Any]) -> "Budget":
        """Read the lines from the budget of a submitted version."""
        return cls(
            tuple(
                Line(each["category"], each["description"], each["year"], Decimal(each["amount"]))
                for each in content["lines"]
            )
        )

    @cached_property
    def total(self) -> Decimal:
        """What is asked for."""
        return self.sum()

    @cached_property
    def indirect(self) -> Decimal:
        """The indirect costs."""
        return self.sum(INDIRECT)

    @property
    def direct(self) -> Decimal:
        """All but the indirect costs."""
        return self.total - self.indirect

    @property
    def indirect_percent(self) -> Decimal | None:
        """Indirect costs in per cent of the direct costs, or None where there are no direct costs."""
        return None if self.direct == 0 else self.indirect * 100 / self.direct

    @property
    def is_empty(self) -> bool:
        """Whether there is no line."""
        return not self.lines

    @property
    def years(self) -> int:
        """The last year that has a line."""
        return max((line.year for line in self.lines), default=1)


def categories_of(call: Any) -> dict[str, str]:
    """Return the call's budget categories, key and label, in their order."""
    return {each.key: each.label for each in call.categories}


def most_indirect(budget: Budget, call: Any) -> Decimal:
    """Return the largest indirect costs allowed, in whole minor units.

    The base is the sum of all direct costs, which is every line that is not in the category “indirect”. Nothing is
    left out of the base (equipment and sub-grants count), and indirect costs are no part of it.
    """
    unit = Decimal(1).scaleb(-money.minor_units(call.currency))
    return (budget.direct * call.indirect_cap / 100).quantize(unit, ROUND_DOWN)


def limits(budget: Budget, call: Any) -> dict[str, Decimal]:
    """Return the most that each category with a cap may take, by its key; the call's cap on indirect costs is among them."""
    found = {
        each.key: most for each in call.categories if (most := each.most(budget.direct, call.currency)) is not None
    }
    indirect = most_indirect(budget, call)
    return {**found, INDIRECT: min(indirect, found.get(INDIRECT, indirect))}


def problems(budget: Budget, call: Any, months: int | None) -> Iterator[str]:
    """Yield what is wrong with a budget, in sentences that say what to do."""
    if not budget.lines:
        yield _("Write the budget: it has no line yet.")
        return
    known = categories_of(call)
    if strange := sorted({line.category for line in budget.lines} - set(known)):
        yield _("This call has no budget category “%(strange)s”. Move these lines to one that it has.") % {
            "strange": strange[0]
        }
    if months and budget.years > -(-months // 12):
        yield (
            _(
                "A line is in year %(years)s, and the project lasts %(months)s months. Move it to an earlier year, or make the project longer."
            )
            % {"years": budget.years, "months": months}
        )
    yield from _amount_problems(budget, call)


def _amount_problems(budget: Budget, call: Any) -> Iterator[str]:
    if budget.total < call.least_amount:
        yield (
            _("The lines add up to %(priced)s, and this call gives %(priced_2)s or more.")
            % {"priced": _priced(budget.total, call), "priced_2": _priced(call.least_amount, call)}
        )
    if budget.total > call.most_amount:
        yield (
            _("The lines add up to %(priced)s, and this call gives %(priced_2)s at most. Take off %(priced_2_2)s.")
            % {
                "priced": _priced(budget.total, call),
                "priced_2": _priced(call.most_amount, call),
                "priced_2_2": _priced(budget.total - call.most_amount, call),
            }
        )
    yield from _category_problems(budget, call)
    over = budget.indirect - most_indirect(budget, call)
    if over > 0:
        yield (
            _(
                "Indirect costs may be %(normalize)s %% of the direct costs, %(priced)s here. Lower them by %(priced_2)s."
            )
            % {
                "normalize": f"{call.indirect_cap.normalize():f}",
                "priced": _priced(most_indirect(budget, call), call),
                "priced_2": _priced(over, call),
            }
        )


def _category_problems(budget: Budget, call: Any) -> Iterator[str]:
    for category in call.categories:
        most = category.most(budget.direct, call.currency)
        if most is None or (over := budget.sum(category.key) - most) <= 0:
            continue
        yield _("“%(category)s” may take %(most)s here (%(cap)s). Lower it by %(over)s.") % {
            "category": category.label, "most": _priced(most, call), "cap": category.caps_in_words(call.currency),
            "over": _priced(over, call),
        }  # fmt: skip


def _priced(amount: Decimal, call: Any) -> str:
    return f"{call.currency} {money.figures(amount, call.currency)}"
