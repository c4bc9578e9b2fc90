"""What the panel advises, what the fund decides, and when it becomes known."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from applications.models import Application
from core import clock
from core.language import LETTER_LANGUAGES, lazy
from core.money import MoneyField
from core.states import Shape, Stateful, StateTable, Wording, transition
from fund.models import Award, Call
from reviews.models.panel import calls_chaired_by

GIVEN_BACK = (Award.State.DECLINED, Award.State.LAPSED)
"""Awards that were not taken up: their money is free for others."""


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Recommendations, and who may see them."""

    def visible_to(self, user: Any) -> "RecommendationQuerySet":
        """Keep them for administrators, auditors and a call's chair, but what they may not judge."""
        if not user.is_authenticated:
            return self.none()
        found = self.filter(application__in=Application.objects.visible_to_fund(user).values("pk"))
        return found if user.reads_all else found.filter(application__call__in=calls_chaired_by(user))


class Recommendation(models.Model):
    """What the panel advises on one application."""

    class Kind(models.TextChoices):
        """The advice."""

        FUND = "fund", lazy("Fund")
        CONDITIONS = "conditions", lazy("Fund with conditions")
        RESERVE = "reserve", lazy("Reserve")
        DECLINE = "decline", lazy("Do not fund")

    application = models.OneToOneField(Application, models.CASCADE, related_name="recommendation")
    kind = models.CharField(max_length=10, choices=Kind)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = MoneyField(null=True, blank=True)
    rationale = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RecommendationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return "applications.application", self.application_id


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases, and who may see them."""

    def visible_to(self, user: Any) -> "ReleaseQuerySet":
        """Keep them for administrators and auditors; which decisions they see in one is asked of the decisions."""
        return self if user.is_authenticated and user.reads_all else self.none()


class Release(models.Model):
    """One release of a batch of decisions, all visible at one set time."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="releases")
    visible_at = models.DateTimeField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey("core.Batch", models.PROTECT, null=True, related_name="+")

    objects = ReleaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.call} {self.released_at:%d %b %Y}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, and who may see them."""

    def visible_to(self, user: Any) -> "DecisionQuerySet":
        """Keep all but recused ones for the fund's people, and for applicants their own once released."""
        if not user.is_authenticated:
            return self.none()
        own = Q(application__in=user.teams.values("application"), state=Decision.State.RELEASED)
        own &= Q(release__visible_at__lte=clock.now())
        if not user.reads_all:
            return self.filter(own)
        return self.filter(own | Q(application__in=Application.objects.visible_to_fund(user).values("pk")))

    def current(self) -> "DecisionQuerySet":
        """Leave out what was superseded."""
        return self.exclude(state=Decision.State.SUPERSEDED)


class Decision(Stateful):
    """What the fund decides on one application; superseded, never edited once approved.

    A reserve that moves up has two in force for a while: the released one, and the one that will take its place.
    """

    class State(models.TextChoices):
        """Where it is."""

        DRAFT = "draft"
        APPROVED = "approved"
        RELEASED = "released"
        SUPERSEDED = "superseded"

    class Outcome(models.TextChoices):
        """What was decided."""

        FUND = "fund", lazy("Fund")
        RESERVE = "reserve", lazy("Reserve")
        DECLINE = "decline", lazy("Do not fund")

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "approve": transition(
                State.DRAFT, to=State.APPROVED, permission="reviews.approve_decision", label=lazy("Approve")
            ),
            "unapprove": transition(
                State.APPROVED, to=State.DRAFT, permission="reviews.approve_decision", label=lazy("Take the approval back")
            ),
            "release": transition(
                State.APPROVED, to=State.RELEASED, permission="reviews.release_decision", label=lazy("Release")
            ),
            "supersede": transition(
                State.DRAFT, State.APPROVED, State.RELEASED,
                to=State.SUPERSEDED, permission="reviews.prepare_decision", label=lazy("Replace"),
            ),
        },
        wordings={
            State.DRAFT: Wording(lazy("Prepared"), lazy("We are reading your application")),
            State.APPROVED: Wording(lazy("Approved"), lazy("We are reading your application"), Shape.MOVING),
            State.RELEASED: Wording(lazy("Released"), lazy("Decided"), Shape.DONE),
            State.SUPERSEDED: Wording(lazy("Replaced"), lazy("Replaced"), Shape.STOPPED),
        },
    )  # fmt: skip

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=8, choices=Outcome)
    amount = MoneyField(null=True, blank=True)
    rationale = models.TextField()
    special_conditions = models.TextField(blank=True)
    language = models.CharField(max_length=5, choices=LETTER_LANGUAGES, default="en")
    """In which language its letter is."""
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    basis = models.JSONField(default=dict)
    prepared_at = models.DateTimeField(default=clock.now)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="decisions")
    award = models.OneToOneField(Award, models.PROTECT, null=True, related_name="+")
    fills = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+")
    """The award that was not taken up, and whose place a reserve takes."""

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=["draft", "approved"]), name="decision_one_waiting"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="released"), name="decision_one_released"
            ),
            models.UniqueConstraint(
                fields=["fills"], condition=~Q(state="superseded"), name="decision_place_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")), name="decision_two_people"
            ),
            models.CheckConstraint(condition=~Q(outcome="fund") | Q(amount__gt=0), name="decision_to_fund_has_amount"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "released"])
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="decision_approved_has_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(release__isnull=False), name="decision_released_has_release"
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.application.reference}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return "applications.application", self.application_id
