"""What documents cost, in one run: against a bare ReportLab canvas with the same text, and against WeasyPrint.

Every document of a round is another one: its own title, number and names, as in a batch of letters. Each ratio says
whether it meets its goal. `python -m tests.bench.bench_documents small` tries all of it in a minute.
"""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from multiprocessing import get_context
from statistics import median
from typing import Any
from unittest.mock import patch

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from core.pdf.blocks import Block
from core.pdf.document import Document, Imprint
from reports.builders.application_summary import build_application_summary
from reports.builders.award_letter import build_award_letter
from reports.builders.outcome_letter import build_outcome_letter
from reports.builders.panel_book import build_panel_book
from reports.builders.receipt import build_receipt
from tests.bench import large_book, made_book
from tests.bench.as_html import page_of
from tests.reports.builders import terms

LINE = "{:<22}{:>6}{:>9}{:>11}{:>13}{:>15}{:>15}"
HOSTS = ("Rift Lakes University", "Institute for Digital Childhood", "Université du Littoral", "Universidad de Ñandutí")


@dataclass(frozen=True)
class Size:
    """How much is made: rounds of each kind, applications of a book and of its twin, letters, and books of their own."""

    rounds: int
    book: int
    twin: int
    letters: int
    books: tuple[int, ...]
    rows: int
    """So many applications in the database, for a book that is made of them."""


WHOLE = Size(rounds=20, book=126, twin=12, letters=400, books=(126, 1000), rows=1000)
SMALL = Size(rounds=3, book=6, twin=2, letters=40, books=(), rows=0)
CANVAS, WEASYPRINT, PROCESSES, MEMORY = 2.5, 5.0, 1.5, 300
"""The goals: at most so many times the canvas, at least so many times as fast as WeasyPrint and as one process; and
the megabytes that a process which makes a book holds at most.
"""

type Build = Callable[[Any], bytes]
KINDS: dict[str, tuple[Callable[..., Any], Build]] = {
    "award letter": (terms.award, build_award_letter),
    "outcome letter": (terms.outcome, build_outcome_letter),
    "application summary": (terms.summary, build_application_summary),
    "receipt": (terms.receipt, build_receipt),
}


def main(size: Size = WHOLE) -> None:
    """Print CPU milliseconds for our documents and the other two, with the ratios; then one process against two."""
    weasyprint = _weasyprint()
    print(
        LINE.format(
            "document",
            "pages",
            "ours ms",
            "canvas ms",
            f"× (≤ {CANVAS})",
            "weasyprint ms",
            f"faster (≥ {WEASYPRINT:g})",
        )
    )
    for name, (make_terms, build) in KINDS.items():
        said = [_one_of(make_terms, number) for number in range(size.rounds)]
        _print_kind(name, build, said, said[:4], weasyprint)
    books, twins = ([_book(count), _book(count)] for count in (size.book, size.twin))
    _print_kind(f"panel book of {size.book}", build_panel_book, books, twins, weasyprint)
    print(f"WeasyPrint sets a book of {size.twin} applications; × faster is against the same book of ours.")
    _print_processes(size.letters)
    for count in size.books:
        _print_book("A panel book of terms, set", large_book.told(count))
    if size.rows:
        _print_book("A panel book of rows, gathered, set and filed", made_book.told(size.rows))


def _print_book(words: str, told: dict[str, float]) -> None:
    print(f"{words}, in a process of its own: {told}, megabytes at most {judged(told['peak'], MEMORY, at_most=True)}")


def judged(figure: float, goal: float, *, at_most: bool) -> str:
    """Write a ratio, with whether it meets its goal."""
    is_met = figure <= goal if at_most else figure >= goal
    return f"{figure:.1f} {'met' if is_met else 'missed'}"


