"""Attaching files to a draft, and taking them off again."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from applications.actions.writing import open_draft, take_back_ready
from applications.models import Application, ApplicationVersion, Attachment, Incident
from core import audit, jobs
from core.files import kinds, store
from core.files.check import Found, check_together, examine
from core.files.store import Incoming, receive
from core.forms.definition import Kind
from core.people.models import User
from core.states import WrongState

MOST_FILES = 5


def attach(
    *, application: Application, question: str, name: str, content: bytes | File, attested: bool, by: User | None,
    at: datetime,
) -> Attachment:  # fmt: skip
    """Keep a file under a question of the form, if it is of a kind that is taken and nothing in it acts.

    The person attests what it does not hold. It is taken apart before the lock: that may take seconds.
    """
    if not attested:
        raise ValidationError({"attested": _("Confirm that no file has an image or video of abuse. Such material must never be uploaded.")})  # fmt: skip
    try:
        with receive(content) as incoming:
            found = examine(incoming.file)
            return _store(application, question, name, incoming, found, by=by, at=at)
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            raise
        raise ValidationError({"file": error.messages}) from error


@transaction.atomic
def _store(
    application: Application, question: str, name: str, incoming: Incoming, found: Found, *, by: User | None,
    at: datetime,
) -> Attachment:  # fmt: skip
    draft = open_draft(application, by=by, parts=[question], at=at)
    _check_place(draft, question, incoming.size)
    attachment = Attachment.objects.create(
        application=draft, question=question, name=name, kind=found.kind, note=found.note, pages=found.pages,
        sha256=incoming.sha256, size=incoming.size, attested=True, added_at=at, added_by=by,
        **_where(incoming.sha256, lambda: store.keep(incoming)),
    )  # fmt: skip
    put_checks(attachment)
    _touch(draft, at)
    take_back_ready(draft, by=by)
    audit.record("application:attach", by=by, subject=draft, attachment=attachment.pk, sha256=incoming.sha256)
    return attachment


def _check_place(draft: Application, question: str, size: int) -> None:
    """Refuse a file where the form takes none, and one too many or too much."""
    asked = draft.form.definition.question(question)
    if asked is None or asked.kind != Kind.FILE:
        raise ValidationError(_("This form takes no file there. Reload the page."))
    kept = draft.attachments.unquarantined()
    if kept.filter(question=question).count() >= MOST_FILES:
        raise ValidationError(
            _("There are %(most)s files here, which is the most. Remove one first.") % {"most": MOST_FILES}
        )
    check_together(size + (kept.aggregate(total=Sum("size"))["total"] or 0))


def _where(sha256: str, keep: Callable[[], str]) -> dict[str, Any]:
    """Return where a file lies and whether it may be read: what is in quarantine already joins its incident."""
    standing = Incident.objects.standing().filter(sha256=sha256).first()
    if standing is not None:
        return {"state": Attachment.State.QUARANTINED, "incident": standing, "path": store.shut_away(sha256)}
    state = Attachment.State.CHECKING if settings.CLAMAV_SOCKET else Attachment.State.KEPT
    return {"state": state, "path": keep()}


def put_pages(file: Attachment) -> None:
    """Have the pages drawn, in the running transaction."""
    if file.kind == kinds.Kind.PDF:
        jobs.put("attachment-pages", attachment=file.pk)


def put_checks(file: Attachment) -> None:
    """Have a new file looked at, in the running transaction: scanned first, where there is a scanner."""
    if file.state == Attachment.State.CHECKING:
        jobs.put("attachment-scan", priority=jobs.Priority.URGENT, attachment=file.pk)
    elif file.is_open:
        put_pages(file)


@transaction.atomic
def detach(*, attachment: Attachment, by: User | None, at: datetime) -> None:
    """Take a file off a draft; versions that were submitted with it keep its hash."""
    draft = open_draft(attachment.application, by=by, parts=[attachment.question], at=at)
    found = draft.attachments.get(pk=attachment.pk)
    if found.is_quarantined:
        raise WrongState(_("This file is closed while the fund looks into it, and cannot be removed now."))
    found.delete()
    _touch(draft, at)
    take_back_ready(draft, by=by)
    audit.record("application:detach", by=by, subject=draft, attachment=attachment.pk)


def put_back(draft: Application, version: ApplicationVersion) -> None:
    """Leave on a locked draft the files of a submitted version; what was taken off since is stored still."""
    rows = {(each.question, each.sha256): each for each in draft.attachments.all()}
    for said in version.content["attachments"]:
        if rows.pop((said["question"], said["sha256"]), None) is None:
            file = Attachment.objects.create(
                application=draft, attested=True, added_at=version.submitted_at, **said,
                **_where(said["sha256"], partial(store.path_of, said["sha256"])),
            )  # fmt: skip
            put_checks(file)
    for added in rows.values():
        if not added.is_quarantined:
            added.delete()


def _touch(draft: Application, at: datetime) -> None:
    draft.changed_at = at
    draft.save(update_fields=["changed_at"])
