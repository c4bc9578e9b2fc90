"""How the applications of a call stand: computed from the reviews that the viewer may see, never from a stored figure.

A constant number of queries, whatever the number of applications.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from applications.models import Application
from fund.models import Call
from reviews import scoring
from reviews.models import Assignment, Review, Score
from reviews.scoring import Outcome, Scale

WITH_SCORES = Prefetch("scores", Score.objects.select_related("criterion"))
"""The scores of reviews with their criteria, in one query."""


@dataclass(frozen=True)
class Result:
    """How one application stands, for one viewer; None where there is nothing to compute from.

    `rank` is shared by equal means and counts only what the viewer may see. `reviews` are the visible ones, each
    with `weighted`, its own weighted score. `wanted` is how many the call asks for, or more if more are assigned.
    """

    application: Application
    mean: Decimal | None
    spread: Decimal | None
    reviews_in: int
    expected: int
    wanted: int
    overall: Decimal | None
    rank: int | None
    groups: Mapping[str, Decimal]
    disagree: bool
    reviews: tuple[Review, ...] = field(repr=False, default=())

    @property
    def is_complete(self) -> bool:
        """Whether every review that the call asks for is in."""
        return self.wanted > 0 and self.missing == 0

    @property
    def missing(self) -> int:
        """How many reviews are not in yet, assigned or not."""
        return max(self.wanted - self.reviews_in, 0)

    @property
    def shown_mean(self) -> Decimal | None:
        """The mean as pages show it."""
        return scoring.shown(self.mean)

    @property
    def shown_spread(self) -> Decimal | None:
        """The spread as pages show it."""
        return scoring.shown(self.spread)

    @property
    def shown_overall(self) -> Decimal | None:
        """The mean overall merit as pages show it."""
        return scoring.shown(self.overall, 1)


def results_of(
    call: Call, viewer: Any, *, rows: Collection[Application] | None = None, is_part: bool = False
) -> list[Result]:
    """Return how the applications under review stand, the best first and what has no score last.

    With `rows`, which the viewer may see, only these are worked out and ranked; they are compared with all others,
    unless they are only a part of a list that is too long for that.
    """
    shown = (
        _under_review(call, viewer)
        if rows is None
        else [each for each in rows if each.state in Application.UNDER_REVIEW]
    )
    keys = [each.pk for each in shown] if is_part else None
    reviews, states = _reviews(call, viewer, keys), _states(call, viewer, keys)
    named = {each.pk for each in shown}
    outcomes = {key: scoring.outcome(each.weighted for each in reviews[key]) for key in named | set(reviews)}  # type: ignore[attr-defined]
    ranks = scoring.ranks({key: outcomes[key].mean for key in named})
    rubric = call.rubric
    disagree = scoring.disagreeing(outcomes, Scale(rubric.least, rubric.most), is_part=is_part)
    results = [
        Result(
            application=row,
            mean=outcomes[row.pk].mean,
            spread=outcomes[row.pk].spread,
            reviews_in=sum(state in Assignment.COUNTED for state in states[row.pk]),
            expected=len(states[row.pk]),
            wanted=max(len(states[row.pk]), call.reviews_each),
            overall=scoring.mean(_decimal(each.overall) for each in reviews[row.pk]),
            rank=ranks[row.pk],
            groups=scoring.group_means((each.assignment.member.group, each.weighted) for each in reviews[row.pk]),  # type: ignore[attr-defined]
            disagree=row.pk in disagree,
            reviews=tuple(reviews[row.pk]),
        )
        for row in shown
    ]
    return sorted(results, key=lambda each: (each.rank is None, each.rank, each.application.reference))


def _under_review(call: Call, viewer: Any) -> list[Application]:
    rows = Application.objects.visible_to_fund(viewer).filter(call=call).under_review()
    rows = rows.select_related("theme", "host", "recommendation").defer("recommendation__rationale")
    return list(rows.order_by("reference"))


def is_limited(call: Call, viewer: Any) -> bool:
    """Whether figures of the call leave something out for this viewer, to be marked “of the applications you may see”."""
    return Application.objects.left_out_for(viewer).filter(call=call).exists()


def scores_in_order(path: str = "scores") -> Prefetch:
    """Read the scores of reviews in the rubric's order."""
    return Prefetch(path, Score.objects.select_related("criterion").order_by("criterion__position"))


def weigh(reviews: Iterable[Review]) -> list[Review]:
    """Give each review its weighted score as `weighted`; the scores are expected prefetched with their criteria."""
    weighed = list(reviews)
    for review in weighed:
        scores = {score.criterion_id: score.value for score in review.scores.all()}
        weights = {score.criterion_id: score.criterion.weight for score in review.scores.all()}
        review.weighted = scoring.weighted_score(scores, weights)  # type: ignore[attr-defined]
    return weighed


def summed_up(reviews: Iterable[Review]) -> Outcome:
    """Sum up the reviews of one application; each gets its weighted score as `weighted`."""
    return scoring.outcome(review.weighted for review in weigh(reviews))  # type: ignore[attr-defined]


def _reviews(call: Call, viewer: Any, keys: Collection[int] | None) -> dict[int, list[Review]]:
    """Return the counted reviews that the viewer may see, by application."""
    found = (
        Review.objects.visible_to(viewer)
        .counted()
        .filter(assignment__application__call=call, assignment__application__state__in=Application.UNDER_REVIEW)
    )
    if keys is not None:
        found = found.filter(assignment__application__in=keys)
    found = found.select_related("assignment__member__person").prefetch_related(WITH_SCORES).order_by("pk")
    by_application: dict[int, list[Review]] = defaultdict(list)
    for review in weigh(found):
        by_application[review.assignment.application_id].append(review)
    return by_application


def _states(call: Call, viewer: Any, keys: Collection[int] | None) -> dict[int, list[str]]:
    """Return the states of the visible assignments that count as reviews, owed or in, by application."""
    found = Assignment.objects.visible_to(viewer).active().filter(application__call=call)
    if keys is not None:
        found = found.filter(application__in=keys)
    by_application: dict[int, list[str]] = defaultdict(list)
    for application, state in found.values_list("application", "state"):
        by_application[application].append(state)
    return by_application


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)
