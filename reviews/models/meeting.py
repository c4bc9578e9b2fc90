"""The meeting of a panel: what it takes up in which order, who is in the room, and how it voted."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models import Application
from core.language import lazy
from core.states import Shape, Stateful, StateTable, Wording, transition
from fund.models import Call
from reviews.models.outcome import Recommendation
from reviews.models.panel import PanelMember, calls_chaired_by

DISCUSSED = (Application.State.IN_REVIEW, Application.State.RECOMMENDED)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, and who may see them; what one sees of their applications is asked of `reviews.meeting_seen`."""

    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """Keep all for administrators and auditors; for members those of the panels whose terms they accepted."""
        if not user.is_authenticated:
            return self.none()
        if user.reads_all:
            return self
        mine = PanelMember.objects.serving().agreed().filter(person=user.pk).values("call")
        return self.filter(Q(call__in=mine) | Q(call__in=calls_chaired_by(user)))


class Meeting(Stateful):
    """One meeting of the panel of a call."""

    class State(models.TextChoices):
        """Where it is; closed is when its minutes are approved."""

        PLANNED = "planned"
        OPEN = "open"
        CLOSED = "closed"

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "open": transition(State.PLANNED, to=State.OPEN, permission="reviews.run_meeting", label=lazy("Open the meeting")),
            "close": transition(
                State.OPEN, to=State.CLOSED, permission="reviews.approve_minutes", label=lazy("Approve the minutes")
            ),
        },
        wordings={
            State.PLANNED: Wording(lazy("Planned"), lazy("Planned")),
            State.OPEN: Wording(lazy("Open"), lazy("Open"), Shape.MOVING),
            State.CLOSED: Wording(lazy("Closed"), lazy("Closed"), Shape.DONE),
        },
    )  # fmt: skip

    call = models.ForeignKey(Call, models.PROTECT, related_name="meetings")
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=300, blank=True)
    quorum = models.PositiveSmallIntegerField()
    least_groups = models.PositiveSmallIntegerField(default=2)
    minutes_each = models.PositiveSmallIntegerField(default=10)
    departures = models.PositiveSmallIntegerField(default=0)
    is_least = models.BooleanField(default=False)
    minutes = models.TextField(blank=True)
    minutes_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.call} {self.starts_at:%d %b %Y}"

    @property
    def minutes_seen(self) -> str:
        """What tells the text of the minutes from any other, so that nobody writes over or approves what they never saw."""
        return hashlib.sha256(self.minutes.encode()).hexdigest()[:20]


class MeetingItem(models.Model):
    """One application on the agenda. `absent` are the keys of the members who were out, kept when it was begun."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, models.PROTECT, related_name="meeting_items")
    position = models.PositiveSmallIntegerField()
    absent = models.JSONField(default=list)
    present = models.JSONField(default=list)
    started_at = models.DateTimeField(null=True)
    voting_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=10, choices=Recommendation.Kind, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "application"], name="meeting_item_once")]

    def __str__(self) -> str:
        return f"{self.position}: {self.application}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return "applications.application", self.application_id

    @property
    def is_with_panel(self) -> bool:
        """Whether the application can still be discussed: it was neither withdrawn nor decided since."""
        return self.application.state in DISCUSSED

    @property
    def is_now(self) -> bool:
        """Whether the meeting is on it."""
        return self.started_at is not None and self.ended_at is None


class Attendance(models.Model):
    """A member in the meeting, from when to when."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="attended")
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.member} at {self.meeting}"


class Ballot(models.Model):
    """What one member advises on an application after its discussion, and the overall merit that they give it then.

    The review that the member wrote before stays as it is.
    """

    class Advice(models.TextChoices):
        """How a member votes."""

        FUND = "fund", lazy("Fund")
        CONDITIONS = "conditions", lazy("Fund with conditions")
        RESERVE = "reserve", lazy("Reserve")
        DECLINE = "decline", lazy("Do not fund")
        ABSTAIN = "abstain", lazy("Abstain")

    item = models.ForeignKey(MeetingItem, models.CASCADE, related_name="ballots")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="ballots")
    advice = models.CharField(max_length=10, choices=Advice)
    overall = models.PositiveSmallIntegerField(null=True, blank=True)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="ballot_once")]

    def __str__(self) -> str:
        return f"Ballot on {self.item_id}"
