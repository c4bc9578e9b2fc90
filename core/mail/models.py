"""The message row."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.documents.models import Document
from core.language import lazy


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, and who may read them."""

    def visible_to(self, user: Any) -> "MessageQuerySet":
        """Keep what was sent to the person: a letter that waits for its release is not theirs yet."""
        return self.filter(person=user, state=Message.State.SENT) if user.is_authenticated else self.none()


class Message(models.Model):
    """One mail to one address."""

    class State(models.TextChoices):
        """Where a message is; one found sending after a crash becomes unknown and staff decide."""

        QUEUED = "queued", lazy("Waiting to be sent")
        SENDING = "sending", lazy("Being sent")
        SENT = "sent", lazy("Sent")
        FAILED = "failed", lazy("Not sent")
        UNKNOWN = "unknown", lazy("Not known whether it was sent")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages")
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    documents = models.ManyToManyField(Document, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-queued_at"]), models.Index(fields=["state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_has_time",
            )
        ]

    def __str__(self) -> str:
        return self.subject
