"""Attaching files to a draft, and taking them off again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from applications.actions.writing import open_draft, take_back_ready
from applications.models import Application, Attachment
from core import audit
from core.files.check import check_pdf
from core.files.store import keep
from core.forms.definition import Kind
from core.people.models import User

MOST_FILES = 5
ATTEST = "Confirm that no file has an image or video of abuse. Such material must never be uploaded."


def attach(
    *, application: Application, question: str, name: str, content: bytes, attested: bool, by: User | None, at: datetime
) -> Attachment:
    """Keep a PDF under a question of the form, if it is one by its content; the person attests what it does not hold."""
    if not attested:
        raise ValidationError({"attested": ATTEST})
    pages = _pages(content)  # before the lock: reading a long PDF takes seconds
    return _store(application, question, name, content, pages, by=by, at=at)


@transaction.atomic
def _store(
    application: Application, question: str, name: str, content: bytes, pages: int, *, by: User | None, at: datetime
) -> Attachment:
    draft = open_draft(application, by=by, parts=[question], at=at)
    asked = draft.call.form.definition.question(question)
    if asked is None or asked.kind != Kind.FILE:
        raise ValidationError("This form takes no file there. Reload the page.")
    if draft.attachments.filter(question=question).count() >= MOST_FILES:
        raise ValidationError({"file": f"There are {MOST_FILES} files here, which is the most. Remove one first."})
    path, digest = keep(content)
    attachment = Attachment.objects.create(
        application=draft, question=question, name=name, path=path, sha256=digest, size=len(content), pages=pages,
        attested=True, added_at=at, added_by=by,
    )  # fmt: skip
    _touch(draft, at)
    take_back_ready(draft, by=by)
    audit.record("application:attach", by=by, subject=draft, attachment=attachment.pk, sha256=digest)
    return attachment


@transaction.atomic
def detach(*, attachment: Attachment, by: User | None, at: datetime) -> None:
    """Take a file off a draft; versions that were submitted with it keep its hash."""
    draft = open_draft(attachment.application, by=by, parts=[attachment.question], at=at)
    key = attachment.pk
    attachment.delete()
    _touch(draft, at)
    take_back_ready(draft, by=by)
    audit.record("application:detach", by=by, subject=draft, attachment=key)


def _pages(content: bytes) -> int:
    try:
        return check_pdf(content)
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def _touch(draft: Application, at: datetime) -> None:
    draft.changed_at = at
    draft.save(update_fields=["changed_at"])