def _print_kind(
    name: str, build: Build, said: list[Any], twins: list[Any], weasyprint: Callable[[str], object] | None
) -> None:
    """Take turns, so that what else the machine does weighs on all."""
    pages = [_lines_of(build(each)) for each in said]
    ours, bare = _medians((build, said), (_bare, pages))
    figures = [f"{ours:.1f}", f"{bare:.1f}", judged(ours / bare, CANVAS, at_most=True), "–", "–"]
    if weasyprint:
        same = [page_of(name, _blocks_of(build, each)) for each in twins]
        took, beside = _medians((weasyprint, same), (build, twins))
        figures[3:] = [f"{took:.0f}", judged(took / beside, WEASYPRINT, at_most=False)]
    print(LINE.format(name, len(pages[0]), *figures), flush=True)


def _book(count: int) -> Any:
    """Return the terms of a panel book with a summary of each of so many applications."""
    summaries = tuple(
        replace(_one_of(terms.summary, number), reference=f"SORF-2026-{number:04}") for number in range(count)
    )
    standing = terms.book().standings[0]
    standings = tuple(
        replace(standing, rank=f"{number}", reference=each.reference, title=each.title)
        for number, each in enumerate(summaries, start=1)
    )
    return replace(terms.book(), standings=standings, summaries=summaries)


def _one_of(make_terms: Callable[..., Any], number: int) -> Any:
    """Return terms of which no other document has the same title, number or names."""
    given = make_terms(title=f"{terms.TITLE}, part {number}")
    changes: dict[str, Any] = {"issue": replace(given.issue, number=f"2026-{number:04}")}
    for field in ("grantee", "host"):
        if hasattr(given, field):
            changes[field] = f"{HOSTS[number % len(HOSTS)]} {number}"
    return replace(given, **changes)


def _medians(*turns: tuple[Callable[[Any], object], list[Any]]) -> list[float]:
    """Return the CPU milliseconds of one by each way, once the process has opened its fonts."""
    took: list[list[float]] = [[] for _ in turns]
    for number in range(len(turns[0][1])):
        for each, (build, said) in zip(took, turns, strict=True):
            start = time.process_time()
            build(said[number])
            each.append((time.process_time() - start) * 1000)
    return [median(each[1:]) for each in took]


def _lines_of(content: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().splitlines() for page in document]


def _blocks_of(build: Build, said: Any) -> list[Block]:
    """Return what a document is built of; pages that it puts in front stand where they are put."""
    found: list[Block] = []

    def insert(_: Document, at: int, imprint: Imprint, blocks: Callable[[int], Iterable[Block]]) -> None:
        found.extend(blocks(1))

    with patch.multiple(Document, add=lambda _, *blocks: found.extend(blocks), insert=insert):
        build(said)
    return found


def _bare(pages: list[list[str]]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for lines in pages:
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(lines):
            canvas.drawString(68, 780 - 12 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _weasyprint() -> Callable[[str], object] | None:
    try:
        from weasyprint import HTML  # noqa: PLC0415 - it needs libraries that not every machine has
    except (ImportError, OSError) as lack:
        print(f"WeasyPrint is left out: {str(lack).splitlines()[0]}")
        return None
    return lambda page: HTML(string=page).write_pdf()


def _letters(numbers: range) -> float:
    """Set letters, and return when this process was done."""
    for number in numbers:
        build_award_letter(_one_of(terms.award, number))
    return time.perf_counter()


def _print_processes(letters: int) -> None:
    """Print the letters a second of one process and of two, each warm before the clock runs."""
    pace: list[float] = []
    for number in (1, 2):
        with ProcessPoolExecutor(number, mp_context=get_context("spawn")) as pool:
            list(pool.map(_letters, [range(40)] * number * 2))
            shares = [range(start, letters, number) for start in range(number)]
            start = time.perf_counter()
            list(pool.map(_letters, shares))
            pace.append(letters / (time.perf_counter() - start))
    gain = judged(pace[1] / pace[0], PROCESSES, at_most=False)
    print(f"Letters a second: {pace[0]:.0f} by one process, {pace[1]:.0f} by two, × {gain} (≥ {PROCESSES})")


if __name__ == "__main__":
    main(SMALL if sys.argv[1:] == ["small"] else WHOLE)
