"""Putting work in the queue, and taking it out again."""

from collections.abc import Iterable
from datetime import datetime
from enum import IntEnum
from itertools import batched
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from core import clock
from core.jobs import wake
from core.jobs.models import Batch, Job

STEP = 500
"""Rows that are written by one statement."""


class Priority(IntEnum):
    """Lower goes first: one receipt does not wait behind five thousand letters."""

    URGENT = 10
    NORMAL = 50
    BULK = 80


def put(
    kind: str,
    *,
    priority: int = Priority.NORMAL,
    due_at: datetime | None = None,
    batch: Batch | None = None,
    key: str | None = None,
    **payload: Any,
) -> Job:
    """Write a job row in the running transaction and wake a worker after its commit.

    A `key` makes the job the only one of its name: putting it again returns the first.
    """
    now = clock.now()
    fields = {
        "kind": kind, "payload": payload, "priority": priority, "due_at": due_at or now, "put_at": now, "batch": batch,
    }  # fmt: skip
    if key is None:
        job = Job.objects.create(**fields)
    else:
        job, _ = Job.objects.get_or_create(key=key, defaults=fields)
    wake.after_commit()
    return job


def put_all(rows: Iterable[Job]) -> None:
    """Write many job rows in the running transaction, in a few statements."""
    now = clock.now()
    for part in batched(rows, STEP):
        for job in part:
            job.put_at = now
        Job.objects.bulk_create(part)
    wake.after_commit()


def call_off(keys: Iterable[str]) -> None:
    """Take the jobs of these names out of the queue, if they wait."""
    for part in batched(keys, STEP):
        waiting = Job.objects.filter(key__in=part, state=Job.State.WAITING)
        waiting.update(state=Job.State.CANCELLED, finished_at=clock.now())


def open_batch(*, title: str, by: AbstractBaseUser | None, subject: models.Model | None = None) -> Batch:
    """Start a batch whose progress the person can watch; a title that is too long is cut."""
    return Batch.objects.create(
        title=title[: Batch._meta.get_field("title").max_length],
        asked_by_id=by.pk if by else None,
        asked_at=clock.now(),
        subject_type=subject._meta.label_lower if subject else "",
        subject=subject.pk if subject else None,
    )


@transaction.atomic
def cancel(batch: Batch) -> int:
    """Take the waiting jobs of a batch out of the queue and return how many; running ones finish."""
    return batch.jobs.filter(state=Job.State.WAITING).update(state=Job.State.CANCELLED, finished_at=clock.now())


@transaction.atomic
def retry_failed(batch: Batch) -> int:
    """Put the failed jobs of a batch back in the queue and return how many."""
    again = batch.jobs.filter(state=Job.State.FAILED).update(
        state=Job.State.WAITING, due_at=clock.now(), error="", finished_at=None, attempt=0
    )
    wake.after_commit()
    return again


@transaction.atomic
def resume(batch: Batch) -> int:
    """Put the cancelled jobs of a batch back in the queue and return how many."""
    again = batch.jobs.filter(state=Job.State.CANCELLED).update(
        state=Job.State.WAITING, due_at=clock.now(), finished_at=None
    )
    wake.after_commit()
    return again


def redo_held(kind: str, *, letter: int) -> bool:
    """Put the job back in the queue that held a letter, in the batch to which it belongs; say whether there is one."""
    held = Job.objects.filter(kind=kind, state=Job.State.DONE, result__has_key="held", payload__letter=letter)
    again = held.update(state=Job.State.WAITING, due_at=clock.now(), finished_at=None, attempt=0, result={})
    wake.after_commit()
    return again > 0
