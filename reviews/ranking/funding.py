"""Where the funding line falls, and which applications are too close to it to call."""

from collections.abc import Collection
from dataclasses import dataclass

from reviews.ranking.result import Ranked, Ranking


@dataclass(frozen=True)
class FundingLine:
    """The expected rank of the last fundable application, and what it means for each.

    `fund` is surely above the line, `reject` surely below; `draw` is the random-selection group between. `over` is
    surely above it too, but asks for more than was left when its turn came.
    """

    line: float | None
    fund: tuple[str, ...]
    draw: tuple[str, ...]
    reject: tuple[str, ...]
    over: tuple[str, ...] = ()


def funding_line(ranking: Ranking, *, fundable: int) -> FundingLine:
    """Draw the line after the first `fundable` applications."""
    return line_of(ranking, fits=_names(ranking.applications[: max(fundable, 0)]))


def line_of(ranking: Ranking, *, fits: Collection[str]) -> FundingLine:
    """Compare each application's 50 % rank interval with the line after the last application that fits the budget.

    If those above and those that cross the line fit the budget together, all of them are funded.
    """
    items = ranking.applications
    inside = [item for item in items if item.application in fits]
    if not inside:
        return FundingLine(None, (), (), _names(items))
    line = inside[-1].expected_rank
    if len(inside) == len(items):
        return FundingLine(line, _names(items), (), ())
    above = [item for item in items if item.interval[1] < line]
    reject = [item for item in items if item.interval[0] > line]
    between = [item for item in items if item not in above and item not in reject]
    if {*_names(above), *_names(between)} == {*fits}:
        return FundingLine(line, _names(inside), (), _names(reject))
    fund = [item for item in above if item in inside]
    over = [item for item in above if item not in inside]
    return FundingLine(line, _names(fund), _names(between), _names(reject), _names(over))


def _names(items: Collection[Ranked]) -> tuple[str, ...]:
    return tuple(item.application for item in items)
