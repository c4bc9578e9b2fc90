"""The application itself: its state, and who may see it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models.tied import tied_to
from core import clock
from core.forms.models import FormVersion
from core.language import lazy
from core.money import MoneyField
from core.people.models import Organisation, User, check_country, country_name
from core.states import Shape, Stateful, StateTable, Wording, transition
from fund.models import Call, PublicQuestion, Theme

Door = Callable[[Any], Q | None]
_doors: list[Door] = []
_bars: list[Door] = []
_veils: list[Door] = []


def admit(door: Door) -> Door:
    """Register a function from a person to a condition: which submitted applications an app above opens to them.

    Whoever reads all has no need of it, and is not asked about.
    """
    if door not in _doors:
        _doors.append(door)
    return door


def bar(door: Door) -> Door:
    """Register a function from a person to a condition: which applications stay shut to them, whatever opens them."""
    if door not in _bars:
        _bars.append(door)
    return door


def veil(door: Door) -> Door:
    """Register a function from a person to a condition: of which applications they must not know who applies."""
    if door not in _veils:
        _veils.append(door)
    return door


def veiled_from(user: Any) -> Q:
    """Return the condition for the applications whose applicants stay unknown to the person."""
    found = Q(pk__in=[])
    for hides in _veils:
        if (hidden := hides(user)) is not None:
            found |= hidden
    return found


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, and who may see them."""

    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """Keep what the person may open, as one of its team or for the fund: the only door, for counts too."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(pk__in=user.teams.values("application")) | _for_the_fund(user))

    def visible_to_fund(self, user: Any) -> "ApplicationQuerySet":
        """Keep what the person may judge or run: nothing that they apply with or are recused from."""
        return self.filter(_for_the_fund(user)) if user.is_authenticated else self.none()

    def of_team(self, user: Any) -> "ApplicationQuerySet":
        """Keep what the person applies with."""
        return self.filter(pk__in=user.teams.values("application"))

    def shut_to(self, user: Any) -> "ApplicationQuerySet":
        """Keep what the person must learn nothing of as one of the fund: what they apply with or are recused from."""
        return self.filter(tied_to(user))

    def left_out_for(self, user: Any) -> "ApplicationQuerySet":
        """Keep what figures leave out for the person: what is shut to them and was ever submitted."""
        return self.shut_to(user).submitted()

    def begun_by(self, email: Any) -> "ApplicationQuerySet":
        """Keep what the person of an address started, or owned and handed over since."""
        return self.filter(Q(started_by__email=email) | Q(owner_changes__former__email=email))

    def with_deadlines(self) -> "ApplicationQuerySet":
        """Add each one's own extension, so that its deadline needs no query of its own."""
        latest = Extension.objects.filter(application=OuterRef("pk")).order_by("-until").values("until")[:1]
        return self.select_related("call").annotate(extended_to=Subquery(latest))

    def with_new_answers(self) -> "ApplicationQuerySet":
        """Add to each how many questions about its call were answered in public since it was begun."""
        since = PublicQuestion.objects.answered().filter(call=OuterRef("call"), answered_at__gte=OuterRef("started_at"))
        counted = since.order_by().values("call").annotate(number=Count("pk")).values("number")
        return self.annotate(new_answers=Coalesce(Subquery(counted), 0))

    def unsubmitted_for(self, user: Any) -> "ApplicationQuerySet":
        """Keep what is being written, for who gives more time: whose it is and until when, never what it says."""
        if not user.is_authenticated or not user.reads_all:
            return self.none()
        writable = self.filter(state__in=[Application.State.DRAFT, Application.State.RETURNED])
        return writable.exclude(tied_to(user))

    def with_owner(self) -> "ApplicationQuerySet":
        """Add to each the name and the address of its owner."""
        owner = User.objects.filter(teams__application=OuterRef("pk"), teams__access="owner")
        return self.annotate(
            owner_name=Subquery(owner.values("name")[:1]), owner_email=Subquery(owner.values("email")[:1])
        )

    def with_veil(self, user: Any) -> "ApplicationQuerySet":
        """Add to each, as `is_veiled`, whether the person must not know who applies."""
        return self.annotate(is_veiled=Case(When(veiled_from(user), then=Value(True)), default=Value(False)))

    def for_writing(self, pk: Any) -> "Application":
        """Return one application locked, with its call and form; only inside a transaction."""
        return (
            self.select_related("call__form", "call__fund", "current__form")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=pk)
        )

    def submitted(self) -> "ApplicationQuerySet":
        """Leave out what was never submitted."""
        return self.filter(submitted_at__isnull=False)

    def under_review(self) -> "ApplicationQuerySet":
        """Keep what the panel works on or has worked on."""
        return self.filter(state__in=Application.UNDER_REVIEW)

    def count_by_state(self) -> dict[str, int]:
        """Return how many there are in each state."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))


def _for_the_fund(user: Any) -> Q:
    """Return the condition for a person's work for the fund: all that was submitted, or what the doors open."""
    found = Q(submitted_at__isnull=False) if user.reads_all else _opened_to(user)
    for shuts in _bars:
        if (shut := shuts(user)) is not None:
            found &= ~shut
    return found & ~tied_to(user)


