"""What documents cost, in one run: against a bare ReportLab canvas with the same text, and against WeasyPrint.

Every document of a round is another one: its own title, number and names, as in a batch of letters.
"""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from io import BytesIO
from multiprocessing import get_context
from statistics import median
from typing import Any
from unittest.mock import patch

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from core.pdf.blocks import Block
from core.pdf.document import Document
from reports.builders.application_summary import build_application_summary
from reports.builders.award_letter import build_award_letter
from reports.builders.outcome_letter import build_outcome_letter
from reports.builders.panel_book import build_panel_book
from reports.builders.receipt import build_receipt
from tests.bench import large_book
from tests.bench.as_html import page_of
from tests.reports.builders import terms

ROUNDS = 20
LETTERS = 400
BOOKS = (126, 1000)
BOOK = 126
LINE = "{:<22}{:>7}{:>11}{:>11}{:>11}{:>13}{:>10}"
HOSTS = ("Rift Lakes University", "Institute for Digital Childhood", "Université du Littoral", "Universidad de Ñandutí")

type Build = Callable[[Any], bytes]
KINDS: dict[str, tuple[Callable[..., Any], Build]] = {
    "award letter": (terms.award, build_award_letter),
    "outcome letter": (terms.outcome, build_outcome_letter),
    "application summary": (terms.summary, build_application_summary),
    "receipt": (terms.receipt, build_receipt),
}


def main() -> None:
    """Print CPU milliseconds for our documents and the other two, with the ratios; then one process against two."""
    weasyprint = _weasyprint()
    print(LINE.format("document", "pages", "ours ms", "canvas ms", "× canvas", "weasyprint ms", "× faster"))
    for name, (make_terms, build) in KINDS.items():
        _print_kind(name, build, [_one_of(make_terms, number) for number in range(ROUNDS)], weasyprint)
    _print_kind("panel book of 126", build_panel_book, [_book(), _book()], None)
    _print_processes()
    for count in BOOKS:
        print("A panel book, in a process of its own:", large_book.told(count))


def _print_kind(name: str, build: Build, said: list[Any], weasyprint: Callable[[str], object] | None) -> None:
    """Take turns, so that what else the machine does weighs on both."""
    pages = [_lines_of(build(each)) for each in said]
    ours, bare = _medians((build, said), (_bare, pages))
    figures = [f"{ours:.1f}", f"{bare:.1f}", f"{ours / bare:.1f}", "–", "–"]
    if weasyprint:
        other = [page_of(name, _blocks_of(build, each)) for each in said[:4]]
        (took,) = _medians((weasyprint, other))
        figures[3:] = [f"{took:.0f}", f"{took / ours:.0f}"]
    print(LINE.format(name, len(pages[0]), *figures), flush=True)


def _book() -> Any:
    """Return the terms of a panel book with a summary of each of 126 applications."""
    summaries = tuple(
        replace(_one_of(terms.summary, number), reference=f"SORF-2026-{number:04}") for number in range(BOOK)
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
    found: list[Block] = []
    with patch.object(Document, "add", lambda _, *blocks: found.extend(blocks)):
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


def _print_processes() -> None:
    """Print the letters a second of one process and of two, each warm before the clock runs."""
    pace: list[float] = []
    for number in (1, 2):
        with ProcessPoolExecutor(number, mp_context=get_context("spawn")) as pool:
            list(pool.map(_letters, [range(40)] * number * 2))
            shares = [range(start, LETTERS, number) for start in range(number)]
            start = time.perf_counter()
            list(pool.map(_letters, shares))
            pace.append(LETTERS / (time.perf_counter() - start))
    print(f"Letters a second: {pace[0]:.0f} by one process, {pace[1]:.0f} by two, {pace[1] / pace[0]:.2f} ×")


if __name__ == "__main__":
    main()
