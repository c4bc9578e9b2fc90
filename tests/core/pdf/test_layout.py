"""Pages: what stays together, what repeats, and that nothing is lost or clipped."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from core.pdf.blocks import Columns, Gap, Hanging, Paragraph, Together, heading, paragraph, prose, title
from core.pdf.captions import captioned
from core.pdf.document import Document, Imprint, make_document
from core.pdf.items import Items
from core.pdf.lines import set_lines
from core.pdf.pen import Pen
from core.pdf.styles import BODY, MM, PLAIN, TITLE
from core.pdf.tables import Column, Table, facts
from tests.core.pdf.reading import fonts_of, pages_of, problems_of, reader, text_of, words_of

IMPRINT = Imprint(
    title="A <b>title</b>",
    fund="Safe Online Research Fund",
    kind="Award letter",
    reference="SORF-A-2026-001",
    foot="Letter 2026-0412, version 1 · check it at safeonline.example/verify/7KQ4-M2XD",
    language="en-GB",
)
WIDTH = 210 * MM - 48 * MM


def a_page_of(lines: int) -> list[Paragraph]:
    return [paragraph(f"Line {number}", PLAIN) for number in range(lines)]


def test_the_same_blocks_give_the_same_bytes():
    blocks = [title("Once"), paragraph("ข้อความ और पाठ"), Table([Column("A")], [["1"]])]

    assert make_document(IMPRINT, blocks) == make_document(IMPRINT, blocks)


def test_what_was_set_before_leaves_no_trace_in_the_bytes():
    first = make_document(IMPRINT, [paragraph("مدرسة")])
    make_document(IMPRINT, [paragraph("معلمون آخرون، والأطفال"), paragraph("Other letters: ABCXYZ")])

    assert make_document(IMPRINT, [paragraph("مدرسة")]) == first


def test_the_file_names_its_title_author_language_and_subject():
    read = reader(make_document(IMPRINT, [paragraph("Text")]))

    assert read.metadata is not None
    assert (read.metadata.title, read.metadata.author) == ("A <b>title</b>", "Safe Online Research Fund")
    assert read.metadata.subject == "Award letter SORF-A-2026-001"
    assert read.root_object["/Lang"] == "en-GB"
    assert read.root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True


@pytest.mark.parametrize(
    ("dated", "stated"),
    [
        (date(2026, 12, 16), "D:20261216"),
        (datetime(2026, 12, 16, 9, 14, tzinfo=timezone(timedelta(hours=3))), "D:20261216061400Z"),
    ],
)
def test_the_file_is_dated_as_its_document_is(dated, stated):
    metadata = reader(make_document(replace(IMPRINT, dated=dated), [paragraph("Text")])).metadata

    assert (metadata["/CreationDate"], metadata["/ModDate"]) == (stated, stated)


def test_titles_and_headings_become_bookmarks_on_their_page():
    blocks = [title("عنوان & <i>title</i>"), *a_page_of(50), heading("क्षेत्र"), paragraph("Text")]
    read = reader(make_document(IMPRINT, blocks))

    first, nested = read.outline
    assert (first.title, read.get_destination_page_number(first)) == ("عنوان & <i>title</i>", 0)
    assert (nested[0].title, read.get_destination_page_number(nested[0])) == ("क्षेत्र", 1)


def test_each_page_has_head_foot_and_number():
    pages = pages_of(make_document(IMPRINT, a_page_of(100)))

    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert "Safe Online Research Fund" in page
        assert "SORF-A-2026-001" in page
        assert IMPRINT.foot in page
        assert f"Page {number} of 3" in page


def test_every_line_is_on_exactly_one_page():
    text = text_of(make_document(IMPRINT, a_page_of(100)))

    assert [line for line in text.splitlines() if line.startswith("Line ")] == [
        f"Line {number}" for number in range(100)
    ]


def test_paper_can_be_letter():
    page = reader(make_document(Imprint(title="t", fund="f", kind="k", paper="Letter"), [paragraph("x")])).pages[0]

    assert (page.mediabox.width, page.mediabox.height) == (612, 792)


def test_markup_in_text_is_printed_as_typed():
    nasty = '<b>bold</b> &amp; <a href="https://example.org">x</a> <br/> \\( ) %PDF {{ name }} <para>'
    pdf = make_document(
        IMPRINT, [title(nasty), paragraph(nasty), Hanging("1.", nasty), Table([Column(nasty)], [[nasty]])]
    )

    assert words_of(pdf).count(nasty) == 5
    assert b"/URI" not in pdf


def test_a_heading_stays_with_the_text_below_it():
    for lines in range(36, 48):
        pages = pages_of(make_document(IMPRINT, [*a_page_of(lines), heading("Conditions"), paragraph("Of the grant")]))
        assert ["Conditions" in page for page in pages] == ["Of the grant" in page for page in pages]


def test_no_line_of_a_paragraph_stands_alone():
    text = "\n".join(f"Part {number}" for number in range(4))
    for lines in range(36, 48):
        pages = pages_of(make_document(IMPRINT, [*a_page_of(lines), paragraph(text)]))
        assert [page.count("Part ") for page in pages if "Part " in page] in ([4], [2, 2])


def test_no_item_of_a_list_stands_alone():
    items = Items([f"Item {number}" for number in range(4)])
    for lines in range(36, 46):
        pages = pages_of(make_document(IMPRINT, [*a_page_of(lines), items]))
        assert [page.count("Item ") for page in pages if "Item " in page] in ([4], [2, 2])


@pytest.mark.parametrize("foot", [(), [["Sum of all"]]], ids=["without sums", "with sums"])
def test_no_row_of_a_table_stands_alone(foot):
    table = Table([Column("Reference")], [[f"Row {number}"] for number in range(4)], foot=foot)
    for lines in range(34, 48):
        pages = pages_of(make_document(IMPRINT, [*a_page_of(lines), table]))
        holding = [page for page in pages if "Row " in page]
        assert [page.count("Row ") for page in holding] in ([4], [2, 2]), lines
        assert ["Reference" in page for page in holding] == [True] * len(holding)
        assert ["Sum of all" in page for page in pages] == [bool(foot) and page is holding[-1] for page in pages]


@pytest.mark.parametrize(
    ("block", "last"),
    [
        (Table([Column("Reference")], [[f"Row {number}"] for number in range(4)]), "Row 3"),
        (paragraph("\n".join(f"Part {number}" for number in range(4))), "Part 3"),
        (Items([f"Item {number}" for number in range(4)]), "Item 3"),
    ],
    ids=["a table", "a paragraph", "a list"],
)
def test_a_caption_stands_below_what_it_is_of(block, last):
    for lines in range(36, 45):
        captions = captioned([*a_page_of(lines), block], "Said below", "Said last")
        pages = pages_of(make_document(IMPRINT, captions))
        for words in ("Said below", "Said last"):
            assert [words in page for page in pages] == [last in page for page in pages], lines


def test_blocks_put_together_are_on_one_page():
    together = Together([paragraph("Sign here"), Gap(48), Columns([[paragraph("One")], [paragraph("Two")]])])
    for lines in range(36, 48):
        pages = pages_of(make_document(IMPRINT, [*a_page_of(lines), together]))
        assert ["Sign here" in page for page in pages] == ["Two" in page for page in pages]


def test_a_table_of_eighty_rows_repeats_its_head_and_loses_no_row():
    table = Table(
        [Column("Reference"), Column("Amount in USD", is_number=True)],
        [[f"Row {number:02}", f"{number},000.00"] for number in range(80)],
        foot=[["Sum of all rows", "3,160,000.00"]],
    )
    pages = pages_of(make_document(IMPRINT, [table]))

    assert len(pages) > 2
    assert [page.count("Amount in USD") for page in pages] == [1] * len(pages)
    assert [number for number in range(80) if sum(page.count(f"Row {number:02}") for page in pages) != 1] == []
    assert "Sum of all rows" in pages[-1]
    assert "Row 79" in pages[-1]


def test_a_cell_longer_than_a_page_goes_over_pages_complete():
    words = [f"word{number}" for number in range(1500)]
    pdf = make_document(IMPRINT, [Table([Column("Question"), Column("Answer")], [["Why?", " ".join(words)]])])

    assert [word for word in text_of(pdf).split() if word.startswith("word")] == words
    assert problems_of(pdf) == ""


def test_a_title_of_three_hundred_characters_is_set_within_the_margins():
    long_title = ("Understanding disclosure " * 12).strip()[:300]
    for style in (TITLE, BODY):
        lines = set_lines(long_title, style, WIDTH)
        assert max(line.width for line in lines) <= WIDTH
    assert long_title in words_of(make_document(IMPRINT, [title(long_title)]))


def test_no_ink_of_a_line_leaves_its_room():
    for name in ("ที่ปู่ญี่ปุ่น", "ខ្មែរស្រ្តី", "प्रार्थी कृष्णू", "శ్రీ స్త్రీ", "إنّاً ٱللَّهِ"):
        for line in set_lines(name, PLAIN, WIDTH):
            for run in line.runs:
                assert run.rise * line.size / 1000 <= line.above
                assert run.depth * line.size / 1000 <= line.below


def test_columns_stand_side_by_side():
    text = text_of(
        make_document(IMPRINT, [Columns([[paragraph("Left words")], [paragraph("Right words")]])]), "-layout"
    )

    assert any("Left words" in line and "Right words" in line for line in text.splitlines())


def test_columns_that_no_page_would_hold_are_set_below_one_another():
    pdf = make_document(IMPRINT, [Columns([a_page_of(60), [paragraph("Right words")]])])

    lines = [line for line in text_of(pdf).splitlines() if line.startswith(("Line ", "Right"))]
    assert lines == [*(f"Line {number}" for number in range(60)), "Right words"]
    assert len(pages_of(pdf)) == 2


def test_a_long_name_of_a_fund_and_a_long_reference_are_complete():
    fund = (
        "The Technology Coalition Safe Online Research Fund for the Protection of Children and Young People Everywhere"
    )
    imprint = Imprint(title="t", fund=fund, kind="Award letter", reference="SORF-" + "A-2026-" * 9, foot="Letter " * 60)
    text = " ".join(text_of(make_document(imprint, [paragraph("Text")]), "-raw").split())

    assert fund in text
    assert "SORF-" + "A-2026-" * 9 in text.replace(" ", "")
    assert text.count("Letter") == 60


def test_a_mirrored_document_begins_at_the_right():
    table = Table([Column("first", fits=True), Column("last", fits=True)], [["a", "b"]])
    text = text_of(make_document(Imprint(title="t", fund="f", kind="k", is_mirrored=True), [table]), "-layout")

    (line,) = [line for line in text.splitlines() if "first" in line]
    assert line.index("last") < line.index("first")


def test_facts_and_empty_texts_are_set():
    pdf = make_document(
        IMPRINT, [facts([("Host", ""), ("Country", "Kenya")]), paragraph(""), *prose(" \n\n "), *prose("a\n\nb")]
    )

    assert "Country Kenya" in words_of(pdf)
    assert problems_of(pdf) == ""


def test_sections_have_heads_of_their_own():
    document = Document(Imprint(title="Book", fund="Fund", kind="Panel book"))
    document.add(paragraph("Cover"))
    document.section(Imprint(title="Book", fund="Fund", kind="Summary", notice="Copy 7 for Dr Haddad"))
    document.add(paragraph("Body"))
    assert document.page_count == 2

    first, second = pages_of(document.finish())
    assert ("Panel book" in first, "Copy 7" in first) == (True, False)
    assert ("Summary" in second, "Copy 7 for Dr Haddad" in second) == (True, True)


def test_a_document_without_blocks_is_one_sound_page():
    pdf = make_document(IMPRINT, [])

    assert problems_of(pdf) == ""
    assert len(reader(pdf).pages) == 1
    assert all(is_embedded for _, is_embedded in fonts_of(pdf))


def test_text_is_aligned_by_the_direction_of_the_paragraph_or_of_the_document():
    (reading,) = set_lines("محمد", BODY, WIDTH)
    (kept,) = set_lines("محمد", PLAIN, WIDTH)
    (latin,) = set_lines("Daudi", BODY, WIDTH)

    assert [Pen(None)._share_of_spare(line) for line in (reading, kept, latin)] == [1.0, 0.0, 0.0]
    assert [Pen(None, is_mirrored=True)._share_of_spare(line) for line in (reading, kept, latin)] == [1.0, 1.0, 0.0]


def test_threads_set_documents_side_by_side_as_one_after_the_other():
    texts = ["Latin ข้อความ", "مدرسة और पाठ", "研究 ខ្មែរ", "αβγ бвг"]

    def make(text: str) -> bytes:
        return make_document(IMPRINT, [title(text), paragraph(text * 20)])

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(make, texts * 3))
    assert together == [make(text) for text in texts] * 3
