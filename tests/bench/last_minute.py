"""Measures saves and submits; run by `bench_deadline` with the settings and the database of its own.

Once one request after the other, which is the work itself; once with many applicants in the same seconds, which is the
work and the waiting for each other.
"""

import random
import statistics
from collections.abc import Iterable
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from core import clock  # noqa: E402
from fund.models import Call  # noqa: E402
from tests import factories, rush  # noqa: E402
from tests.rush import Applicant  # noqa: E402

ALONE, TOGETHER, SECONDS = 100, 300, 60.0
KINDS = ("page", "save", "submit")
EXPECTED = {"page": {200}, "save": {200, 409}, "submit": {302}}
"""Nobody waits for the answer to a save before submitting, so that a save may find its draft submitted already."""
LINE = "{:<30}{:>8}{:>10}{:>10}{:>8}"


def main() -> None:
    """Print p50 and p95 of each kind of request, and the ratio of its p95 to that of the empty page."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    log = Path(settings.STATE_DIR) / "web.log"
    with rush.two_workers({}, log) as port:
        _one_after_the_other(factories.make_call("alone"), port)
        _all_at_once(factories.make_call("together"), port)


def _one_after_the_other(call: Call, port: int) -> None:
    applicants = rush.make_applicants(call, ALONE)
    for what in ("page", *KINDS):
        if what == "page":
            _forget(applicants)  # the first round only warms up
        for each in applicants:
            each.steps = [(0, what)]
            each.act(port, clock.now().timestamp(), submits=what == "submit")
    _print("one after the other", applicants)


def _all_at_once(call: Call, port: int) -> None:
    chance = random.Random(300)
    applicants = rush.make_applicants(call, TOGETHER)
    for each in applicants:
        times = sorted(chance.uniform(0, SECONDS) for _ in range(5))
        each.steps = list(zip(times, ("save", "page", "save", "save", "submit"), strict=True))
    rush.run(applicants, port, clock.now().timestamp() + 2)
    _print(f"{TOGETHER} people in {SECONDS:.0f} seconds", applicants)


def _forget(applicants: Iterable[Applicant]) -> None:
    for each in applicants:
        each.answers.clear()


def _print(title: str, applicants: list[Applicant]) -> None:
    answers = [answer for each in applicants for answer in each.answers]
    strange = {answer.status for answer in answers if answer.status not in EXPECTED[answer.what]}
    assert not strange, strange
    times = {what: [answer.seconds for answer in answers if answer.what == what] for what in KINDS}
    print(LINE.format(title, "number", "p50 ms", "p95 ms", "ratio"))
    empty = rush.p95(times["page"])
    for what, seconds in times.items():
        high = rush.p95(seconds)
        middle = statistics.median(seconds) * 1000
        print(LINE.format(what, len(seconds), f"{middle:.1f}", f"{high * 1000:.1f}", f"{high / empty:.1f}"))


if __name__ == "__main__":
    main()
