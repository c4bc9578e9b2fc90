"""What staff decide on single mails: one that failed or came back, one of which nobody knows, one that waits."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core import clock, jobs
from core.mail.models import Message

if TYPE_CHECKING:
    from core.people.models import User


def _lock(message: Message, by: "User") -> Message:
    found = Message.objects.visible_to_staff(by).filter(pk=message.pk)
    if not found.exists():
        raise PermissionDenied(_("This mail is about something that you have a tie to."))
    return Message.lock(message.pk)


@transaction.atomic
def leave_out(*, message: Message, by: "User") -> Message:
    """Take one letter out of those that wait: the letter stays, its mail is not sent."""
    message = _lock(message, by)
    message.take("leave_out", by=by)
    return message


@transaction.atomic
def put_back(*, message: Message, by: "User") -> Message:
    """Let a letter that was left out wait with the others again."""
    message = _lock(message, by)
    message.take("put_back", by=by)
    return message


@transaction.atomic
def send_again(*, message: Message, by: "User") -> Message:
    """Put a mail that failed, came back or is not known in the queue once more, to the person's present address."""
    message = _lock(message, by)
    message.take("send_again", by=by)
    address = message.person.email if message.person else message.address
    Message.objects.filter(pk=message.pk).update(
        round=F("round") + 1, error="", sent_at=None, address=address, due_at=None
    )
    message.refresh_from_db()
    put_job(message, priority=jobs.Priority.URGENT, due_at=message.not_before)
    return message


@transaction.atomic
def was_sent(*, message: Message, by: "User") -> Message:
    """Record that a mail of which nobody knew did arrive, as somebody found out elsewhere."""
    message = _lock(message, by)
    Message.objects.filter(pk=message.pk, state=Message.State.UNKNOWN).update(sent_at=clock.now(), error="")
    message.take("was_sent", by=by)
    message.refresh_from_db()
    return message


def put_job(message: Message, *, priority: int, due_at: datetime | None) -> None:
    """Put the job that sends a message in its present round."""
    jobs.put(
        "mail-send", priority=priority, due_at=due_at, key=message.job_key, message=message.pk, round=message.round
    )
