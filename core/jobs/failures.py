"""Work without a batch that failed for good: administrators see it, put it back in the queue, or let it be."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Case, Q, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from core import audit, clock
from core.jobs import wake
from core.jobs.models import Job

_FAILED = Q(batch=None, state=Job.State.FAILED)
MOST = 50
"""How many are looked at, the newest first."""

Rows = Callable[[Any], models.QuerySet]
Words = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class _Concern:
    """Where a payload names the row that the work is about, which of these wait for a person, and how each is called."""

    key: str
    rows: Rows
    words: Words
    page: Words | None


_concerns: dict[str, _Concern] = {}


@dataclass(frozen=True, slots=True)
class Failure:
    """A piece of work that failed, and the row that it is about, if it says which."""

    job: Job
    about: models.Model | None = None

    @property
    def what(self) -> str:
        """The kind of work in words."""
        return self.job.kind_label

    @property
    def where(self) -> str:
        """What it is about, in words."""
        return _concerns[self.job.kind].words(self.about) if self.about else ""

    @property
    def url(self) -> str:
        """The page of what it is about, if there is one."""
        page = _concerns[self.job.kind].page if self.about else None
        return page(self.about) if page else ""


def concerns(kind: str, key: str, rows: Rows, *, words: Words = str, page: Words | None = None) -> None:
    """Say under which key its payload names what a kind of work is about, how that is called, and on which page it is.

    The rows are those that the person may know of, and that still wait for the work.
    """
    _concerns[kind] = _Concern(key, rows, words, page)


def known_failures(user: Any) -> models.QuerySet[Job]:
    """Keep what failed for good and waits for the administrator, as far as they may know of it, in one query.

    Work that does not say what it is about is shown to nobody who is shut out of anything.
    """
    if not user.has_perm("core.run_jobs"):
        return Job.objects.none()
    silent = ~Q(kind__in=list(_concerns)) & Q(pk__in=Job.objects.visible_to(user).filter(_FAILED).values("pk"))
    named = [Q(kind=kind, about__in=each.rows(user).values("pk")) for kind, each in _concerns.items()]
    about = [When(kind=kind, then=_number_in(each.key)) for kind, each in _concerns.items()]
    failed = Job.objects.filter(_FAILED).annotate(about=Case(*about, default=None))
    return failed.filter(reduce(or_, named, silent))


def _number_in(key: str) -> Cast:
    return Cast(KeyTextTransform(key, "payload"), models.BigIntegerField())


def failures_for(user: Any) -> list[Failure]:
    """Return what failed and waits for the administrator, the newest first."""
    found = list(known_failures(user).order_by("-finished_at", "-pk")[:MOST])
    grouped = defaultdict(list)
    for job in found:
        if job.kind in _concerns:
            grouped[job.kind].append(job)
    abouts = {job.pk: row for kind, jobs in grouped.items() for job, row in _rows_of(user, kind, jobs)}
    return [Failure(job, abouts.get(job.pk)) for job in found]


def _rows_of(user: Any, kind: str, jobs: list[Job]) -> Iterator[tuple[Job, models.Model | None]]:
    concern = _concerns[kind]
    rows = concern.rows(user).in_bulk({job.payload[concern.key] for job in jobs})
    return ((job, rows.get(job.payload[concern.key])) for job in jobs)


def retry(*, by: AbstractBaseUser, only: int | None = None) -> int:
    """Put failed work back in the queue, one piece or all that the person is shown; return how many pieces it was."""
    again = _end(by, only, "job:retry", state=Job.State.WAITING, due_at=clock.now(), finished_at=None, attempt=0)
    wake.after_commit()
    return again


def let_be(*, by: AbstractBaseUser, only: int | None = None) -> int:
    """Give up failed work that nothing can mend, one piece or all that the person is shown; return how many pieces it was."""
    return _end(by, only, "job:let_be", state=Job.State.CANCELLED, finished_at=clock.now())


@transaction.atomic
def _end(by: AbstractBaseUser, only: int | None, code: str, **change: Any) -> int:
    if not by.has_perm("core.run_jobs"):  # type: ignore[attr-defined]
        raise PermissionDenied(_("Administrators see to work that failed."))
    number = 0
    for failure in failures_for(by):
        pk = failure.job.pk
        if only in (None, pk) and Job.objects.filter(pk=pk, state=Job.State.FAILED).update(**change):
            audit.record(code, by=by, subject=failure.about or failure.job, job=pk, kind=failure.job.kind)
            number += 1
    return number
