"""The ranking report: what is said of a table stands below it, wherever the page ends."""

import pytest

from reports.builders.ranking_report import build_ranking_report
from tests.core.pdf.reading import pages_of, words_of
from tests.reports.builders.terms import ranking

LONG = "Understanding disclosure in schools " * 9


@pytest.mark.parametrize("length", range(60, 300, 40))
@pytest.mark.parametrize("sentences", [4, 5])
def test_no_page_holds_captions_only(length: int, sentences: int) -> None:
    said = tuple(f"Sentence {number}." for number in range(sentences))
    pages = pages_of(build_ranking_report(ranking(title=LONG[:length].strip(), sentences=said)))
    ends = [page for page in pages if "Model 1, seed 7" in page]

    assert ["tells you something" in page and "SORF-2026-0042" in page for page in ends] == [True]


def test_what_the_chart_says_stands_below_it() -> None:
    assert "a chance of one in two." in (text := words_of(build_ranking_report(ranking())))
    assert text.index("The first is above the line.") < text.index("How to read this")
