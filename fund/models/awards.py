"""Awards and what hangs on them: conditions, instalments, progress reports."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.language import lazy
from core.money import CurrencyField, MoneyField
from core.people.models import Organisation
from core.states import Shape, Stateful, StateTable, Wording, transition
from fund.models.calls import Call
from fund.models.funds import SOURCE, Fund
from fund.models.parts import Theme
from fund.periods import months_between


class AwardQuerySet(models.QuerySet["Award"]):
    """Awards, and who may see them."""

    def visible_to(self, user: Any) -> "AwardQuerySet":
        """Keep a person's own awards once known; the people of the fund see all others but those of recusals."""
        if not user.is_authenticated:
            return self.none()
        held = _held_by(user)
        return self.filter(held | (_free_of(user) & ~_holds(user)) if user.is_insider else held)

    def held_by(self, user: Any) -> "AwardQuerySet":
        """Keep the awards that the person, or the outer row of one, answers for once the offer becomes known."""
        return self.filter(_held_by(user))

    def visible_to_fund(self, user: Any) -> "AwardQuerySet":
        """Keep what the person may run or read for the fund: nothing that they hold or are recused from."""
        if not user.is_authenticated or not user.is_insider:
            return self.none()
        return self.filter(_free_of(user) & ~_holds(user))

    def public(self) -> "AwardQuerySet":
        """Keep the public register: accepted awards only."""
        return self.filter(state__in=Award.ACCEPTED_STATES)


def _holdings_of(user: Any) -> models.QuerySet:
    return Award.holders.through.objects.filter(user=user).values("award")


def _held_by(user: Any) -> Q:
    return Q(offered_at__lte=clock.now()) & _holds(user)


def _holds(user: Any) -> Q:
    return Q(investigator=user) | Q(pk__in=_holdings_of(user))


def _free_of(user: Any) -> Q:
    recused = user.declarations.recusing().filter(subject_type=SOURCE)
    return ~Q(source_key__in=recused.values("subject"))


