"""What a document costs, against a bare ReportLab canvas that draws the same text, in one run."""

import time
from collections.abc import Callable
from functools import partial
from io import BytesIO

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from reports.builders.application_summary import build_application_summary
from reports.builders.award_letter import build_award_letter
from reports.builders.outcome_letter import build_outcome_letter
from reports.builders.receipt import build_receipt
from tests.reports.builders import terms

ROUNDS = 20
LINE = "{:<22}{:>10}{:>12}{:>10}"


KINDS: dict[str, tuple[Callable[[], object], Callable[..., bytes]]] = {
    "award letter": (terms.award, build_award_letter),
    "outcome letter": (terms.outcome, build_outcome_letter),
    "application summary": (terms.summary, build_application_summary),
    "receipt": (terms.receipt, build_receipt),
}


def main() -> None:
    """Print CPU milliseconds for our documents, the bare canvas, and their ratio."""
    print(LINE.format("document", "ours ms", "canvas ms", "ratio"))
    for name, (make_terms, build) in KINDS.items():
        said = make_terms()
        lines = _lines_of(build(said))
        ours, bare = _cost(partial(build, said)), _cost(partial(_bare, lines))
        print(LINE.format(name, f"{ours:.1f}", f"{bare:.1f}", f"{ours / bare:.1f}"))


def _cost(build: Callable[[], bytes]) -> float:
    build()
    start = time.process_time()
    for _ in range(ROUNDS):
        build()
    return (time.process_time() - start) * 1000 / ROUNDS


def _lines_of(content: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded().splitlines() for page in document]


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


if __name__ == "__main__":
    main()
