"""What a decision is based on: noted by key when it is prepared, frozen with all figures when it is approved."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from applications.models import Application
from core.people.models import User
from fund.models import Call, Rubric
from reviews import scoring, standing
from reviews.models import Decision, Draw, RankingRun, Recommendation, Review
from reviews.models.selection import calls_partly_shut_to
from reviews.order import Order
from reviews.order_seen import seen_by


def of(application: Application) -> dict[str, Any]:
    """Return the keys of the version, the rubric and the counted reviews with their revisions: no score, no name."""
    counted = Review.objects.counted().filter(assignment__application=application).order_by("pk")
    return {
        "version": application.current_id,
        "rubric": application.call.rubric_id,
        "reviews": [list(pair) for pair in counted.values_list("pk", "revision")],
    }


@dataclass(frozen=True)
class Before:
    """What an approving person has before them; `is_whole` if nothing of the order is shut to them."""

    order: Order
    run: RankingRun | None
    draw: Draw | None
    is_whole: bool


def before_eyes_of(call: Call, viewer: User) -> Before:
    """Return the order and the draw in force that an approving person has before them."""
    seen = seen_by(call, viewer)
    is_whole = not calls_partly_shut_to(viewer).filter(call=call).exists()
    return Before(seen.drawn, seen.run, seen.draw, is_whole)


def content_of(decision: Decision, seen: Before) -> dict[str, Any]:
    """Return all figures that a decision rests on."""
    application = decision.application
    counted = Review.objects.counted().filter(assignment__application=application).order_by("pk")
    reviews = standing.weigh(
        counted.select_related("assignment__member", "rubric").prefetch_related(standing.WITH_SCORES)
    )
    summed = scoring.outcome(each.weighted for each in reviews)  # type: ignore[attr-defined]
    return {
        "version": _version(application),
        "rubric": _rubric(application.call.rubric),
        "reviews": [_review(each) for each in reviews],
        "mean": _figure(summed.mean),
        "spread": _figure(summed.spread),
        "overall": _figure(scoring.mean(None if each.overall is None else Decimal(each.overall) for each in reviews)),
        "recommendation": _recommendation(application),
        "money": _money(application),
        "ranking": _ranking(application, seen),
        "draw": _draw(application, seen.draw),
    }


def _version(application: Application) -> dict[str, Any] | None:
    version = application.current
    return None if version is None else {"number": version.number, "sha256": version.sha256}


def _rubric(rubric: Rubric) -> dict[str, Any]:
    weights = {each.key: each.weight for each in rubric.criteria.all()}
    return {"id": rubric.pk, "number": rubric.number, "weights": weights, "scale": [rubric.least, rubric.most]}


def _review(review: Review) -> dict[str, Any]:
    return {
        "review": review.pk, "revision": review.revision, "version": review.version_id, "rubric": review.rubric.number,
        "group": review.assignment.member.group, "overall": review.overall,
        "weighted": _figure(review.weighted),  # type: ignore[attr-defined]
        "scores": {score.criterion.key: score.value for score in review.scores.all()},
    }  # fmt: skip


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else f"{scoring.shown(value, 4):f}"


def _recommendation(application: Application) -> dict[str, Any] | None:
    advice = Recommendation.objects.filter(application=application).first()
    if advice is None:
        return None
    amount = None if advice.amount is None else f"{advice.amount:.3f}"
    return {"kind": advice.kind, "amount": amount, "rank": advice.rank}


def _money(application: Application) -> dict[str, Any]:
    """Return what was asked for and what the panel advises, and which of them counted against the budget."""
    advised = Recommendation.objects.filter(application=application).values_list("amount", flat=True).first()
    return {
        "asked": None if application.amount is None else f"{application.amount:.3f}",
        "advised": None if advised is None else f"{advised:.3f}",
        "used": "asked" if advised is None else "advised",
    }


def _ranking(application: Application, seen: Before) -> dict[str, Any] | None:
    """Return where the application stands, with all that is needed to work it out again."""
    row = next((row for row in seen.order.rows if row.result.application.pk == application.pk), None)
    if row is None or row.ranked is None or seen.run is None or seen.order.ranking is None:
        return None
    place, line = row.ranked, seen.order.line
    return {
        "model": seen.order.ranking.version, "seed": seen.run.seed, "digest": seen.run.digest,
        "draws": seen.order.ranking.draws, "of": len(seen.order.ranking.applications), "is_whole": seen.is_whole,
        "expected_rank": round(place.expected_rank, 4), "interval": list(place.interval),
        "calibrated": round(place.calibrated, 4), "against": row.against,
        "line": None if line is None or line.line is None else round(line.line, 4),
    }  # fmt: skip


def _draw(application: Application, draw: Draw | None) -> dict[str, Any] | None:
    reference = str(application.reference)
    if draw is None or reference not in draw.order:
        return None
    return {
        "draw": draw.pk, "seed": draw.seed, "fingerprint": draw.fingerprint,
        "place": draw.order.index(reference) + 1, "is_funded": reference in draw.funded,
        "amount": next(f"{lot.amount:.3f}" for lot in draw.lots if lot.reference == reference),
    }  # fmt: skip
