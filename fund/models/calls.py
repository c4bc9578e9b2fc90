"""Calls for applications with their rubric, dates and state."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core import clock
from core.forms.models import FormVersion
from core.language import lazy
from core.money import MoneyField
from core.states import Shape, Stateful, StateTable, Wording, transition
from fund.budget_plan import Category, categories, check_categories
from fund.models.funds import Fund
from fund.quiz import Quiz, check_quiz


def check_zone(name: str) -> None:
    """Refuse a text that is not a time zone's name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write one such as Europe/Oslo or UTC.") % {"name": name}
        ) from error


DECLARATION = gettext_noop(
    "I declare, for the host organisation and with its authority, that what this application says is true and "
    "complete, that the organisation agrees to the work and its budget, and that it follows the rules of this call."
)
MOST_GRACE = 24 * 60


def standard_declaration() -> str:
    """Return the declaration that a new call starts with."""
    return DECLARATION


PANEL_TERMS = gettext_noop(
    "I keep to myself what I read, who applied and what the panel says, during the review and after it. I use it for "
    "the review only, and give none of it to other services or tools.\n\n"
    "I say of each application whether anything ties me to it before I read it, and as soon as I find that something "
    "does. I write what an applicant can learn from.\n\n"
    "When the review is over I delete what I have kept of it."
)


def standard_panel_terms() -> str:
    """Return the terms of the panel that a new call starts with."""
    return PANEL_TERMS


class Rubric(models.Model):
    """One version of the criteria; weights change only with a new version after the first review."""

    title = models.CharField(max_length=200)
    number = models.PositiveIntegerField(default=1)
    least = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=6)
    anchors = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(most__gt=F("least")), name="rubric_scale")]

    def __str__(self) -> str:
        return str(_("%(title)s, version %(number)s") % {"title": self.title, "number": self.number})

    @property
    def scale(self) -> range:
        """All scores that can be given."""
        return range(self.least, self.most + 1)


