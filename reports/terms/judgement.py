"""How applications were judged, for one recipient: from the reviews, votes and advice that their pages would show.

What stands out follows from the scores alone, with the words of those who gave them:

* a *strength* is a criterion whose mean lies in the upper third of the scale, a *weakness* one whose mean lies in its
  lower half; at most three of each, those furthest out first. Quoted is how each reviewer whose own score lies there
  begins their comment on it;
* a *question for the panel* is each criterion, and the overall merit, in which the scores are half the scale apart or
  more, and each sentence that asks something in what a reviewer wrote of a criterion or for the panel only: what they
  wrote for the applicant asks the applicant.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from applications.models import Application
from core.people.models import User
from fund.models import Criterion, Rubric
from reports.builders.judgement import Judgement, Opinion, Point, Quote
from reports.builders.score_grid import CriterionScores, GroupMean, Reviewer, ScoreGrid
from reports.builders.wording import money
from reports.terms.sentences import opening, questions_in
from reviews import scoring
from reviews.models import Recommendation, Review, Score, StakeholderGroup
from reviews.models.assignment import reviews_owed_by
from reviews.standing import WITH_SCORES, weigh
from reviews.votes import Concluded, concluded_for

type Lies = Callable[[Decimal, Rubric], bool]
"""Whether a score lies in some part of a scale."""

MOST_POINTS = 3


def judgements(applications: Sequence[Application], recipient: User) -> dict[int, Judgement]:
    """Gather how applications that the recipient may see were judged, in the same queries for one and for many."""
    keys = [each.pk for each in applications]
    reviews, concluded, advice = _reviews(keys, recipient), concluded_for(recipient, keys), _advice(keys, recipient)
    return {
        each.pk: _judgement(each, reviews[each.pk], concluded.get(each.pk), advice.get(each.pk))
        for each in applications
    }


def _reviews(keys: Sequence[int], recipient: User) -> dict[int, list[Review]]:
    visible = Review.objects.visible_to(recipient).counted().filter(assignment__application__in=keys)
    found: dict[int, list[Review]] = {key: [] for key in keys}
    for each in weigh(
        visible.select_related("assignment__member__person").prefetch_related(WITH_SCORES).order_by("pk")
    ):
        found[each.assignment.application_id].append(each)
    return found


def _advice(keys: Sequence[int], recipient: User) -> dict[int, str]:
    """Return what the panel recommends, in words, for those whose pages show it; the rest learn it from the meeting."""
    rows = Recommendation.objects.visible_to(recipient).filter(application__in=keys)
    rows = rows.exclude(application__in=reviews_owed_by(recipient)).select_related("application__call")
    return {each.application_id: _in_words(each) for each in rows}


def _in_words(advice: Recommendation) -> str:
    amount = "" if advice.amount is None else money(advice.amount, advice.application.call.currency)
    place = f"place {advice.rank} of the reserves" if advice.rank else ""
    return ", ".join(filter(None, [str(advice.get_kind_display()), amount, place]))


def _judgement(
    application: Application, reviews: list[Review], concluded: Concluded | None, advice: str | None
) -> Judgement:
    voted = concluded or Concluded("", ())
    who = {each.pk: _reviewer(number, each, application) for number, each in enumerate(reviews, start=1)}
    rubric = application.call.rubric
    return Judgement(
        scores=_grid(rubric, reviews, who),
        merits=_merits(rubric, reviews),
        votes=voted.tally,
        advice=voted.advice if advice is None else advice,
        strengths=_points(reviews, rubric, who, _is_strong, best_first=True),
        weaknesses=_points(reviews, rubric, who, _is_weak, best_first=False),
        opinions=tuple(_opinion(each, who[each.pk]) for each in reviews),
        divided=tuple(_divided(rubric, reviews)),
        questions=tuple(Quote(who[each.pk].label, asked) for each in reviews for asked in _asked(each)),
    )


def _reviewer(number: int, review: Review, application: Application) -> Reviewer:
    member = review.assignment.member
    name = member.person.name if application.call.reviewers_see_names else f"Reviewer {number}"
    return Reviewer(name, member.get_group_display())


def _opinion(review: Review, who: Reviewer) -> Opinion:
    comments = tuple((each.criterion.label, each.comment) for each in _in_order(review) if each.comment)
    return Opinion(who, comments, review.public_comment, review.private_comment)


def _in_order(review: Review) -> list[Score]:
    """Return the scores in the order of the rubric."""
    return sorted(review.scores.all(), key=lambda score: score.criterion.position)


def _grid(rubric: Rubric, reviews: list[Review], who: Mapping[int, Reviewer]) -> ScoreGrid | None:
    if not reviews:
        return None
    outcome = scoring.outcome(each.weighted for each in reviews)  # type: ignore[attr-defined]
    return ScoreGrid(
        scale=f"{_merit(rubric, rubric.least)} to {_merit(rubric, rubric.most)}",
        reviewers=tuple(who.values()),
        criteria=tuple(_criterion(each, reviews) for each in rubric.criteria.all()),
        totals=tuple(scoring.shown(each.weighted) for each in reviews),  # type: ignore[attr-defined]
        mean=scoring.shown(outcome.mean),
        spread=scoring.shown(outcome.spread),
        groups=_groups(reviews),
    )


def _scores(criterion: Criterion, reviews: list[Review]) -> list[Decimal | None]:
    found = [{score.criterion_id: score.value for score in each.scores.all()}.get(criterion.pk) for each in reviews]
    return [None if each is None else Decimal(each) for each in found]


def _criterion(criterion: Criterion, reviews: list[Review]) -> CriterionScores:
    scores = tuple(_scores(criterion, reviews))
    mean, spread = scoring.mean(scores), scoring.spread(scores)
    return CriterionScores(
        criterion.label, Decimal(criterion.weight), scores, scoring.shown(mean), scoring.shown(spread)
    )


def _groups(reviews: list[Review]) -> tuple[GroupMean, ...]:
    pairs = [(each.assignment.member.group, each.weighted) for each in reviews]  # type: ignore[attr-defined]
    count = Counter(group for group, _ in pairs)
    means = scoring.group_means(pairs)
    return tuple(
        GroupMean(str(StakeholderGroup(group).label), count[group], scoring.shown(means[group])) for group in count
    )


def _merits(rubric: Rubric, reviews: list[Review]) -> tuple[tuple[str, int], ...]:
    """Count the reviewers by the overall merit that they gave, the highest first."""
    count = Counter(each.overall for each in reviews if each.overall is not None)
    return tuple((_merit(rubric, value), count[value]) for value in sorted(count, reverse=True))


def _merit(rubric: Rubric, value: int) -> str:
    """Return a score with its word, where the scale has one: “5 Very good”."""
    return f"{value} {rubric.anchors.get(str(value), '').partition(':')[0]}".strip()


def _is_strong(score: Decimal, rubric: Rubric) -> bool:
    return 3 * (score - rubric.least) >= 2 * (rubric.most - rubric.least)


def _is_weak(score: Decimal, rubric: Rubric) -> bool:
    return 2 * score < rubric.least + rubric.most


def _points(
    reviews: list[Review], rubric: Rubric, who: Mapping[int, Reviewer], lies_there: Lies, *, best_first: bool
) -> tuple[Point, ...]:
    """Return the criteria whose means lie in a part of the scale, those furthest out first."""
    means = [(each, scoring.mean(_scores(each, reviews))) for each in rubric.criteria.all()]
    found = [(each, mean) for each, mean in means if mean is not None and lies_there(mean, rubric)]
    found.sort(key=lambda pair: pair[1], reverse=best_first)
    return tuple(
        Point(each.label, mean, tuple(_quotes(each, reviews, who, lies_there))) for each, mean in found[:MOST_POINTS]
    )


def _quotes(
    criterion: Criterion, reviews: list[Review], who: Mapping[int, Reviewer], lies_there: Lies
) -> Iterator[Quote]:
    for review in reviews:
        for score in review.scores.all():
            if score.criterion_id != criterion.pk or score.value is None or not score.comment:
                continue
            if lies_there(Decimal(score.value), criterion.rubric):
                yield Quote(who[review.pk].label, opening(score.comment))


def _asked(review: Review) -> Iterator[str]:
    for text in (*(each.comment for each in _in_order(review)), review.private_comment):
        yield from questions_in(text)


def _divided(rubric: Rubric, reviews: list[Review]) -> Iterator[str]:
    """Say in which criteria the scores are far apart."""
    named = [(each.label, _scores(each, reviews)) for each in rubric.criteria.all()]
    named.append(("overall merit", [None if each.overall is None else Decimal(each.overall) for each in reviews]))
    for name, scores in named:
        known = [each for each in scores if each is not None]
        if known and max(known) - min(known) >= scoring.DISAGREE_RANGE * (rubric.most - rubric.least):
            yield f"The scores for {name} go from {min(known)} to {max(known)}. What divides the reviewers?"
