"""Pages put in front of others, links to pages, and what stands among the bookmarks."""

from collections.abc import Iterator
from functools import cache

from core.pdf.blocks import Block, heading, paragraph, title
from core.pdf.bookmarks import Bookmark, Unlisted
from core.pdf.document import Document, Imprint
from core.pdf.tables import Column, Table
from tests.core.pdf.reading import pages_of, problems_of, reader

CHAPTERS = [f"Chapter {number}" for number in range(1, 81)]


@cache
def book() -> bytes:
    document = Document(Imprint(title="A book", fund="Safe Online Research Fund", kind="Book"))
    document.add(title("Cover"))
    begins = []
    for name in CHAPTERS:
        document.section(Imprint(title="", fund="Safe Online Research Fund", kind=name))
        begins.append(document.page_count + 1)
        document.add(Bookmark(name), Unlisted(title(name)), Unlisted(heading("Inside")), paragraph("Words. " * 20))

    def contents(pages: int) -> Iterator[Block]:
        places = [page + pages for page in begins]
        rows = [[name, str(page)] for name, page in zip(CHAPTERS, places, strict=True)]
        yield title("Contents")
        yield Table([Column(), Column(fits=True, is_number=True)], rows, leads_to=places)

    document.insert(1, Imprint(title="", fund="Safe Online Research Fund", kind="Contents"), contents)
    return document.finish()


def test_contents_set_last_stand_in_front_and_name_the_pages_on_which_things_are() -> None:
    pdf = book()
    pages = pages_of(pdf)
    listed = [line.split() for page in pages[1:4] for line in page.splitlines() if line.strip().startswith("Chapter")]

    assert problems_of(pdf) == ""
    assert len(pages) == 84
    assert [int(words[2]) for words in listed] == list(range(5, 85))
    assert "Chapter 1" in pages[4]
    assert "Page 84 of 84" in pages[83]


def test_a_click_on_a_line_of_the_contents_opens_its_page() -> None:
    read = reader(book())
    links = [each.get_object() for page in read.pages[1:4] for each in page.get("/Annots", [])]
    pages = [page.indirect_reference.idnum for page in read.pages]
    targets = [pages.index(list.__getitem__(each["/Dest"], 0).idnum) for each in links]

    assert targets == list(range(4, 84))


def test_only_what_is_named_stands_among_the_bookmarks() -> None:
    assert [each.title for each in reader(book()).outline] == ["Cover", "Contents", *CHAPTERS]