class Criterion(models.Model):
    """One criterion of a rubric."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    weight = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "key"], name="criterion_key_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weighs"),
        ]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return self.label


class CallQuerySet(models.QuerySet["Call"]):
    """Calls, and who may see them."""

    def public(self) -> "CallQuerySet":
        """Keep what the public sees: all but drafts and cancelled ones."""
        return self.exclude(state__in=[Call.State.DRAFT, Call.State.CANCELLED])

    def open(self, at: datetime | None = None) -> "CallQuerySet":
        """Keep the calls that take applications at a moment."""
        moment = at or clock.now()
        return self.filter(state=Call.State.PUBLISHED, opens_at__lte=moment, closes_at__gte=moment)

    def visible_to(self, user: Any) -> "CallQuerySet":
        """Keep public calls for all, and every call for the people of the fund."""
        return self if user.is_authenticated and user.is_insider else self.public()


class Call(Stateful):
    """One open call for applications."""

    class State(models.TextChoices):
        """Where a call is; open and closed are computed from its dates."""

        DRAFT = "draft"
        PUBLISHED = "published"
        IN_REVIEW = "in_review"
        DECIDED = "decided"
        ARCHIVED = "archived"
        CANCELLED = "cancelled"

    UNDER_WAY: ClassVar[tuple[str, ...]] = (State.PUBLISHED, State.IN_REVIEW)
    """Published, and not decided yet."""

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "publish": transition(State.DRAFT, to=State.PUBLISHED, permission="fund.run_call", label=lazy("Publish")),
            "start_review": transition(
                State.PUBLISHED, to=State.IN_REVIEW, permission="fund.run_call", label=lazy("Start the review")
            ),
            "decide": transition(State.IN_REVIEW, to=State.DECIDED, permission="fund.run_call", label=lazy("Mark as decided")),
            "archive": transition(State.DECIDED, to=State.ARCHIVED, permission="fund.run_call", label=lazy("Archive")),
            "cancel": transition(
                State.DRAFT, State.PUBLISHED, State.IN_REVIEW, State.DECIDED,
                to=State.CANCELLED, permission="fund.run_call", label=lazy("Cancel this call"),
            ),
        },
        wordings={
            State.DRAFT: Wording(lazy("Draft"), lazy("Not published")),
            State.PUBLISHED: Wording(lazy("Published"), lazy("Published"), Shape.MOVING),
            State.IN_REVIEW: Wording(lazy("In review"), lazy("We are reading the applications"), Shape.MOVING),
            State.DECIDED: Wording(lazy("Decided"), lazy("Decided"), Shape.DONE),
            State.ARCHIVED: Wording(lazy("Archived"), lazy("Decided"), Shape.DONE),
            State.CANCELLED: Wording(lazy("Cancelled"), lazy("Cancelled"), Shape.STOPPED),
        },
    )  # fmt: skip

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="calls")
    title = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    prefix = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    summary = models.TextField()
    text = models.TextField()
    eligibility = models.TextField(blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    zone = models.CharField(max_length=60, default="UTC", validators=[check_zone])
    reviews_due_at = models.DateTimeField(null=True, blank=True)
    decision_at = models.DateTimeField(null=True, blank=True)
    budget = MoneyField()
    least_amount = MoneyField()
    most_amount = MoneyField()
    least_months = models.PositiveSmallIntegerField(default=6)
    most_months = models.PositiveSmallIntegerField(default=24)
    indirect_cap = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(15))
    most_per_pi = models.PositiveSmallIntegerField(default=1)
    reviews_each = models.PositiveSmallIntegerField(default=3)
    least_groups = models.PositiveSmallIntegerField(default=2)
    least_countries = models.PositiveSmallIntegerField(default=1)
    excludes_own_country = models.BooleanField(default=False)
    """Whether nobody reviews an application from their own country."""
    most_content_notes = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many applications with a content note one reviewer gets at the most; a member may ask for fewer."""
    panel_terms = models.TextField(default=standard_panel_terms)
    """What whoever serves on the panel accepts before their queue opens, word for word."""
    panel_terms_version = models.PositiveSmallIntegerField(default=1)
    reviewers_see_names = models.BooleanField(default=True)
    applicants_hidden = models.BooleanField(default=False)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="calls")
    next_form = models.ForeignKey(FormVersion, models.SET_NULL, null=True, blank=True, related_name="+")
    """The form as it is being changed while the call is open; nobody is asked by it before it is put in force."""
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="calls")
    budget_categories = models.JSONField(default=list, blank=True, validators=[check_categories])
    """As stored; read through `categories`."""
    quiz = models.JSONField(default=list, blank=True, validators=[check_quiz])
    """As stored; read through `eligibility_quiz`."""
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    """How long after the deadline a draft that was ready then, and is unchanged, may still be submitted."""
    declaration = models.TextField(blank=True, default=standard_declaration)
    """What whoever submits declares, word for word; empty where nothing is declared."""
    needs_signatory = models.BooleanField(default=False)
    """Whether the host's own signatory declares, before the owner submits."""
    invited_only = models.BooleanField(default=False)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    """The call for expressions of interest from which people are invited to this one."""
    cancel_reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-pk"]
        indexes = [models.Index(fields=["state", "closes_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_it_opens",
                violation_error_message="The call closes before it opens. Set a later closing time.",
            ),
            models.CheckConstraint(
                condition=Q(least_amount__gte=0, most_amount__gte=F("least_amount"), budget__gte=F("least_amount")),
                name="call_amounts",
                violation_error_message=(
                    "The amounts do not fit together. The largest grant is at least the smallest one, "
                    "and the money in all pays for at least one grant."
                ),
            ),
            models.CheckConstraint(
                condition=Q(least_months__gte=1, most_months__gte=F("least_months")),
                name="call_months",
                violation_error_message="The longest grant is shorter than the shortest one. Change one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(indirect_cap__gte=0, indirect_cap__lte=100),
                name="call_indirect_cap",
                violation_error_message="Indirect costs are a share between 0 and 100 per cent of the direct ones.",
            ),
            models.CheckConstraint(
                condition=Q(grace_minutes__lte=MOST_GRACE),
                name="call_grace",
                violation_error_message=_("The grace period is at most a day. Write 1440 minutes or fewer."),
            ),
            models.CheckConstraint(
                condition=~Q(follows=F("id")),
                name="call_follows_another",
                violation_error_message=_("A call cannot follow itself. Choose the call for expressions of interest."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the public page's address."""
        return reverse("public:call", args=[self.slug])

    @property
    def currency(self) -> str:
        """The fund's currency."""
        return self.fund.currency

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories of the budget with their caps, in their order."""
        return categories(self.budget_categories)

    @property
    def category_caps(self) -> list[tuple[str, str]]:
        """The categories that have a cap of their own, with the cap in words."""
        return [(each.label, each.caps_in_words(self.currency)) for each in self.categories if each.is_capped]

    @property
    def eligibility_quiz(self) -> Quiz:
        """The questions asked before an application may be started; empty where there are none."""
        return Quiz.load(self.quiz)

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether the call takes applications at a moment; the closing second itself is in time."""
        return self.state == self.State.PUBLISHED and self.opens_at <= (at or clock.now()) <= self.closes_at

    @property
    def grace(self) -> timedelta:
        """How long after a deadline a draft that was ready then may still be submitted."""
        return timedelta(minutes=self.grace_minutes)

    @property
    def grace_until(self) -> datetime:
        """When nothing at all can be submitted any more, but for an extension of one's own."""
        return self.closes_at + self.grace

    @property
    def has_closed(self) -> bool:
        """Whether the deadline has passed."""
        return clock.now() > self.closes_at

    @property
    def can_start_review(self) -> bool:
        """Whether the review can begin: the call is published, and its deadline and grace period have passed."""
        return self.state == self.State.PUBLISHED and clock.now() > self.grace_until

    @property
    def public_wording(self) -> Wording:
        """What the public reads: opening, open, closed, or the state."""
        if self.state != self.State.PUBLISHED:
            return self.wording
        if self.is_open():
            return Wording(lazy("Open"), lazy("Open for applications"), Shape.MOVING)
        if self.has_closed:
            return Wording(lazy("Closed"), lazy("Closed for applications"), Shape.DONE)
        return Wording(lazy("Not open yet"), lazy("Opens soon"))
