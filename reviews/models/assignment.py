"""Who reviews what: proposed by the solver or by hand, released, worked on."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from applications.models import Application
from applications.models.tied import tied_to
from core import clock
from core.language import lazy
from core.states import Shape, Stateful, StateTable, Wording, transition
from fund.models import Call
from reviews.models.calibration import CalibrationCase
from reviews.models.panel import PanelMember, calls_chaired_by

AGREED = Q(member__terms_version=F("member__call__panel_terms_version"))
"""What belongs to members who accepted the terms of the panel as they stand."""


class MatchingRunQuerySet(models.QuerySet["MatchingRun"]):
    """Runs of the solver, and who may see them."""

    def visible_to(self, user: Any) -> "MatchingRunQuerySet":
        """Keep them for administrators, auditors and a call's chair; `places.runs_in` says what of one."""
        if not user.is_authenticated:
            return self.none()
        return self if user.reads_all else self.filter(call__in=calls_chaired_by(user))


class MatchingRun(models.Model):
    """One run of the solver: what it reached, whether that is proved, and what it could not fill.

    With an application it was about the open places of this one alone, after somebody had left it.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="matching_runs")
    application = models.ForeignKey(Application, models.CASCADE, null=True, related_name="matching_runs")
    objective = models.BigIntegerField()
    is_proved = models.BooleanField()
    unfilled = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MatchingRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.call} {self.made_at:%d %b %H:%M}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, and who may see them."""

    def visible_to(self, user: Any) -> "AssignmentQuerySet":
        """Keep one's own once released and the terms are accepted; for administrators, auditors and a call's chair all but recused ones.

        One's own recused assignments are in no list either: why somebody was matched says what the text is about.
        """
        if not user.is_authenticated:
            return self.none()
        mine = Q(member__person=user, state__in=[*Assignment.QUEUE, Assignment.State.DECLINED]) & AGREED
        runs = Q(pk__isnull=False) if user.reads_all else Q(application__call__in=calls_chaired_by(user))
        return self.filter((mine | runs) & ~tied_to(user, at="application"))

    def of(self, user: Any) -> "AssignmentQuerySet":
        """Keep a reviewer's own queue: released to them and not handed back, on panels whose terms they accepted."""
        return self.agreed().filter(member__person=user, state__in=Assignment.QUEUE)

    def agreed(self) -> "AssignmentQuerySet":
        """Keep what belongs to members who accepted the terms of the panel as they stand."""
        return self.filter(AGREED)

    def calibrated(self) -> "AssignmentQuerySet":
        """Leave out what is not begun while its member still owes a calibration exercise that the call requires."""
        left = CalibrationCase.objects.left_for(OuterRef(OuterRef("member")))
        left = left.filter(calibration__is_required=True, calibration__call=OuterRef("member__call"))
        return self.filter(~Q(state=Assignment.State.ACCEPTED) | ~Exists(left))

    def active(self) -> "AssignmentQuerySet":
        """Keep what counts as somebody's review, owed or done; a proposal and what was given back do not."""
        return self.filter(state__in=Assignment.QUEUE)

    def held(self) -> "AssignmentQuerySet":
        """Keep what takes a place of its application: proposed, or in somebody's queue."""
        return self.filter(state__in=Assignment.ANY)

    def in_hand(self) -> "AssignmentQuerySet":
        """Keep what the reviewer still owes."""
        return self.filter(state__in=Assignment.OWED)

    def counted(self) -> "AssignmentQuerySet":
        """Keep what enters the figures: submitted reviews of people who are not recused."""
        return self.filter(state__in=Assignment.COUNTED)


