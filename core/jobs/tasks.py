"""The Celery tasks: three wake-ups without arguments."""

import time
from datetime import timedelta

from celery import shared_task

from core import clock
from core.audit.seal import seal_waiting
from core.jobs import wake
from core.jobs.models import Job
from core.jobs.registry import daily_functions
from core.jobs.work import run_next

TURN = 20.0
"""Seconds that one wake-up works before it passes the word on, so that a worker can be stopped between turns."""


@shared_task(ignore_result=True)
def work() -> None:
    """Do jobs until none is due or the turn is over; wake the next worker first if there is more than one job."""
    if Job.objects.ready()[1:2].exists():
        wake.tell()
    end = time.monotonic() + TURN
    while run_next():
        if time.monotonic() > end:
            wake.tell()
            return


@shared_task(ignore_result=True)
def sweep() -> None:
    """Reopen jobs whose worker died, wake a worker for what waits, and seal the audit trail."""
    reopen_abandoned()
    if Job.objects.ready().exists():
        wake.tell()
    while seal_waiting() == 2000:
        continue


@shared_task(ignore_result=True)
def daily() -> None:
    """Do what follows once from stored dates: reminders, lapsed offers."""
    for function in daily_functions():
        function()


def reopen_abandoned() -> int:
    """Put jobs with an expired lease back in the queue and return how many."""
    return Job.objects.abandoned().update(
        state=Job.State.WAITING, leased_until=None, due_at=clock.now() - timedelta(seconds=1)
    )