class Award(Stateful):
    """What was offered: its own terms, copied from the decision that made it."""

    class State(models.TextChoices):
        """Where an award is."""

        OFFERED = "offered"
        ACCEPTED = "accepted"
        SIGNED = "signed"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        COMPLETED = "completed"
        CLOSED = "closed"
        DECLINED = "declined"
        LAPSED = "lapsed"
        TERMINATED = "terminated"

    ACCEPTED_STATES: ClassVar[tuple[str, ...]] = (
        State.ACCEPTED, State.SIGNED, State.ACTIVE, State.SUSPENDED, State.COMPLETED, State.CLOSED, State.TERMINATED,
    )  # fmt: skip

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "accept": transition(
                State.OFFERED, to=State.ACCEPTED, permission="fund.answer_offer", label=lazy("Accept the offer")
            ),
            "decline": transition(
                State.OFFERED, to=State.DECLINED, permission="fund.answer_offer", label=lazy("Decline the offer")
            ),
            "lapse": transition(State.OFFERED, to=State.LAPSED, permission="fund.run_award", system_only=True),
            "sign": transition(
                State.ACCEPTED, to=State.SIGNED, permission="fund.run_award", label=lazy("Record the signed agreement")
            ),
            "activate": transition(
                State.SIGNED, to=State.ACTIVE, permission="fund.run_award", label=lazy("Start the award")
            ),
            "suspend": transition(State.ACTIVE, to=State.SUSPENDED, permission="fund.run_award", label=lazy("Suspend")),
            "resume": transition(State.SUSPENDED, to=State.ACTIVE, permission="fund.run_award", label=lazy("Resume")),
            "complete": transition(
                State.ACTIVE, to=State.COMPLETED, permission="fund.run_award", label=lazy("Complete")
            ),
        },
        wordings={
            State.OFFERED: Wording(lazy("Offered"), lazy("Offer to answer"), Shape.MOVING, Shape.YOURS),
            State.ACCEPTED: Wording(lazy("Accepted"), lazy("Accepted; the agreement follows"), Shape.MOVING),
            State.SIGNED: Wording(lazy("Agreement signed"), lazy("Agreement signed"), Shape.MOVING),
            State.ACTIVE: Wording(lazy("Active"), lazy("Under way"), Shape.MOVING),
            State.SUSPENDED: Wording(lazy("Suspended"), lazy("Suspended"), Shape.STOPPED),
            State.COMPLETED: Wording(lazy("Completed"), lazy("Completed"), Shape.DONE),
            State.CLOSED: Wording(lazy("Closed"), lazy("Closed"), Shape.DONE),
            State.DECLINED: Wording(lazy("Declined by the grantee"), lazy("You declined"), Shape.STOPPED),
            State.LAPSED: Wording(lazy("Lapsed"), lazy("The offer lapsed"), Shape.STOPPED),
            State.TERMINATED: Wording(lazy("Terminated"), lazy("Terminated"), Shape.STOPPED),
        },
    )

    number = models.CharField(max_length=30, unique=True)
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="awards")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="awards")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="awards")
    source_key = models.BigIntegerField(null=True, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.OFFERED)
    title = models.CharField(max_length=300)
    public_summary = models.TextField(blank=True)
    grantee = models.ForeignKey(Organisation, models.PROTECT, related_name="awards")
    grantee_name = models.CharField(max_length=300)
    grantee_address = models.TextField(blank=True)
    investigator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="awards")
    investigator_name = models.CharField(max_length=200)
    holders = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="held_awards")
    signatory = models.CharField(max_length=200, blank=True)
    currency = CurrencyField()
    offered_amount = MoneyField()
    amount = MoneyField()
    decided_at = models.DateTimeField()
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decline_reason = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    special_conditions = models.TextField(blank=True)
    signed_on = models.DateField(null=True)
    is_withheld = models.BooleanField(default=False)
    withheld_reason = models.CharField(max_length=300, blank=True)

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["state", "answer_by"]), models.Index(fields=["call", "state"])]
        constraints = [
            models.CheckConstraint(condition=Q(offered_amount__gt=0, amount__gte=0), name="award_amounts"),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "lapsed"]) | Q(amount=0), name="award_refused_holds_no_money"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "active", "suspended", "completed", "closed"])
                | Q(signed_on__isnull=False),
                name="award_signed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(is_withheld=False, withheld_reason="") | (Q(is_withheld=True) & ~Q(withheld_reason="")),
                name="award_withheld_has_reason",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="award_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) | Q(answered_at__isnull=False),
                name="award_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the award's page."""
        return reverse("awards:detail", args=[self.number])

    @property
    def audit_root(self) -> tuple[str, int]:
        """What the award came from, under which the audit trail keeps its history; else itself."""
        return (SOURCE, self.source_key) if self.source_key else (self._meta.label_lower, self.pk)

    @property
    def has_lapsed(self) -> bool:
        """Whether the time to answer is over."""
        return self.state == self.State.OFFERED and clock.now() > self.answer_by

    @property
    def months(self) -> int:
        """The length in whole months."""
        return months_between(self.starts_on, self.ends_on)

    @property
    def country(self) -> str:
        """The grantee's country in words."""
        return self.grantee.country_name


class AwardCondition(models.Model):
    """Something that must be met before a signature, an instalment or anything."""

    class Blocks(models.TextChoices):
        """What waits for it."""

        SIGNATURE = "signature", lazy("The signature")
        INSTALMENT = "instalment", lazy("One instalment")
        ALL = "all", lazy("Everything")

    class State(models.TextChoices):
        """Where it is."""

        OPEN = "open", lazy("Open")
        MET = "met", lazy("Met")
        WAIVED = "waived", lazy("Waived")

    award = models.ForeignKey(Award, models.CASCADE, related_name="conditions")
    text = models.CharField(max_length=500)
    blocks = models.CharField(max_length=10, choices=Blocks, default=Blocks.SIGNATURE)
    instalment = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="condition_settled_has_time",
            ),
            models.CheckConstraint(condition=~Q(state="waived") | ~Q(reason=""), name="condition_waived_has_reason"),
            models.CheckConstraint(
                condition=~Q(blocks="instalment") | Q(instalment__isnull=False), name="condition_names_instalment"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Instalment(models.Model):
    """One payment of the plan."""

    class State(models.TextChoices):
        """Where it is."""

        SCHEDULED = "scheduled", lazy("Scheduled")
        DUE = "due", lazy("Due")
        PAID = "paid", lazy("Paid")
        HELD = "held", lazy("Held")
        CANCELLED = "cancelled", lazy("Cancelled")

    award = models.ForeignKey(Award, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = MoneyField()
    condition = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.SCHEDULED)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="instalment_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=Decimal(0)), name="instalment_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.award.number}, instalment {self.number}"


class ProgressReport(models.Model):
    """A report that the grantee owes."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="progress_reports")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    due_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["award", "number"], name="progress_report_number_once")]

    def __str__(self) -> str:
        return f"{self.award.number}, {self.title}"
