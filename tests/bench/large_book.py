"""Sets a panel book in a process of its own, and prints what it took: `python -m tests.bench.large_book 1000`."""

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]
WORDS = 20_000
"""So many different words, the common ones as often as in any language."""


def told(count: int) -> dict[str, float]:
    """Set a book of so many applications in another process, and return what it took."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.large_book", str(count)], cwd=ROOT, capture_output=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(count: int) -> None:
    """Print the applications, the megabytes of the file and of memory at most, and the seconds of CPU."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from reports.builders.application_summary import SummaryTerms  # noqa: PLC0415
    from reports.builders.judgement import Opinion  # noqa: PLC0415
    from reports.builders.panel_book import RankedSummary, build_panel_book  # noqa: PLC0415
    from reports.builders.score_grid import Reviewer  # noqa: PLC0415
    from tests.core.pdf.names import NAMES  # noqa: PLC0415
    from tests.reports.builders import terms  # noqa: PLC0415

    text = Speaker().text
    names = list(NAMES.values())
    titles = [f"{text(8)} {names[number % len(names)]}" for number in range(count)]

    def opinion(number: int) -> Opinion:
        comments = (("Relevance", text(40)), ("Method", text(40)))
        return Opinion(Reviewer(f"Reviewer {number}", "Survivors"), comments, text(120), text(60))

    def summaries() -> Iterator[SummaryTerms]:
        for number, title in enumerate(titles):
            yield terms.summary(
                title=title, reference=_reference(number), lay_summary=text(250), opinions=tuple(map(opinion, range(3)))
            )

    ranked = (
        RankedSummary(f"{number + 1}", _reference(number), title, "5.20", "0.40", "5.0", "3 of 3", Decimal(158700))
        for number, title in enumerate(titles)
    )
    before = time.process_time()
    content = build_panel_book(terms.book(standings=tuple(ranked), summaries=summaries()))
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = len(content) / 2**20
    print(
        json.dumps({"applications": count, "megabytes": round(size, 1), "peak": round(peak), "cpu": round(seconds, 1)})
    )


def _reference(number: int) -> str:
    return f"SORF-2026-{number + 1:04}"


class Speaker:
    """Makes up texts that are the same in every run."""

    def __init__(self) -> None:
        self.random = random.Random(1)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(2, 11))) for _ in range(WORDS)]
        self.weights = list(accumulate(1 / place for place in range(1, WORDS + 1)))

    def text(self, length: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=length))


if __name__ == "__main__":
    main(int(sys.argv[1]))