def _opened_to(user: Any) -> Q:
    found = Q(pk__in=[])
    for door in _doors:
        if (opened := door(user)) is not None:
            found |= opened
    return found


class Application(Stateful):
    """What an applicant fills in and submits. Title, theme, amount … repeat answers, to be filtered and sorted by."""

    class State(models.TextChoices):
        """Where an application is."""

        DRAFT = "draft"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        ELIGIBLE = "eligible"
        INELIGIBLE = "ineligible"
        IN_REVIEW = "in_review"
        RECOMMENDED = "recommended"
        DECIDED = "decided"
        WITHDRAWN = "withdrawn"

    BEFORE_AWARD: ClassVar[tuple[str, ...]] = (
        State.SUBMITTED, State.RETURNED, State.ELIGIBLE, State.IN_REVIEW, State.RECOMMENDED,
    )  # fmt: skip

    UNDER_REVIEW: ClassVar[tuple[str, ...]] = (State.ELIGIBLE, State.IN_REVIEW, State.RECOMMENDED, State.DECIDED)

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "submit": transition(
                State.DRAFT, State.RETURNED,
                to=State.SUBMITTED, permission="applications.submit_application", label=lazy("Submit the application"),
            ),
            "withdraw": transition(
                # Ineligible and decided too: a refusal before the release would tell the outcome.
                State.DRAFT, *BEFORE_AWARD, State.INELIGIBLE, State.DECIDED,
                to=State.WITHDRAWN, permission="applications.withdraw_application", label=lazy("Withdraw"),
            ),
            "return": transition(
                State.SUBMITTED,
                to=State.RETURNED, permission="applications.screen_application", label=lazy("Return for correction"),
            ),
            "stand": transition(
                State.RETURNED,
                to=State.SUBMITTED, permission="applications.screen_application", system_only=True,
            ),
            "find_eligible": transition(
                State.SUBMITTED, State.INELIGIBLE,
                to=State.ELIGIBLE, permission="applications.screen_application", label=lazy("Eligible"),
            ),
            "find_ineligible": transition(
                State.SUBMITTED, State.ELIGIBLE,
                to=State.INELIGIBLE, permission="applications.screen_application", label=lazy("Not eligible"),
            ),
            "start_review": transition(
                State.ELIGIBLE, to=State.IN_REVIEW, permission="applications.screen_application", label=lazy("Send to review"),
            ),
            "recommend": transition(
                State.IN_REVIEW, State.RECOMMENDED,
                to=State.RECOMMENDED, permission="applications.recommend_application", label=lazy("Record recommendation"),
            ),
            "decide": transition(
                State.IN_REVIEW, State.RECOMMENDED, State.INELIGIBLE,
                to=State.DECIDED, permission="applications.decide_application", system_only=True,
            ),
        },
        wordings={
            State.DRAFT: Wording(lazy("Draft"), lazy("Draft"), Shape.MOVING, Shape.YOURS),
            State.SUBMITTED: Wording(lazy("Submitted"), lazy("We are reading your application"), Shape.TO_COME, Shape.MOVING),
            State.RETURNED: Wording(lazy("Returned for correction"), lazy("Please correct and submit again"), Shape.YOURS),
            State.ELIGIBLE: Wording(lazy("Eligible"), lazy("We are reading your application"), Shape.MOVING),
            State.INELIGIBLE: Wording(lazy("Not eligible"), lazy("We are reading your application"), Shape.STOPPED, Shape.MOVING),
            State.IN_REVIEW: Wording(lazy("In review"), lazy("We are reading your application"), Shape.MOVING),
            State.RECOMMENDED: Wording(lazy("Recommended"), lazy("We are reading your application"), Shape.MOVING),
            State.DECIDED: Wording(lazy("Decided"), lazy("We are reading your application"), Shape.DONE, Shape.MOVING),
            State.WITHDRAWN: Wording(lazy("Withdrawn"), lazy("You withdrew this application"), Shape.STOPPED),
        },
    )  # fmt: skip

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    reference = models.CharField(max_length=30, null=True, unique=True)
    title = models.CharField(max_length=300, blank=True)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="applications")
    summary = models.TextField(blank=True)
    host = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="applications")
    host_name = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True, validators=[check_country])
    amount = MoneyField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    investigator_name = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField(default=clock.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    """When who may submit said that it is ready; any change of the draft clears it."""
    quiz_answers = models.JSONField(default=dict, blank=True)
    """What was answered before the start, by the keys of the call's quiz."""
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    """The expression of interest from which this one carries on."""
    submitted_at = models.DateTimeField(null=True, blank=True)
    current = models.ForeignKey(
        "applications.ApplicationVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    open_questions = models.JSONField(default=list, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    editors_may_submit = models.BooleanField(default=False)
    budget_revision = models.PositiveIntegerField(default=0)
    outcome_released_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True)

    objects = ApplicationQuerySet.as_manager()

    extended_to: datetime | None
    is_veiled: bool
    owner_name: str
    owner_email: str

    class Meta:
        indexes = [
            models.Index(fields=["call", "state"]),
            models.Index(fields=["call", "-submitted_at"]),
            models.Index(fields=["call", "theme"]),
            models.Index(fields=["call", "country"]),
            models.Index(fields=["call", "amount"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft")
                | Q(state="withdrawn")
                | Q(reference__isnull=False, submitted_at__isnull=False, current__isnull=False),
                name="application_submitted_has_reference",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_released_at=None)
                | (~Q(outcome="") & Q(outcome_released_at__isnull=False)),
                name="application_outcome_has_time",
            ),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="application_amount"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False), name="application_withdrawn_has_time"
            ),
            models.UniqueConstraint(
                fields=["call", "started_by"], condition=Q(state="draft"), name="application_one_draft_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference or _('Draft')} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Return the applicant's page."""
        return reverse("apply:detail", args=[self.pk])

    @property
    def country_name(self) -> str:
        """The host's country in words."""
        return country_name(self.country)

    @property
    def form(self) -> FormVersion:
        """The form that it answers: the call's, but after a submission the one that it was submitted with."""
        return self.call.form if self.current is None else self.current.form

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    @property
    def has_outcome(self) -> bool:
        """Whether the applicant may know the decision: it is released, and its time has come."""
        return self.outcome_released_at is not None and self.outcome_released_at <= clock.now()

    @property
    def applicant_wording(self) -> Wording:
        """What the applicant reads: one state from submission to release, then the outcome.

        Whoever withdraws reads that they did, also while a decision is released that is not visible yet.
        """
        if self.has_outcome:
            return OUTCOME_WORDINGS[self.outcome]
        if self.withdrawn_at is not None:
            return self.TABLE.wordings[self.State.WITHDRAWN]
        if self.state == self.State.DRAFT and self.is_late():
            return NOT_SUBMITTED
        return self.wording

    def closes_at(self) -> datetime:
        """Return the deadline in force for this application: the call's, or its own extension."""
        if "extended_to" not in self.__dict__:
            self.extended_to = self.extensions.aggregate(latest=Max("until"))["latest"]
        return max(self.call.closes_at, self.extended_to) if self.extended_to else self.call.closes_at

    def is_late(self, at: datetime | None = None) -> bool:
        """Whether the deadline in force has passed at a moment; its own second is in time."""
        return (at or clock.now()) > self.closes_at()

    def grace_until(self) -> datetime:
        """Return until when it may still be submitted as it is, if it is ready at its deadline."""
        return self.closes_at() + self.call.grace

    def was_ready_in_time(self) -> bool:
        """Whether it was marked ready by its deadline and has not changed since."""
        return self.ready_at is not None and self.ready_at <= self.closes_at()

    def is_in_grace(self, at: datetime | None = None) -> bool:
        """Whether its deadline has passed, and it may still be submitted because it was ready then."""
        moment = at or clock.now()
        return self.closes_at() < moment <= self.grace_until() and self.was_ready_in_time()

    def may_arrive(self, at: datetime | None = None) -> bool:
        """Whether a request to submit it, arriving at a moment, is in time."""
        return not self.is_late(at) or self.is_in_grace(at)

    def access_of(self, user: Any) -> str | None:
        """Return what a person may do in the draft, or None if they are not of its team; read once per object."""
        known = self.__dict__.setdefault("_access", {})
        if user.pk not in known:
            known[user.pk] = self.team.filter(user=user).values_list("access", flat=True).first()
        return known[user.pk]

    def knows_access(self, user: Any, access: str | None) -> None:
        """Remember what a person may do, where a page has read the whole team already."""
        self.__dict__.setdefault("_access", {})[user.pk] = access

    @property
    def withdrawable(self) -> bool:
        """Whether its owner may still take it back: until they may know the decision, so that the button tells nothing."""
        return (
            self.withdrawn_at is None
            and not self.has_outcome
            and self.state in self.TABLE.transitions["withdraw"].sources
        )


NOT_SUBMITTED = Wording(lazy("Not submitted"), lazy("Not submitted; the call is closed"), Shape.STOPPED)
OUTCOME_WORDINGS = {
    "funded": Wording(lazy("Funded"), lazy("Funded"), Shape.DONE),
    "reserve": Wording(lazy("Reserve"), lazy("On the reserve list"), Shape.MOVING),
    "declined": Wording(lazy("Not funded"), lazy("Not funded"), Shape.STOPPED),
    "ineligible": Wording(lazy("Not eligible"), lazy("Not eligible"), Shape.STOPPED),
}


class Extension(models.Model):
    """A later deadline for one application, with its reason."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="extensions")
    until = models.DateTimeField()
    reason = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("given_at")), name="extension_is_later")]

    def __str__(self) -> str:
        return f"{self.application} until {self.until:%d %b %Y}"
