"""In what order the applications of a call came out, for one viewer: weighted means, and a ranking if there is one."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Any

from core.language import lazy
from fund.models import Call
from reviews import scoring
from reviews.models import Draw, FundingRule, RankingRun, Recommendation
from reviews.models.panel import StakeholderGroup
from reviews.ranking import VERSION, FundingLine, Grade, Leniency, Lot, Ranked, Ranking, fitting, line_of
from reviews.standing import Result

ABOVE, OVER, CROSSES, BELOW, DRAWN, LEFT = "above", "over", "crosses", "below", "drawn", "left"
WORDS = {
    ABOVE: (lazy("Above the line"), "done"),
    OVER: (lazy("Above, but over the budget"), "stopped"),
    CROSSES: (lazy("Crosses the line"), "yours"),
    BELOW: (lazy("Below"), ""),
    DRAWN: (lazy("Drawn"), "done"),
    LEFT: (lazy("Not drawn"), ""),
}
STRENGTHS = ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "good"), (2.0, "strong"))


@dataclass(frozen=True)
class Placed:
    """One application with its place in the ranking, the money down to it, and how it lies to the funding line.

    `lot` is the money that it takes: what the panel advises where it names an amount, else what was asked for.
    """

    result: Result
    ranked: Ranked | None
    lot: Lot
    so_far: Decimal | None
    against: str
    advice: Recommendation | None = None

    @property
    def against_line(self) -> tuple[str, str] | None:
        """The word and the shape of how it lies to the line."""
        return WORDS.get(self.against)

    @property
    def takes(self) -> Decimal | None:
        """The money that counts, if any is known."""
        return self.lot.amount if self.advised is not None else self.result.application.amount

    @property
    def advised(self) -> Decimal | None:
        """What the panel advises to give, if it names an amount."""
        return self.advice.amount if self.advice else None

    @property
    def is_cut(self) -> bool:
        """Whether the panel advises another amount than was asked for."""
        return self.advised is not None and self.advised != self.result.application.amount


@dataclass(frozen=True)
class Order:
    """All applications that a viewer may see, in order, and where the budget ends.

    `fundable` is how many fit the budget, `last` the place of the last of them in the order.
    """

    rows: tuple[Placed, ...]
    ranking: Ranking | None
    line: FundingLine | None
    fundable: int
    last: int
    down_to_line: Decimal

    def count(self, against: str) -> int:
        """Return how many lie so to the line."""
        return sum(row.against == against for row in self.rows)

    def sum_of(self, against: str) -> Decimal:
        """Return what those that lie so take."""
        return sum((row.lot.amount for row in self.rows if row.against == against), Decimal(0))

    @property
    def has_cuts(self) -> bool:
        """Whether the panel advises another amount than was asked for, for any of them."""
        return any(row.is_cut for row in self.rows)


def grades_of(results: Iterable[Result]) -> list[Grade]:
    """Return every weighted score that the viewer may see."""
    return [
        Grade(str(each.application.reference), str(review.assignment.member_id), float(review.weighted))  # type: ignore[attr-defined]
        for each in results
        for review in each.reviews
        if review.weighted is not None  # type: ignore[attr-defined]
    ]


def digest_of(call: Call, results: Sequence[Result]) -> str:
    """Stand for all that a ranking is worked out from: who sees the same gets the same, who does not, does not."""
    grades = sorted((grade.application, grade.reviewer, round(grade.value or 0, 9)) for grade in grades_of(results))
    names = sorted(str(each.application.reference) for each in results)
    ground = [VERSION, call.rubric.least, call.rubric.most, names, grades]
    return hashlib.sha256(json.dumps(ground).encode()).hexdigest()


def run_of(call: Call, results: Sequence[Result]) -> RankingRun | None:
    """Return the ranking that was asked for with just these scores."""
    return RankingRun.objects.filter(call=call, digest=digest_of(call, results)).first()


def stored(ranking: Ranking) -> dict[str, Any]:
    """Return a ranking as values that JSON can hold."""
    return {
        "applications": [asdict(each) for each in ranking.applications],
        "reviewers": [asdict(each) for each in ranking.reviewers],
        "unranked": list(ranking.unranked),
        "parts": [list(part) for part in ranking.parts],
        "notes": list(ranking.notes),
        "draws": ranking.draws,
        "version": ranking.version,
    }


def read(run: RankingRun | None) -> Ranking | None:
    """Return the ranking that a run holds, if it is there already."""
    if run is None or run.result is None:
        return None
    kept = run.result
    rows = [
        Ranked(**each | {"interval": tuple(each["interval"]), "wide_interval": tuple(each["wide_interval"])})
        for each in kept["applications"]
    ]
    # What was stored before leniencies and parts were kept has none; the same scores are not ranked again.
    return Ranking(
        applications=tuple(rows), reviewers=tuple(Leniency(**each) for each in kept.get("reviewers", ())),
        unranked=tuple(kept["unranked"]), parts=tuple(tuple(part) for part in kept.get("parts", ())),
        notes=tuple(kept["notes"]), seed=run.seed, draws=kept["draws"], version=kept["version"],
    )  # fmt: skip


def order_of(
    call: Call,
    results: Sequence[Result],
    ranking: Ranking | None,
    rule: FundingRule | None = None,
    advice: Mapping[int, Recommendation] | None = None,
) -> Order:
    """Order by expected rank if there is a ranking, else by the weighted mean, and draw the line by the budget."""
    advice = advice or {}
    places = {each.application: each for each in ranking.applications} if ranking else {}
    scored = [each for each in results if each.rank is not None]
    if ranking:
        scored.sort(key=lambda each: _expected(each, places))
    lots = [_lot_of(each, advice) for each in scored]
    fits = fitting(lots, call.budget, skips=bool(rule and rule.skips))
    line = line_of(ranking, fits=fits) if ranking else None
    against = _against(line) if line else {}
    sums = accumulate(lot.amount for lot in lots)
    rows = [
        Placed(each, places.get(lot.reference), lot, total, against.get(lot.reference, ""), _of(each, advice))
        for each, lot, total in zip(scored, lots, sums, strict=True)
    ]
    rows += [
        Placed(each, None, _lot_of(each, advice), None, "", _of(each, advice)) for each in results if each.rank is None
    ]
    last = max((number for number, lot in enumerate(lots, start=1) if lot.reference in fits), default=0)
    spent = sum((lot.amount for lot in lots if lot.reference in fits), Decimal(0))
    return Order(tuple(rows), ranking, line, len(fits), last, spent)


def _of(result: Result, advice: Mapping[int, Recommendation]) -> Recommendation | None:
    return advice.get(result.application.pk)


def _lot_of(result: Result, advice: Mapping[int, Recommendation]) -> Lot:
    advised = advice[result.application.pk].amount if result.application.pk in advice else None
    asked = result.application.amount or Decimal(0)
    return Lot(str(result.application.reference), asked if advised is None else advised)


def after_draw(order: Order, draw: Draw | None) -> Order:
    """Mark what was drawn, once a draw in force has its order."""
    if draw is None or draw.drawn_at is None:
        return order
    marks = {reference: DRAWN if reference in draw.funded else LEFT for reference in draw.order}
    rows = (replace(row, against=marks.get(str(row.result.application.reference), row.against)) for row in order.rows)
    return replace(order, rows=tuple(rows))


def _expected(result: Result, places: dict[str, Ranked]) -> tuple[float, str]:
    place = places.get(str(result.application.reference))
    return place.expected_rank if place else float("inf"), str(result.application.reference)


def _against(line: FundingLine) -> dict[str, str]:
    groups = ((line.fund, ABOVE), (line.over, OVER), (line.draw, CROSSES), (line.reject, BELOW))
    return {name: word for names, word in groups for name in names}


@dataclass(frozen=True)
class Agreement:
    """How far the reviewers agree, by two measures; None where undefined."""

    alpha: float | None
    of_mean: float | None

    @property
    def word(self) -> str:
        """Say in one word how strong the agreement beyond chance is."""
        if self.alpha is None:
            return ""
        return "none" if self.alpha < 0 else next(word for most, word in STRENGTHS if self.alpha < most)


def agreement_of(results: Iterable[Result]) -> Agreement:
    """Measure agreement over the weighted scores of the reviews that the viewer may see."""
    units = [
        [float(review.weighted) for review in each.reviews if review.weighted is not None]  # type: ignore[attr-defined]
        for each in results
    ]
    return Agreement(scoring.krippendorff_alpha(units), scoring.reliability_of_mean(units))


def group_means(results: Iterable[Result]) -> list[tuple[str, int, Decimal | None]]:
    """Return each stakeholder group with how many reviews it wrote and their mean."""
    found: dict[str, list[Decimal]] = defaultdict(list)
    for each in results:
        for review in each.reviews:
            if (value := review.weighted) is not None:  # type: ignore[attr-defined]
                found[review.assignment.member.group].append(value)
    return [
        (str(group.label), len(found[group]), scoring.shown(scoring.mean(found[group])))
        for group in StakeholderGroup
        if group in found
    ]
