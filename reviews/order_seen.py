"""The order of a call as one person sees it: their scores, the ranking of just these, and the line by the call's rule.

What the panel advises counts against the money where it names an amount, else what the applicant asks for.
"""

from dataclasses import dataclass
from typing import Any

from fund.models import Call
from reviews import order, standing
from reviews.models import Draw, FundingRule, RankingRun
from reviews.models.selection import rule_of
from reviews.order import Order
from reviews.standing import Result


@dataclass(frozen=True)
class Seen:
    """How a call came out for one person, and what it was worked out from; the order is the one before any draw."""

    results: list[Result]
    run: RankingRun | None
    rule: FundingRule
    draw: Draw | None
    order: Order

    @property
    def drawn(self) -> Order:
        """The order with what a draw in force came to."""
        return order.after_draw(self.order, self.draw)


def seen_by(call: Call, viewer: Any) -> Seen:
    """Read the order of a call for one person, with the ranking if it is worked out for the scores that they may see."""
    results = standing.results_of(call, viewer)
    run, rule = order.run_of(call, results), rule_of(call)
    # Whoever may open the order reads the panel's advice on what they see of it; it came with the applications.
    advice = {each.application.pk: getattr(each.application, "recommendation", None) for each in results}
    known = {key: each for key, each in advice.items() if each is not None}
    found = order.order_of(call, results, order.read(run), rule, known)
    return Seen(results, run, rule, Draw.objects.held_for(viewer, rule), found)
