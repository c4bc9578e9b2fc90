"""Letters that were looked at: let go together, and taken back while they can be."""

from datetime import datetime
from itertools import batched
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Min
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from core import audit, clock, jobs
from core.documents.models import Document
from core.jobs.models import Batch, Job
from core.mail.models import UNDO, Mailing, Message
from core.states import WrongState

if TYPE_CHECKING:
    from core.people.models import User

State = Message.State
STEP = 500


@transaction.atomic
def send(*, batch: Batch, upto: int, by: "User") -> Mailing:
    """Let the letters of a batch go that wait, up to the last one that the person had before them.

    They leave in a minute, and none before the moment from which its outcome is known.
    """
    batch = _lock(batch, by)
    waiting = Message.objects.visible_to_staff(by).drafts().filter(batch=batch, pk__lte=upto)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise WrongState(_("No letter waits here any more: they were sent or left out in the meantime."))
    now = clock.now()
    mailing = Mailing.objects.create(batch=batch, sent_by=by, sent_at=now, due_at=now + UNDO)
    for part in batched(keys, STEP):
        _put_in_queue(part, mailing)
    mailing.due_at = mailing.messages.aggregate(first=Min("due_at"))["first"]
    mailing.save(update_fields=["due_at"])
    audit.record("mailing:send", by=by, subject=mailing, letters=len(keys))
    return mailing


def _lock(batch: Batch, by: "User") -> Batch:
    """Lock the batch, so that two who press at once come one after the other."""
    if not by.has_perm("core.send_mail") or not Batch.objects.visible_to(by).filter(pk=batch.pk).exists():
        raise PermissionDenied(_("Letters are sent by administrators who have no tie to what they are about."))
    return Batch.objects.select_for_update(no_key=True).get(pk=batch.pk)


def _put_in_queue(keys: tuple[int, ...], mailing: Mailing) -> None:
    """Make one part of the letters due; they go behind all other mail."""
    soon = mailing.sent_at + UNDO
    rows = Message.objects.filter(pk__in=keys)
    rows.update(
        state=State.QUEUED, mailing=mailing, round=F("round") + 1, queued_at=mailing.sent_at,
        due_at=Greatest(Coalesce("not_before", soon), soon),
    )  # fmt: skip
    jobs.put_all(
        Job(
            kind="mail-send", key=each.job_key, due_at=each.due_at or soon, priority=jobs.Priority.BULK,
            payload={"message": each.pk, "round": each.round},
        )
        for each in rows.only("pk", "round", "due_at")
    )  # fmt: skip


@transaction.atomic
def take_back(*, mailing: Mailing, by: "User") -> int:
    """Make drafts again of letters that were let go and are not due yet; return how many. All of them, or none."""
    _lock(mailing.batch, by)
    mailing = Mailing.objects.select_for_update(no_key=True).get(pk=mailing.pk)
    now: datetime = clock.now()
    if mailing.undone_at is not None:
        raise WrongState(_("These letters were taken back already. They wait here again."))
    if mailing.due_at <= now:
        raise WrongState(_("The letters are leaving already and cannot be taken back."))
    held = Message.objects.filter(mailing=mailing, state=State.QUEUED)
    keys = [each.job_key for each in held.only("pk", "round")]
    number = held.update(state=State.DRAFT, due_at=None, mailing=None)
    jobs.call_off(keys)
    Mailing.objects.filter(pk=mailing.pk).update(undone_at=now, undone_by=by)
    audit.record("mailing:take_back", by=by, subject=mailing, letters=number)
    return number


@transaction.atomic
def recall(document: Document) -> None:
    """Leave out what has not left yet of a letter that is void now, or has a newer version."""
    waiting = Message.objects.filter(documents=document, state__in=[State.DRAFT, State.QUEUED], batch__isnull=False)
    keys = [each.job_key for each in waiting.only("pk", "round")]
    waiting.update(state=State.LEFT_OUT, due_at=None)
    jobs.call_off(keys)


def readers_of(document: Document) -> list[Message]:
    """Return the mails by which a letter reached somebody, or may have."""
    found = Message.objects.filter(documents=document, state__in=[State.SENDING, State.SENT, State.UNKNOWN])
    return list(found.exclude(person=None).select_related("person").order_by("pk"))
