"""The panel book: one application that cannot be set does not keep a panel from the others."""

import pytest

from core.pdf.shaping import MissingGlyph
from reports.builders.panel_book import build_panel_book, make_panel_book
from tests.core.pdf.reading import pages_of, words_of
from tests.reports.builders.terms import book, summary


def test_a_summary_with_a_character_without_a_glyph_is_replaced_by_a_page_that_says_so() -> None:
    pdf, unset = make_panel_book(
        book(summaries=(summary(lay_summary="A unicorn 🦄.", title="First"), summary(reference="SORF-2026-0042")))
    )
    text = words_of(pdf)

    assert "No typeface can draw the character U+1F984" in text
    assert "A unicorn" not in text
    assert unset == (("SORF-2026-0017", "🦄"),)
    assert [page.split()[-1] for page in pages_of(pdf)[1].splitlines() if "SORF" in page] == ["4", "5"]


def test_a_title_with_one_holds_the_book() -> None:
    with pytest.raises(MissingGlyph):
        build_panel_book(book(title="A unicorn 🦄"))
