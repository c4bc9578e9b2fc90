"""Which applications of a call are drawn, and with how much money: by its rule, from the order that one person may see."""

from dataclasses import dataclass
from decimal import Decimal

from fund.models import Call
from reviews.models import FundingRule
from reviews.order import Order
from reviews.ranking import Lot
from reviews.standing import Result

Kind = FundingRule.Draw


@dataclass(frozen=True)
class Pool:
    """What would be drawn now, by reference, and the money for it."""

    lots: tuple[Lot, ...]
    money: Decimal

    @property
    def total(self) -> Decimal:
        """What all of them take."""
        return sum((lot.amount for lot in self.lots), Decimal(0))

    @property
    def is_undecided(self) -> bool:
        """Whether there is something to draw: some can be funded, and not all."""
        return self.total > self.money and any(lot.amount <= self.money for lot in self.lots)

    @property
    def pairs(self) -> list[list[str]]:
        """Write the pool down as a draw keeps it."""
        return [[lot.reference, f"{lot.amount:.3f}"] for lot in self.lots]


def pool_of(order: Order, rule: FundingRule, call: Call) -> Pool:
    """Return the random-selection group with what those surely above the line leave, or all who reach the threshold."""
    lots = {lot.reference: lot for lot in (row.lot for row in order.rows)}
    if rule.draw == Kind.THRESHOLD:
        chosen = {str(row.result.application.reference) for row in order.rows if _reaches(row.result, rule)}
        money = call.budget
    elif rule.draw == Kind.TIE and order.line is not None:
        chosen = set(order.line.draw)
        money = call.budget - sum((lots[reference].amount for reference in order.line.fund), Decimal(0))
    else:
        chosen, money = set(), Decimal(0)
    return Pool(tuple(sorted((lots[each] for each in chosen), key=lambda lot: lot.reference)), money)


def _reaches(result: Result, rule: FundingRule) -> bool:
    return result.mean is not None and rule.threshold is not None and result.mean >= rule.threshold
