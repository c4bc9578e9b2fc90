"""Kinds of jobs for the tests of workers; a worker loads them with `--include tests.workers.kinds`."""

import os
import time
from pathlib import Path

from core import jobs
from core.jobs import Claim


@jobs.handles("test-mark", "Test")
def mark(claim: Claim) -> None:
    """Write a line for each time that it is done."""
    log = os.open(claim.payload["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(log, f"{claim.payload['number']} {os.getpid()}\n".encode())
    os.close(log)
    time.sleep(0.02)  # long enough for the second worker to want the same job


@jobs.handles("test-hang", "Test")
def hang(claim: Claim) -> None:
    """Hang at the first attempt until a file is there; then file which attempt this was."""
    folder = Path(claim.payload["folder"])
    if claim.attempt == 1:
        (folder / "begun").touch()
        while not (folder / "go on").exists():
            time.sleep(0.05)
    with claim.filing() as result:
        result["attempt"] = claim.attempt
