"""What holds for every kind of document."""

import time
from dataclasses import replace

import pytest

from core.pdf.shaping import MissingGlyph
from reports.builders.application_summary import build_application_summary
from reports.builders.award_letter import build_award_letter
from reports.builders.outcome_letter import build_outcome_letter
from reports.builders.receipt import build_receipt
from tests.core.pdf.names import NAMES
from tests.core.pdf.reading import fonts_of, private_use, problems_of, reader, text_of, words_of
from tests.reports.builders.terms import TITLE, award, issue, outcome, receipt, summary

KINDS = {
    "award letter": (build_award_letter, award),
    "outcome letter": (build_outcome_letter, outcome),
    "application summary": (build_application_summary, summary),
    "receipt": (build_receipt, receipt),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


def test_the_same_terms_give_the_same_bytes(kind):
    build, terms = kind

    assert build(terms()) == build(terms())


def test_it_is_sound_with_every_font_embedded(kind):
    build, terms = kind
    pdf = build(terms())

    assert problems_of(pdf) == ""
    assert [name for name, is_embedded in fonts_of(pdf) if not is_embedded] == []
    assert private_use(text_of(pdf)) == []


def test_it_has_title_author_language_and_bookmarks(kind):
    build, terms = kind
    read = reader(build(terms(issue=issue(language="en-GB"))))

    assert TITLE in read.metadata.title
    assert read.metadata.author == "Safe Online Research Fund"
    assert read.root_object["/Lang"] == "en-GB"
    assert len(read.outline) >= 2


def test_number_version_address_and_page_stand_on_every_page(kind):
    build, terms = kind
    pages = text_of(build(terms(issue=issue(number="2026-0999", version=3)))).split("\f")[:-1]

    for number, page in enumerate(pages, start=1):
        assert "2026-0999, version 3 · check it at safe.example/verify/7KQ4-M2XD" in page
        assert f"Page {number} of {len(pages)}" in page


def test_without_a_number_or_address_the_foot_claims_neither(kind):
    build, terms = kind
    text = words_of(build(terms(issue=issue(number="", verify_address=""))))

    assert "version 1" not in text
    assert "check it at" not in text


@pytest.mark.parametrize("script", NAMES)
def test_a_title_in_every_script_extracts_as_typed(kind, script):
    build, terms = kind
    text = words_of(build(terms(title=NAMES[script]))).replace("\u200c", "")

    assert NAMES[script].replace("\u200c", "") in text


def test_a_title_of_three_hundred_characters_is_complete(kind):
    build, terms = kind
    long_title = ("Understanding disclosure in schools " * 9)[:300].strip()

    assert long_title in words_of(build(terms(title=long_title)))


def test_markup_in_a_title_is_printed_as_typed(kind):
    build, terms = kind
    nasty = "<b>Bold</b> & <a href='https://example.org'>link</a> {{ name }} %s"

    assert nasty in words_of(build(terms(title=nasty)))


def test_a_character_without_a_glyph_holds_it(kind):
    build, terms = kind

    with pytest.raises(MissingGlyph) as missing:
        build(terms(title="A unicorn 🦄"))
    assert missing.value.character == "🦄"


def test_it_fits_us_letter(kind):
    build, terms = kind
    given = terms()
    pdf = build(replace(given, issue=replace(given.issue, paper="Letter")))

    assert {(page.mediabox.width, page.mediabox.height) for page in reader(pdf).pages} == {(612, 792)}


def test_it_is_made_in_a_few_milliseconds(kind):
    """The goal is 60 ms of CPU once the faces are open; the limit leaves room for a slow machine."""
    build, terms = kind
    build(terms())
    start = time.process_time()
    for number in range(5):
        build(terms(title=f"Title number {number}"))

    assert (time.process_time() - start) / 5 < 0.2
