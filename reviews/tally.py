"""What was decided in a call, as far as one viewer may see it, and what it comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Sum, Value, When

from applications.models import Application
from core.documents.models import Document, IssuedLetter
from core.jobs.models import Job
from fund.models import Award, Call
from reviews.models import Decision, Recommendation
from reviews.models.outcome import GIVEN_BACK, DecisionQuerySet

State, Outcome, Kind = Decision.State, Decision.Outcome, Recommendation.Kind
LETTERS = ("award-letter", "outcome-letter")
FROM_ADVICE: dict[str, str] = {
    Kind.FUND: Outcome.FUND, Kind.CONDITIONS: Outcome.FUND, Kind.RESERVE: Outcome.RESERVE, Kind.DECLINE: Outcome.DECLINE,
}  # fmt: skip
OUTCOME_ORDER = Case(
    When(outcome=Outcome.FUND, then=Value(0)), When(outcome=Outcome.RESERVE, then=Value(1)), default=Value(2),
    output_field=IntegerField(),
)  # fmt: skip


def decisions_of(call: Call, viewer: Any) -> DecisionQuerySet:
    """Return the decisions in force that the viewer may see for the fund; what they apply with is not theirs to see."""
    return _seen(call, viewer).current()


def released_of(call: Call, viewer: Any) -> DecisionQuerySet:
    """Return all decisions that were ever released, those replaced since among them."""
    return _seen(call, viewer).filter(release__isnull=False)


def _seen(call: Call, viewer: Any) -> DecisionQuerySet:
    mine = Application.objects.visible_to_fund(viewer).filter(call=call).values("pk")
    return Decision.objects.visible_to(viewer).filter(application__in=mine)


@dataclass(frozen=True)
class Tally:
    """How many decisions are where, and what is to be funded against the budget."""

    counts: dict[str, int]
    outcomes: dict[str, int]
    funded: Decimal
    budget: Decimal
    mine: int

    @property
    def total(self) -> int:
        """All decisions in force."""
        return sum(self.counts.values())

    @property
    def left(self) -> Decimal:
        """What the budget still has room for; negative if prepared decisions go beyond it."""
        return self.budget - self.funded

    @property
    def over(self) -> Decimal:
        """By how much what is prepared goes beyond the budget."""
        return max(-self.left, Decimal(0))

    @property
    def to_approve(self) -> int:
        """How many were prepared by others, so that the viewer can be their second person."""
        return self.counts[State.DRAFT] - self.mine


def tally_of(call: Call, viewer: Any) -> Tally:
    """Add up the decisions that the viewer may see."""
    found = decisions_of(call, viewer).order_by()
    rows = found.values("state", "outcome").annotate(
        number=Count("pk"), own=Count("pk", filter=Q(prepared_by=viewer.pk, state=State.DRAFT)),
        taken_up=Count("pk", filter=_taken_up()), amounts=Sum("amount", filter=_taken_up()),
    )  # fmt: skip
    counts, outcomes = dict.fromkeys(State.values, 0), dict.fromkeys(Outcome.values, 0)
    funded, mine = Decimal(0), 0
    for row in rows:
        counts[row["state"]] += row["number"]
        outcomes[row["outcome"]] += row["taken_up"]
        funded += row["amounts"] or Decimal(0) if row["outcome"] == Outcome.FUND else Decimal(0)
        mine += row["own"]
    return Tally(counts, outcomes, funded, call.budget, mine)


def _taken_up() -> Q:
    """Leave out offers that were declined or lapsed: their money is free again."""
    return Q(award=None) | ~Q(award__state__in=GIVEN_BACK)


def undecided(call: Call, viewer: Any) -> Sequence[Recommendation]:
    """Return the recommendations that no decision follows yet, those to fund first."""
    found = Recommendation.objects.visible_to(viewer).filter(
        application__call=call, application__state=Application.State.RECOMMENDED
    )
    decided = Decision.objects.current().filter(application=OuterRef("application"))
    rows = found.filter(~Exists(decided)).select_related("application__call__fund", "application__host")
    order = list(Kind.values)
    return sorted(rows, key=lambda row: (order.index(row.kind), row.rank or 0, str(row.application.reference)))


@dataclass(frozen=True)
class Sums:
    """What a set of decisions does: offers and what they sum to, and the other letters."""

    offers: int
    amount: Decimal
    others: int

    @property
    def number(self) -> int:
        """All of them."""
        return self.offers + self.others


def sums_of(decisions: Iterable[Decision]) -> Sums:
    """Count the offers and the other outcomes of chosen decisions."""
    chosen = list(decisions)
    funded = [each.amount or Decimal(0) for each in chosen if each.outcome == Outcome.FUND]
    return Sums(len(funded), sum(funded, Decimal(0)), len(chosen) - len(funded))


def letters_of(decisions: Iterable[Decision], viewer: Any) -> dict[int, Document]:
    """Return the letter of each decision that the viewer may read, by the decision's key."""
    decision_of: dict[tuple[str, int], int] = {}
    for each in decisions:
        decision_of[Decision._meta.label_lower, each.pk] = each.pk
        if each.outcome != Outcome.FUND:
            decision_of[Application._meta.label_lower, each.application_id] = each.pk
        if each.award_id:
            decision_of[Award._meta.label_lower, each.award_id] = each.pk
    about = Q(pk__in=[])
    for kind in {kind for kind, _ in decision_of}:
        about |= Q(subject_type=kind, subject__in=[key for of, key in decision_of if of == kind])
    found = Document.objects.visible_to(viewer).current().filter(about, kind__in=LETTERS)
    return {decision_of[each.subject_type, each.subject]: each for each in found}


def jobs_of(decisions: Iterable[Decision]) -> dict[int, Job]:
    """Return the work on the letter of each decision, by the decision's key: never more than is asked about."""
    keys = {f"letter-{each.pk}": each.pk for each in decisions}
    return {keys[str(job.key)]: job for job in Job.objects.filter(key__in=keys)}


def entered_of(decisions: Iterable[Decision]) -> dict[int, IssuedLetter]:
    """Return the row of the register of each decision's letter, its newest version, by the decision's key."""
    rows = IssuedLetter.objects.filter(cause__in=[each.pk for each in decisions], kind__in=LETTERS)
    return {each.cause: each for each in rows.order_by("version")}
