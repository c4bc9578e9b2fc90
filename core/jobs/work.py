"""A worker's side: claim a row, do the work, file the result."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from core import clock
from core.jobs.models import Job
from core.jobs.registry import handler_of

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
ATTEMPTS = 5
BACKOFF = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


class LostLease(Exception):
    """Another worker took the job over; what this one made is thrown away."""


@dataclass
class Claim:
    """A claimed job: its payload, and the transaction in which its result is filed.

    `taken_at` is before anything that its result says was read.
    """

    pk: int
    kind: str
    attempt: int
    payload: dict[str, Any]
    batch: int | None
    taken_at: datetime = field(default_factory=clock.now)
    filed: bool = False
    result: dict[str, Any] = field(default_factory=dict)

    def ends_with(self, error: Exception) -> bool:
        """Whether the job fails for good with this error: no second try helps, or this was the last one."""
        return getattr(error, "lasting", False) or self.attempt >= ATTEMPTS

    def first(self, name: str) -> bool:
        """Note beside the result, in the running transaction, that something is done; return whether it is the first time."""
        if self.result.get(name):
            return False
        self.result[name] = True
        if not self._mine().update(result=self.result):
            raise LostLease(self.kind)
        return True

    def renew(self) -> None:
        """Keep the job for another lease; long work calls this, and a thread does while it runs."""
        if not self._mine().update(leased_until=clock.now() + LEASE):
            raise LostLease(self.kind)

    @contextmanager
    def filing(self) -> Iterator[dict[str, Any]]:
        """Open the one transaction that stores the result and closes the job, if it is still ours."""
        with transaction.atomic():
            if not self._mine().update(state=Job.State.DONE, finished_at=clock.now(), leased_until=None, error=""):
                raise LostLease(self.kind)
            yield self.result
            Job.objects.filter(pk=self.pk).update(result=self.result)
        self.filed = True

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.pk, attempt=self.attempt, state=Job.State.RUNNING)


def claim_next() -> Claim | None:
    """Take the next job by (priority, due, id) with one conditional UPDATE, or return None."""
    with transaction.atomic():
        ready = Job.objects.ready()
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True)
        pk = ready.values_list("pk", flat=True).first()
        if pk is None:
            return None
        claimed = Job.objects.filter(pk=pk, state=Job.State.WAITING).update(
            state=Job.State.RUNNING, attempt=F("attempt") + 1, leased_until=clock.now() + LEASE
        )
        job = Job.objects.get(pk=pk) if claimed else None
    if job is None:
        return claim_next()
    return Claim(job.pk, job.kind, job.attempt, job.payload, job.batch_id, result=job.result)


def do(claim: Claim) -> None:
    """Do a claimed job; an error puts it back with a growing pause, and after the last attempt marks it failed."""
    try:
        with _heartbeat(claim):
            handler_of(claim.kind)(claim)
            if not claim.filed:
                with claim.filing():
                    pass
    except LostLease:
        log.warning("Job %s was taken over while attempt %s worked on it.", claim.pk, claim.attempt)
    except Exception as error:
        log.exception("Job %s (%s) failed at attempt %s.", claim.pk, claim.kind, claim.attempt)
        _give_back(claim, error)


def run_next() -> bool:
    """Claim and do one job, and return whether there was one."""
    claim = claim_next()
    if claim is None:
        return False
    do(claim)
    return True


def run_all(most: int = 10_000) -> int:
    """Do jobs until none is due, and return how many: for tests and the loading of sample data."""
    done = 0
    while done < most and run_next():
        done += 1
    return done


def _give_back(claim: Claim, error: Exception) -> None:
    lasting = claim.ends_with(error)
    now = clock.now()
    Job.objects.filter(pk=claim.pk, attempt=claim.attempt, state=Job.State.RUNNING).update(
        state=Job.State.FAILED if lasting else Job.State.WAITING,
        due_at=now + BACKOFF[min(claim.attempt, len(BACKOFF)) - 1],
        leased_until=None,
        finished_at=now if lasting else None,
        error=f"{type(error).__name__}: {error}"[:2000],
    )


@contextmanager
def _heartbeat(claim: Claim) -> Iterator[None]:
    """Renew the lease from a second thread, for work that is longer than a lease."""
    stop = threading.Event()

    def beat() -> None:
        try:
            while not stop.wait(LEASE.total_seconds() / 3):
                claim.renew()
        except LostLease:
            return
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
