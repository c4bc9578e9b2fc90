"""Run the processes of the demo side by side: what dies is started again, and all stop together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 4.0
"""Seconds in which a process may end what it is doing before it is killed; a job that is cut off is done again."""
QUICK = 5.0
"""A process that lived shorter than this many seconds did not start properly."""
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class CannotStart(Exception):
    """A process ended three times as soon as it was started."""


@dataclass
class Child:
    """One process, its log, and how often it failed to start."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches it through us only."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603 - the commands are our own
                self.command,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread runs beside us
            )
        self.started = time.monotonic()

    @property
    def is_dead(self) -> bool:
        """Whether the process was started and has ended."""
        return self.process is not None and self.process.poll() is not None

    def send(self, number: int) -> None:
        """Send a signal to the process; to its whole group if it is to be killed."""
        if self.process is None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self.process.pid, number)
            else:
                self.process.send_signal(number)
        except ProcessLookupError:
            pass

    def last_lines(self, count: int = 8) -> str:
        """Return the end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


def _end_with_parent() -> None:
    """Have Linux stop this process when the one that started it is killed."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Children:
    """The processes that run together."""

    def __init__(self, *children: Child, say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say

    def start(self) -> None:
        """Start each process."""
        for child in self.children:
            child.start()

    def mend(self) -> None:
        """Start again what has died, and give up on what dies three times at once."""
        for child in self.children:
            if not child.is_dead:
                continue
            child.failures = child.failures + 1 if time.monotonic() - child.started < QUICK else 0
            if child.failures >= 3:
                raise CannotStart(f"The {child.name} does not start. Its log, {child.log}, ends:\n{child.last_lines()}")
            self.say(f"The {child.name} ended by itself; it is started again. Its log is {child.log}.")
            child.send(signal.SIGKILL)
            child.start()

    def restart(self) -> None:
        """Stop each process and start it again."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Stop each process, all at once, and kill what does not end in time."""
        for child in self.children:
            child.send(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and not all(child.is_dead or child.process is None for child in self.children):
            time.sleep(0.1)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
