"""Writing a message in the running transaction."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import make_msgid
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from core import clock, jobs
from core.documents.models import Document
from core.jobs.models import Batch
from core.mail import doors
from core.mail.models import Message

if TYPE_CHECKING:
    from core.people.models import User


def queue(
    template: str,
    *,
    to: "User | str",
    documents: Iterable[Document] = (),
    due_at: datetime | None = None,
    **context: Any,
) -> Message:
    """Write one message from a text template, whose first line is the subject, and put the job that sends it.

    A message with `due_at` waits until then.
    """
    message = _write(template, to, documents, context, due_at=due_at)
    jobs.put(
        "mail-send", priority=jobs.Priority.URGENT, due_at=due_at, key=message.job_key, message=message.pk, round=0
    )  # fmt: skip
    return message


def draft(
    template: str,
    *,
    to: "User",
    documents: Iterable[Document],
    batch: Batch,
    not_before: datetime | None = None,
    **context: Any,
) -> Message:
    """Write one letter that waits until somebody has looked at it and lets it go; never sent before its moment."""
    fields = {"state": Message.State.DRAFT, "batch": batch, "not_before": not_before}
    return _write(template, to, documents, context, **fields)


def _write(
    template: str, to: "User | str", documents: Iterable[Document], context: dict[str, Any], **fields: Any
) -> Message:
    person = None if isinstance(to, str) else to
    about_type, about = doors.root_of(context.values()) or ("", None)
    context |= {"person": person, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    subject, _, body = _as_text(template, context).partition("\n")
    message = Message.objects.create(
        person=person,
        address=person.email if person else str(to),
        subject=subject.removeprefix("Subject:").strip()[:300],
        body=body.strip() + "\n",
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        queued_at=clock.now(),
        about_type=about_type,
        about=about,
        **fields,
    )
    message.documents.set(documents)
    return message


def _as_text(template: str, context: dict[str, Any]) -> str:
    """Render plain text: nothing in it is markup, so nothing is escaped; in the fund's language, not the sender's."""
    plain = Context(context, autoescape=False)
    with translation.override(settings.LANGUAGE_CODE):
        return str(get_template(template).template.render(plain)).strip()  # type: ignore[attr-defined]