class Assignment(Stateful):
    """One reviewer's work on one application."""

    class State(models.TextChoices):
        """Where it is; proposed ones are invisible to the reviewer."""

        PROPOSED = "proposed"
        RELEASED = "released"
        ACCEPTED = "accepted"
        IN_PROGRESS = "in_progress"
        SUBMITTED = "submitted"
        LOCKED = "locked"
        DECLINED = "declined"
        RECUSED = "recused"

    DECLARED: ClassVar[tuple[str, ...]] = (State.ACCEPTED, State.IN_PROGRESS, State.SUBMITTED, State.LOCKED)
    OWED: ClassVar[tuple[str, ...]] = (State.RELEASED, State.ACCEPTED, State.IN_PROGRESS)
    COUNTED: ClassVar[tuple[str, ...]] = (State.SUBMITTED, State.LOCKED)
    QUEUE: ClassVar[tuple[str, ...]] = (*OWED, *COUNTED)
    ANY: ClassVar[tuple[str, ...]] = (State.PROPOSED, *QUEUE)

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "release": transition(
                State.PROPOSED, to=State.RELEASED, permission="reviews.run_assignment", label=lazy("Release")
            ),
            "accept": transition(
                State.RELEASED, to=State.ACCEPTED, permission="reviews.do_assignment", label=lazy("I have no conflict")
            ),
            "begin": transition(State.ACCEPTED, to=State.IN_PROGRESS, permission="reviews.do_assignment"),
            "submit": transition(
                State.ACCEPTED, State.IN_PROGRESS,
                to=State.SUBMITTED, permission="reviews.do_assignment", label=lazy("Submit the review"),
            ),
            "reopen": transition(
                State.SUBMITTED, to=State.IN_PROGRESS, permission="reviews.run_assignment", label=lazy("Reopen")
            ),
            "lock": transition(State.SUBMITTED, to=State.LOCKED, permission="reviews.run_assignment", label=lazy("Lock")),
            "decline": transition(
                *OWED, to=State.DECLINED, permission="reviews.do_assignment", label=lazy("Hand back")
            ),
            "take_back": transition(
                *OWED, to=State.DECLINED, permission="reviews.run_assignment", label=lazy("Give to somebody else")
            ),
            "recuse": transition(*QUEUE, to=State.RECUSED, permission="reviews.rule_conflict", label=lazy("Recuse")),
            "reinstate": transition(
                State.RECUSED, to=State.RELEASED, permission="reviews.rule_conflict", label=lazy("Open again")
            ),
        },
        wordings={
            State.PROPOSED: Wording(lazy("Proposed"), lazy("Proposed")),
            State.RELEASED: Wording(lazy("Not opened yet"), lazy("Declare first"), Shape.TO_COME, Shape.YOURS),
            State.ACCEPTED: Wording(lazy("No conflict"), lazy("Not started")),
            State.IN_PROGRESS: Wording(lazy("In progress"), lazy("Draft"), Shape.MOVING),
            State.SUBMITTED: Wording(lazy("Submitted"), lazy("Submitted"), Shape.DONE),
            State.LOCKED: Wording(lazy("Locked"), lazy("Submitted"), Shape.DONE),
            State.DECLINED: Wording(lazy("Handed back"), lazy("Handed back"), Shape.STOPPED),
            State.RECUSED: Wording(lazy("Recused"), lazy("Recused"), Shape.STOPPED),
        },
    )  # fmt: skip

    application = models.ForeignKey(Application, models.CASCADE, related_name="assignments")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    run = models.ForeignKey(MatchingRun, models.SET_NULL, null=True, related_name="assignments")
    affinity = models.PositiveSmallIntegerField(null=True)
    why = models.JSONField(default=dict)
    is_kept = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    due_moved_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=300, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="assignment_once")]
        indexes = [models.Index(fields=["member", "state", "due_at"]), models.Index(fields=["application", "state"])]

    def __str__(self) -> str:
        return f"{self.application.reference} to {self.member}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return "applications.application", self.application_id

    @property
    def is_late(self) -> bool:
        """Whether it is owed and its date has passed."""
        return self.state in self.OWED and self.due_at is not None and self.due_at < clock.now()


def reviews_owed_by(user: Any) -> models.QuerySet:
    """Return the keys of the applications of which the person owes a review, or is about to: others' are shut to them."""
    owed = [Assignment.State.PROPOSED, *Assignment.OWED]
    return Assignment.objects.filter(member__person=user.pk, state__in=owed).values("application")
