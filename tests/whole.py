"""`make test`: the suite as a newcomer runs the product, on SQLite, and beside it what is about PostgreSQL and its services.

`--further` is `make more`: every rule on PostgreSQL too, and what `make test` leaves out.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests import services

SMALL = "not soak and not more"
ON_SERVER = "(postgres or concurrency or services)"
BESIDE_OTHERS = "(browser or concurrency or services)"
MARKED = re.compile(r"mark\.(postgres|concurrency|services)\b")
NOTHING_CHOSEN = 5
"""What pytest answers where no test is left to run."""


def command(chosen: str, processes: int, arguments: Iterable[str]) -> list[str]:
    """Return the call of pytest for some marks."""
    spread = ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]
    return [sys.executable, "-m", "pytest", *spread, "-m", chosen, *arguments]


def on_server(called: list[str]) -> list[str]:
    """Return a call that has a PostgreSQL of its own."""
    return [sys.executable, "-m", "tests.services", *called]


def small(arguments: list[str]) -> int:
    """Run both parts beside each other, since one mostly works and the other mostly waits; print one after the other."""
    if services.find_postgres() is None and "DATABASE_URL" not in os.environ:
        return worst([subprocess.call(command(SMALL, 3, arguments))])
    with tempfile.TemporaryFile("w+") as printed:
        called = on_server(command(f"{SMALL} and {ON_SERVER}", 2, where_marked(arguments)))
        beside = subprocess.Popen(called, stdout=printed, stderr=subprocess.STDOUT)
        try:
            embedded = subprocess.call(
                command(f"{SMALL} and not {ON_SERVER}", 3, arguments),
                env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            )
            answer = worst([beside.wait(), embedded])
        finally:
            services.stop(beside)
        printed.seek(0)
        print("\nOn PostgreSQL, with Redis and processes of their own:", printed.read(), sep="\n", flush=True)
    return answer


def where_marked(arguments: list[str]) -> list[str]:
    """Add the files with such a test, so that no other is read, unless some are named."""
    if any(not each.startswith("-") for each in arguments):
        return arguments
    return [
        *arguments,
        *(str(path) for path in sorted(Path("tests").rglob("test_*.py")) if MARKED.search(path.read_text())),
    ]


def further(arguments: list[str]) -> int:
    """Run on PostgreSQL all that asks the database, and what shows in another look, or for another person, what is shown already."""
    return worst(
        [
            subprocess.call(
                on_server(command(f"not soak and (more or (database and not {BESIDE_OTHERS}))", 3, arguments))
            )
        ]
    )


def worst(answers: list[int]) -> int:
    """Return what the calls come to: a part without a test is none, unless there is no other."""
    failed = [each for each in answers if each not in {0, NOTHING_CHOSEN}]
    return failed[0] if failed else min(answers)


def main(arguments: list[str]) -> int:
    """Run what is asked for."""
    if arguments[:1] == ["--further"]:
        return further(arguments[1:])
    return small(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
