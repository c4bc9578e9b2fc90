"""What the summary of an application says to one recipient: nothing that their pages would not show."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from applications.models import Application
from core import clock
from core.people.models import User, country_name
from fund.models import Criterion
from reports.builders.application_summary import BudgetCategory, Copy, Flag, SummaryTerms
from reports.builders.score_grid import CriterionScores, GroupMean, Reviewer, ScoreGrid
from reports.terms.issuing import issue_of
from reviews import scoring
from reviews.models import Recommendation, Review, StakeholderGroup
from reviews.standing import WITH_SCORES, weigh

ETHICS = ("ethics", "safeguarding")
SHORT = 400


def summary_terms(application: Application, *, recipient: User, copy: int, is_hidden: bool) -> SummaryTerms:
    """Gather the summary from the submitted version and the reviews that the recipient may see.

    `is_hidden` leaves out who applies, as long as the call hides that from this recipient.
    """
    content = application.current.content if application.current else {}
    columns = content["columns"]
    hidden = "Hidden until your review is submitted"
    return SummaryTerms(
        issue=issue_of(application.call.fund),
        copy=Copy(copy, recipient.name, clock.now()),
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
        scores=_grid(application, recipient),
        recommendations=_recommendations(application, recipient),
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


def _grid(application: Application, recipient: User) -> ScoreGrid | None:
    visible = Review.objects.visible_to(recipient).counted().filter(assignment__application=application)
    reviews = weigh(visible.select_related("assignment__member__person").prefetch_related(WITH_SCORES).order_by("pk"))
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


def _recommendations(application: Application, recipient: User) -> tuple[tuple[str, int], ...]:
    if not recipient.reads_all:
        return ()
    found = Recommendation.objects.filter(application=application).first()
    return ((str(found.get_kind_display()), 1),) if found else ()
