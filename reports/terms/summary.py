"""What the summary of an application says to one recipient: nothing that their pages would not show."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from applications.models import Application
from core.people.models import User, country_name
from fund.models import Criterion
from reports.builders.application_summary import BudgetCategory, Copy, Flag, Opinion, SummaryTerms
from reports.builders.score_grid import CriterionScores, GroupMean, Reviewer, ScoreGrid
from reports.terms.issuing import issue_of
from reviews import scoring
from reviews.models import Recommendation, Review, StakeholderGroup
from reviews.standing import WITH_SCORES, weigh

ETHICS = ("ethics", "safeguarding")
SHORT = 400


def summaries(
    applications: Sequence[Application], *, recipient: User, copy: Copy, hidden: Collection[int]
) -> Iterator[SummaryTerms]:
    """Gather summaries from the submitted versions and the reviews that the recipient may see.

    The queries are the same for one application and for many. Of those in `hidden` it is left out who applies.
    """
    reviews, advice = _reviews(applications, recipient), _recommendations(applications, recipient)
    for application in applications:
        yield _summary(application, reviews[application.pk], advice.get(application.pk, ()),
                       copy=copy, is_hidden=application.pk in hidden)  # fmt: skip


def rows_for_summaries() -> QuerySet[Application]:
    """Return the rows with all that a summary reads of them."""
    rows = Application.objects.select_related("call__fund", "call__rubric", "current")
    return rows.prefetch_related("screenings", "call__rubric__criteria")


def _reviews(applications: Sequence[Application], recipient: User) -> dict[int, list[Review]]:
    keys = [each.pk for each in applications]
    visible = Review.objects.visible_to(recipient).counted().filter(assignment__application__in=keys)
    found: dict[int, list[Review]] = {key: [] for key in keys}
    for each in weigh(
        visible.select_related("assignment__member__person").prefetch_related(WITH_SCORES).order_by("pk")
    ):
        found[each.assignment.application_id].append(each)
    return found


def _summary(
    application: Application, reviews: list[Review], advice: tuple[tuple[str, int], ...], *, copy: Copy,
    is_hidden: bool,
) -> SummaryTerms:  # fmt: skip
    content = application.current.content if application.current else {}
    columns = content["columns"]
    hidden = "Hidden until your review is submitted"
    return SummaryTerms(
        issue=issue_of(application.call.fund),
        copy=copy,
        reference=application.reference or "",
        call=application.call.title,
        title=columns["title"],
        host=hidden if is_hidden else columns["host"],
        country=hidden if is_hidden else country_name(columns["country"]),
        principal_investigator=hidden if is_hidden else columns["investigator"],
        amount=Decimal(content["budget"]["total"]),
        currency=content["budget"]["currency"],
        duration_months=columns["months"] or 0,
        lay_summary=columns["summary"],
        theme=columns["theme_name"],
        partners=() if is_hidden else _partners(content["team"]),
        budget=_budget(content["budget"], application),
        flags=_flags(content["sections"]),
        eligibility=tuple(f"{each}: {each.text}" if each.text else str(each) for each in application.screenings.all()),
        scores=_grid(application, reviews),
        opinions=tuple(_opinion(number, each, application) for number, each in enumerate(reviews, start=1)),
        recommendations=advice,
    )


def _partners(team: list[dict[str, Any]]) -> tuple[str, ...]:
    others = [each for each in team if each["part"] != "investigator"]
    return tuple(f"{each['name']}, {each['organisation']}" if each["organisation"] else each["name"] for each in others)


def _budget(budget: Mapping[str, Any], application: Application) -> tuple[BudgetCategory, ...]:
    cap = application.call.indirect_cap / 100 * Decimal(budget["direct"])
    return tuple(
        BudgetCategory(each["label"], Decimal(each["amount"]), cap if each["category"] == "indirect" else None)
        for each in budget["by_category"]
        if Decimal(each["amount"])
    )


def _flags(sections: list[dict[str, Any]]) -> tuple[Flag, ...]:
    """Return the short answers of the ethics section: what it is about, not the whole plan."""
    answers = [each for section in sections if section["key"].startswith(ETHICS) for each in section["answers"]]
    return tuple(Flag(each["label"], each["words"]) for each in answers if 0 < len(each["words"]) <= SHORT)


def _grid(application: Application, reviews: list[Review]) -> ScoreGrid | None:
    if not reviews:
        return None
    rubric = application.call.rubric
    outcome = scoring.outcome(each.weighted for each in reviews)  # type: ignore[attr-defined]
    return ScoreGrid(
        scale=f"{rubric.least} to {rubric.most}",
        reviewers=tuple(_reviewer(number, each, application) for number, each in enumerate(reviews, start=1)),
        criteria=tuple(_criterion(each, reviews) for each in rubric.criteria.all()),
        totals=tuple(scoring.shown(each.weighted) for each in reviews),  # type: ignore[attr-defined]
        mean=scoring.shown(outcome.mean),
        spread=scoring.shown(outcome.spread),
        groups=_groups(reviews),
    )


def _reviewer(number: int, review: Review, application: Application) -> Reviewer:
    member = review.assignment.member
    name = member.person.name if application.call.reviewers_see_names else f"Reviewer {number}"
    return Reviewer(name, member.get_group_display())


def _opinion(number: int, review: Review, application: Application) -> Opinion:
    comments = tuple((each.criterion.label, each.comment) for each in review.scores.all() if each.comment)
    who = _reviewer(number, review, application)
    return Opinion(who, comments, review.public_comment, review.private_comment)


def _criterion(criterion: Criterion, reviews: list[Review]) -> CriterionScores:
    found = [{score.criterion_id: score.value for score in each.scores.all()}.get(criterion.pk) for each in reviews]
    scores = tuple(None if each is None else Decimal(each) for each in found)
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


def _recommendations(applications: Sequence[Application], recipient: User) -> dict[int, tuple[tuple[str, int], ...]]:
    if not recipient.reads_all:
        return {}
    found = Recommendation.objects.filter(application__in=[each.pk for each in applications])
    return {each.application_id: ((str(each.get_kind_display()), 1),) for each in found}
