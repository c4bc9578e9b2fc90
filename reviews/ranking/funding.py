"""Where the funding line falls, and which applications are too close to it to call."""

from dataclasses import dataclass

from reviews.ranking.result import Ranked, Ranking


@dataclass(frozen=True)
class FundingLine:
    """The expected rank of the last fundable application, and what it means for each.

    `fund` is surely above the line, `reject` surely below; `draw` is the random-selection group between.
    """

    line: float | None
    fund: tuple[str, ...]
    draw: tuple[str, ...]
    reject: tuple[str, ...]


def funding_line(ranking: Ranking, *, fundable: int) -> FundingLine:
    """Compare each application's 50 % rank interval with the line after the first `fundable` applications.

    If those above and those that cross the line fill the budget exactly, all of them are funded.
    """
    items = ranking.applications
    if fundable < 1:
        return FundingLine(None, (), (), _names(items))
    if fundable >= len(items):
        return FundingLine(items[-1].expected_rank if items else None, _names(items), (), ())
    line = items[fundable - 1].expected_rank
    fund = [item for item in items if item.interval[1] < line]
    reject = [item for item in items if item.interval[0] > line]
    between = [item for item in items if item not in fund and item not in reject]
    if len(fund) + len(between) == fundable:
        fund, between = fund + between, []
    return FundingLine(line, _names(fund), _names(between), _names(reject))


def _names(items: tuple[Ranked, ...] | list[Ranked]) -> tuple[str, ...]:
    return tuple(item.application for item in items)
