"""Telling the workers that there is work; it may fail, and then the sweeper finds the row."""

import logging
import time

from celery import current_app
from django.db import transaction

log = logging.getLogger(__name__)

SILENCE = 10.0
"""Seconds without another try after the broker could not be reached."""

_silent_until = 0.0


def after_commit() -> None:
    """Wake a worker once after the running transaction commits, however many jobs it put."""
    connection = transaction.get_connection()
    if not any(function is tell for _, function, *_ in connection.run_on_commit):
        transaction.on_commit(tell, robust=True)


def tell() -> bool:
    """Publish one wake-up and return whether the broker took it; never raises, never waits long."""
    global _silent_until  # noqa: PLW0603
    if time.monotonic() < _silent_until:
        return False
    try:
        current_app.send_task("core.jobs.tasks.work", retry=False, ignore_result=True, expires=300)
    except Exception as error:  # noqa: BLE001 - whatever the broker's client raises, the job's row is safe
        _silent_until = time.monotonic() + SILENCE
        log.warning("The broker cannot be reached (%s); the job stays in its row.", type(error).__name__)
        return False
    return True
