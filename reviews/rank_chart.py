"""The chart of a ranking: where each application probably stands, and how sure that is."""

from collections.abc import Callable, Sequence
from math import ceil

from django.utils.translation import gettext as _

from core.charts import Chart, Dot, Group, Label, Line, Mark, shortened
from reviews.order import ABOVE, BELOW, CROSSES, OVER, Order, Placed

WIDTH, LEFT, RIGHT, FIRST, STEP = 720.0, 262.0, 690.0, 44.0, 26.0
LONGEST = 38  # letters of a title that fit beside the bars
LEAST, MOST, AFTER = 12, 30, 3  # rows: at least, at most, and how many after the last that crosses the line
KINDS = {ABOVE: "in", OVER: "in", CROSSES: "maybe", BELOW: "out"}


def rank_chart(order: Order) -> Chart:
    """Draw the expected rank and the 50 % interval of those around the funding line."""
    shown = shown_of(order)
    farthest = max(row.ranked.interval[1] for row in shown if row.ranked)
    bottom = FIRST + STEP * (len(shown) - 1) + 20
    ticks = _ticks(max(farthest, 5))

    def x(rank: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (rank - 1) / (ticks[-1] - 1), 1)

    marks: list[Mark] = []
    for tick in ticks:
        marks += [Line("axis", x(tick), 26, x(tick), bottom), Label(x(tick), bottom + 18, str(tick), anchor="middle")]
    for number, row in enumerate(shown):
        marks.append(_row(row, FIRST + STEP * number, x))
    if order.line and order.line.line is not None:
        marks += _line(x(order.line.line), order.line.line, bottom)
    return Chart("ranks", _("Expected rank with 50 % interval"), _words(order), tuple(marks), WIDTH, bottom + 26)


def shown_of(order: Order) -> Sequence[Placed]:
    """Return the rows that the chart has: down to a little below the last one that crosses the line."""
    ranked = [row for row in order.rows if row.ranked]
    last = max((at for at, row in enumerate(ranked) if row.against in (ABOVE, OVER, CROSSES)), default=0)
    return ranked[: min(max(LEAST, last + 1 + AFTER), MOST)]


def _row(row: Placed, y: float, x: Callable[[float], float]) -> Group:
    assert row.ranked is not None  # noqa: S101 - shown_of keeps only these
    low, high = row.ranked.interval
    return Group(
        KINDS.get(row.against, "out"),
        (
            Label(0, y + 4, shortened(row.result.application.title, LONGEST), "is-label"),
            Line("range", x(low), y, x(high), y),
            Dot("dot", x(row.ranked.expected_rank), y),
        ),
    )


def _line(at: float, rank: float, bottom: float) -> list[Mark]:
    anchor = "start" if at < LEFT + 60 else "end" if at > RIGHT - 60 else "middle"
    return [
        Line("line", at, 22, at, bottom),
        Label(at, 16, _("funding line, rank %(rank)s") % {"rank": f"{rank:.1f}"}, "line-label", anchor),
    ]


def _ticks(most: int) -> list[int]:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500) if most / size <= 7)
    return [1, *range(step if step > 1 else 2, ceil(most / step) * step + 1, step)]


def _words(order: Order) -> str:
    if order.line is None or order.line.line is None:
        return _(
            "No application fits the budget, so there is no funding line. All figures are in the table that follows."
        )
    return _(
        "%(count)s lie wholly above the funding line at rank %(line)s, %(count_2)s cross it, %(count_2_2)s lie below. All figures are in the table that follows."
    ) % {
        "count": order.count(ABOVE),
        "line": f"{order.line.line:.1f}",
        "count_2": order.count(CROSSES),
        "count_2_2": order.count(BELOW),
    }
