"""Writing a message in the running transaction."""

from collections.abc import Iterable
from email.utils import make_msgid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from core import clock, jobs
from core.documents.models import Document
from core.mail.models import Message

if TYPE_CHECKING:
    from core.people.models import User


def queue(template: str, *, to: "User | str", documents: Iterable[Document] = (), **context: Any) -> Message:
    """Write one message from a text template, whose first line is the subject, and put the job that sends it."""
    person = None if isinstance(to, str) else to
    context |= {"person": person, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    subject, _, body = render_to_string(template, context).strip().partition("\n")
    message = Message.objects.create(
        person=person,
        address=person.email if person else str(to),
        subject=subject.removeprefix("Subject:").strip()[:300],
        body=body.strip() + "\n",
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        queued_at=clock.now(),
    )
    message.documents.set(documents)
    jobs.put("mail-send", priority=jobs.Priority.URGENT, key=f"mail-{message.pk}", message=message.pk)
    return message
