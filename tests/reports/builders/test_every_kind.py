"""What holds for every kind of document."""

import os
import subprocess
import sys
import time
import unicodedata
from dataclasses import replace
from itertools import islice

import pytest
from django.conf import settings

from core.charts import Dot, Group
from core.documents.registry import kinds
from core.pdf.shaping import MissingGlyph
from fund.models import Fund
from reports.terms.issuing import issue_of
from tests.core.pdf.names import NAMES
from tests.core.pdf.reading import fonts_of, joined, page_count, private_use, problems_of, reader, text_of, words_of
from tests.offline import no_network
from tests.reports.builders.golden import SEEN, differences
from tests.reports.builders.kinds import KINDS, NOT_SET, digests_of
from tests.reports.builders.naming import Named
from tests.reports.builders.terms import TITLE, issue

SCRIPTS = (
    "Latin", "Greek", "Cyrillic", "Arabic", "Hebrew", "Devanagari", "Bengali", "Tamil", "Telugu", "Thai", "Khmer",
    "Ethiopic", "Chinese", "Japanese",
)  # fmt: skip
LONG_TITLE = ("Understanding disclosure in schools " * 9)[:300].strip()
NASTY = "<b>Bold</b> & <a href='https://example.org'>link</a> {{ name }} %s"


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


def test_every_registered_kind_is_here():
    registered = {each.code for each in kinds() if not each.code.startswith("test-")}

    assert registered == {*KINDS, *NOT_SET}


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_fund_says_what_it_is_printed_on(paper):
    assert issue_of(Fund(name="Safe Online Research Fund", paper=paper)).paper == paper


def test_the_same_terms_give_the_same_bytes(kind):
    build, terms = kind

    assert build(terms()) == build(terms())


def test_another_process_gives_the_same_bytes():
    """A worker that died is followed by one that has set other things, and whose sets have another order."""
    codes = ["outcome-letter", "panel-book", "award-letter"]
    script = "import sys, django; django.setup(); from tests.reports.builders.kinds import digests_of as of;"
    done = subprocess.run(
        [sys.executable, "-c", f"{script} print(*of(sys.argv[1:]))", *codes],
        env=os.environ | {"PYTHONHASHSEED": "7"}, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.split() == digests_of(codes[::-1])[::-1]


def test_it_is_sound_with_every_font_embedded(kind):
    build, terms = kind
    pdf = build(terms())

    assert problems_of(pdf) == ""
    assert [name for name, is_embedded in fonts_of(pdf) if not is_embedded] == []
    assert private_use(text_of(pdf)) == []


def test_it_has_title_author_language_and_bookmarks(kind):
    build, terms = kind
    read = reader(build(terms(issue=issue(language="en-GB"))))

    assert read.metadata.title
    assert read.metadata.author == "Safe Online Research Fund"
    assert read.root_object["/Lang"] == "en-GB"
    assert len(read.outline) >= 2


@pytest.mark.parametrize("code", SEEN)
def test_it_looks_as_it_did(code):
    build, terms = SEEN[code]

    assert list(differences(code, build(terms()))) == [], (
        "If this is meant, run python -m tests.reports.builders.golden and look at what it changed."
    )


@pytest.mark.parametrize(
    ("code", "change", "where"),
    [
        ("panel-book", lambda given: replace(given, standings=()), "page 3"),
        ("ranking-report", lambda given: replace(given, chart=_without_dots(given.chart)), "page 1"),
        ("award-letter", lambda given: replace(given, governing_law="France"), "page 3"),
        ("award-letter-on-letter", lambda given: replace(given, issue=replace(given.issue, paper="A4")), "3 pages"),
        ("award-letter-in-arabic", lambda given: replace(given, grantee="جامعة الساحل"), "page 2"),
    ],
    ids=["a table", "dots", "a word", "paper", "a name"],
)
def test_a_picture_shows_what_is_gone_or_changed(code, change, where):
    build, terms = SEEN[code]

    assert [said for said in differences(code, build(change(terms()))) if said.startswith(where)] != []


def _without_dots(chart):
    rows = [
        replace(mark, marks=tuple(each for each in mark.marks if not isinstance(each, Dot)))
        if isinstance(mark, Group)
        else mark
        for mark in chart.marks
    ]
    return replace(chart, marks=tuple(rows))


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


def test_titles_and_names_in_every_script_extract_as_typed(kind):
    """Each title, person, host, fund, call and theme once in every script, every one of a document in another."""
    build, terms = kind
    names = [NAMES[script] for script in SCRIPTS]
    pdfs, given = [], []
    for turn, name in enumerate(names):
        said = Named(names[turn + 1 :] + names[:turn])
        pdfs.append(build(said.into(terms(title=name))))
        given.append(said.used)
    text = words_of(together := joined(pdfs)).replace("\u200c", "")

    assert private_use(text) == []
    assert [name for name in names if name not in text] == []
    for used, read in zip(given, _read_of_each(together, pdfs), strict=True):
        assert {field: name for field, name in used.items() if _letters(name) not in read} == {}


def _read_of_each(together, pdfs):
    """Return the letters of each document: by paragraphs, and as drawn, which keeps the lines of a narrow cell together."""
    by_paragraph, as_drawn = (iter(text_of(together, *option).split("\f")) for option in ((), ("-raw",)))
    for pdf in pdfs:
        pages = page_count(pdf)
        yield _letters("".join([*islice(by_paragraph, pages), "\n", *islice(as_drawn, pages)]))


@pytest.mark.parametrize("title", [LONG_TITLE, NASTY], ids=["long", "markup"])
def test_a_long_title_and_one_with_markup_are_complete(kind, title):
    build, terms = kind

    assert title in words_of(build(terms(title=title)))


def test_setting_it_fetches_no_address(kind):
    build, terms = kind
    given = terms(title="https://example.org/a.png <img src='https://example.org/b.png'> url(//example.org/c.css)")

    with no_network():
        assert build(given).startswith(b"%PDF")


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
    assert _letters(TITLE) in _letters(words_of(pdf))


def _letters(text):
    """Leave out where lines end: a reader drops the hyphen there."""
    return "".join(unicodedata.normalize("NFC", text).replace("-", "").replace("\u200c", "").split())


def test_it_is_made_in_a_few_milliseconds(kind):
    """The goal is 60 ms of CPU once the faces are open; the limit leaves room for a slow machine."""
    build, terms = kind
    build(terms())
    start = time.process_time()
    for number in range(5):
        build(terms(title=f"Title number {number}"))

    assert (time.process_time() - start) / 5 < 0.2
