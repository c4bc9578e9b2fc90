"""The message row, and the letters that were let go together."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.documents.models import Document
from core.jobs.models import Batch
from core.language import lazy
from core.mail import doors
from core.states import Shape, Stateful, StateTable, Wording, transition

UNDO = timedelta(seconds=60)
"""How long letters that were let go can be taken back before the first one leaves."""


class Mailing(models.Model):
    """Letters that one person let go together, and can take back until they are due."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="mailings")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="mailing_undone_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.sent_at:%d %b %Y %H:%M}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """What the letters follow from, such as a release."""
        return self.batch.subject_type or self.batch._meta.label_lower, self.batch.subject or self.batch.pk


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, and who may read them."""

    def visible_to(self, user: Any) -> "MessageQuerySet":
        """Keep what was sent to the person: a letter that waits for its release is not theirs yet."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(person=user, state__in=[Message.State.SENT, Message.State.BOUNCED])

    def visible_to_staff(self, user: Any) -> "MessageQuerySet":
        """Keep what the fund sends, for those who run it: nothing of what they are recused from or apply with."""
        if not user.is_authenticated or not user.reads_all:
            return self.none()
        return self.filter(doors.open_to(user))

    def drafts(self) -> "MessageQuerySet":
        """Keep the letters that wait for a look; not those whose letter was replaced or withdrawn meanwhile."""
        return self.filter(state=Message.State.DRAFT).exclude(_with_a_void_letter())

    def count_by_state(self) -> dict[str, int]:
        """Return how many there are in each state."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))


def _with_a_void_letter() -> Exists:
    attached = Message.documents.through.objects.filter(message=OuterRef("pk"))
    return Exists(attached.filter(document__superseded_at__isnull=False))


class Message(Stateful):
    """One mail to one address. Staff decide on one that failed, or of which nobody knows whether it was sent."""

    class State(models.TextChoices):
        """Where a message is; one found sending after a crash becomes unknown and staff decide."""

        DRAFT = "draft", lazy("Waits for a look")
        LEFT_OUT = "left_out", lazy("Left out")
        QUEUED = "queued", lazy("Waiting to be sent")
        SENDING = "sending", lazy("Being sent")
        SENT = "sent", lazy("Sent")
        FAILED = "failed", lazy("Not sent")
        UNKNOWN = "unknown", lazy("Not known whether it was sent")
        BOUNCED = "bounced", lazy("Came back")

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "leave_out": transition(State.DRAFT, to=State.LEFT_OUT, permission="core.send_mail", label=lazy("Leave out")),
            "put_back": transition(State.LEFT_OUT, to=State.DRAFT, permission="core.send_mail", label=lazy("Put back")),
            "send_again": transition(
                State.FAILED, State.UNKNOWN, State.BOUNCED,
                to=State.QUEUED, permission="core.send_mail", label=lazy("Send again"),
            ),
            "was_sent": transition(
                State.UNKNOWN, to=State.SENT, permission="core.send_mail", label=lazy("It was sent")
            ),
            "bounce": transition(State.SENT, State.UNKNOWN, to=State.BOUNCED, permission="core.send_mail", system_only=True),
        },
        wordings={
            State.DRAFT: Wording(State.DRAFT.label, State.DRAFT.label, Shape.YOURS),
            State.LEFT_OUT: Wording(State.LEFT_OUT.label, State.LEFT_OUT.label, Shape.TO_COME),
            State.QUEUED: Wording(State.QUEUED.label, State.QUEUED.label, Shape.TO_COME),
            State.SENDING: Wording(State.SENDING.label, State.SENDING.label, Shape.MOVING),
            State.SENT: Wording(State.SENT.label, State.SENT.label, Shape.DONE),
            State.FAILED: Wording(State.FAILED.label, State.FAILED.label, Shape.STOPPED),
            State.UNKNOWN: Wording(State.UNKNOWN.label, State.UNKNOWN.label, Shape.YOURS),
            State.BOUNCED: Wording(State.BOUNCED.label, State.BOUNCED.label, Shape.STOPPED),
        },
    )  # fmt: skip
    FOR_STAFF: ClassVar[tuple[str, ...]] = (State.FAILED, State.UNKNOWN, State.BOUNCED)
    """What does not go on by itself."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages")
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    documents = models.ManyToManyField(Document, related_name="+")
    about_type = models.CharField(max_length=60, blank=True)
    about = models.BigIntegerField(null=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="messages")
    not_before = models.DateTimeField(null=True)
    mailing = models.ForeignKey(Mailing, models.SET_NULL, null=True, related_name="messages")
    round = models.PositiveSmallIntegerField(default=0)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-queued_at"]),
            models.Index(fields=["state"]),
            models.Index(fields=["batch", "state"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_has_time"),
            models.CheckConstraint(
                condition=~Q(state__in=["draft", "left_out"]) | Q(batch__isnull=False), name="message_draft_has_batch"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def audit_root(self) -> tuple[str, int]:
        """What the mail is about, under which the audit trail keeps its history; else itself."""
        return (self.about_type, self.about) if self.about is not None else (self._meta.label_lower, self.pk)

    @property
    def job_key(self) -> str:
        """The name of the job that sends it: a new one for each time that it is put in the queue."""
        return f"mail-{self.pk}-{self.round}"

    @property
    def reason(self) -> str:
        """Why it was not sent, in words."""
        kind, __, said = self.error.partition(": ")
        words = {
            "refused": _("The recipient’s mail server refused this address: %(said)s"),
            "bounced": _("The mail came back: %(said)s"),
            "rejected": _("The mail server did not take the message: %(said)s"),
        }
        if kind in words:
            return words[kind] % {"said": said}
        return _("The mail server could not be reached (%(error)s).") % {"error": self.error} if self.error else ""

    def staff_url(self) -> str:
        """Return the address of its page for staff."""
        return reverse("manage_core:outbox_message", args=[self.pk])
