"""What the tests of workers share: sweeping, and waiting for work to be done."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from core import clock
from core.jobs.models import Job
from tests import services
from tests.conftest import ROOT


def end_leases() -> int:
    """Let the leases of all running jobs have ended, as they would have a minute later."""
    return Job.objects.filter(state=Job.State.RUNNING).update(leased_until=clock.now() - timedelta(seconds=1))


def wait_for_no_work(seconds: float = 60, *, sweep: Callable[[], None] | None = None) -> None:
    """Wait until no job waits or runs; with `sweep`, as the clock process does, once a wake-up may have been lost.

    The broker in a folder can lose one: a worker may take its file while it is still being written.
    """
    left = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    if sweep is not None:
        end = time.monotonic() + 20
        while left.exists() and time.monotonic() < end:
            time.sleep(0.1)
        if left.exists():
            sweep()
    services.wait_until(lambda: not left.exists(), what="all jobs are done", seconds=seconds)


@pytest.fixture
def sweep(shared_environment: dict[str, str]) -> Callable[..., None]:
    """Return what sends the sweep that the clock process sends every 30 seconds."""

    def send(**variables: str) -> None:
        command = [sys.executable, "-m", "celery", "-A", "config", "call", "core.jobs.tasks.sweep"]
        subprocess.run(command, env=shared_environment | variables, cwd=ROOT, check=True, capture_output=True)

    return send
