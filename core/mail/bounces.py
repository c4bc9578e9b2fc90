"""Taking notices of what came back: each belongs to a mail by the number that it was sent with."""

from django.db import transaction

from core import clock
from core.mail import notices
from core.mail.models import Message

State = Message.State


@transaction.atomic
def take(content: bytes) -> Message | None:
    """Mark the mail that a notice is about as come back, and return it; None if it is about none of ours.

    A notice that is taken twice, or that tells of a delay or a delivery, changes nothing.
    """
    notice = notices.read(content)
    if notice is None:
        return None
    rows = Message.objects.select_for_update(of=("self",), no_key=True)
    message = rows.filter(message_id__in=notice.message_ids).order_by("pk").first()
    if message is None or not notice.is_failure or message.state not in (State.SENT, State.UNKNOWN):
        return message
    message.take("bounce", by=None, status=notice.status[:20])
    Message.objects.filter(pk=message.pk).update(
        error=f"bounced: {notice.words}", sent_at=message.sent_at or clock.now()
    )
    message.refresh_from_db()
    return message
