"""Pages: where rows go, what stands at the head and foot of each page, and the finished file."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Literal

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

from core.pdf.blocks import Block, Row
from core.pdf.embedding import Written, embedded, number_of, stream
from core.pdf.faces import face
from core.pdf.lines import set_lines
from core.pdf.pen import Pen
from core.pdf.styles import BRAND, FOOT_LINE, MM, QUIET, REFERENCE, SEMIBOLD, TIDE, Style
from core.pdf.words import Text

_SIDE = 24 * MM
_EDGE = 20 * MM
_MARK = 21.0
_HEAD_HEIGHT = 9 * MM
_FOOT_HEIGHT = 7 * MM
_BRAND = Style("sans", 10.5, 14, SEMIBOLD, colour=BRAND, after=0, align="margin")
_AT_EDGE = Style("sans", 8.5, 12.3, colour=QUIET, align="edge")
_PAPERS = {"A4": A4, "Letter": LETTER}


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every page of a document says about itself, and what its file says."""

    title: str
    fund: str
    kind: str
    reference: str = ""
    foot: str = ""
    notice: Text = ""
    language: str = "en"
    subject: str = ""
    paper: Literal["A4", "Letter"] = "A4"
    is_mirrored: bool = False
    dated: date | None = None
    page_words: str = "Page {page} of {pages}"


@dataclass(slots=True)
class _Page:
    """A page whose body is written, packed, and which waits for the number of all pages."""

    imprint: Imprint
    body: bytes
    is_first: bool
    bookmarks: list[tuple[str, int, float]] = field(default_factory=list)
    links: list[tuple[int, float, float]] = field(default_factory=list)


class Document:
    """Takes blocks, fills pages, and gives the bytes of the file; the same blocks give the same bytes."""

    def __init__(self, imprint: Imprint) -> None:
        self._canvas = Canvas(
            io.BytesIO(),
            pagesize=_PAPERS[imprint.paper],
            invariant=1,
            pageCompression=1,
            pdfVersion=(1, 7),
            initialFontName=embedded(face("sans", 400)).fontName,
            lang=imprint.language,
        )
        self._pages: list[_Page | None] = []
        self._outline_level = -1
        self._first = self._imprint = imprint
        self._begin(is_first=True)

    def section(self, imprint: Imprint) -> None:
        """Begin a page with other words at its head and foot."""
        if self._is_empty:
            self._imprint = imprint
            self._begin(is_first=True)
            return
        self._end()
        self._imprint = imprint
        self._begin(is_first=True)

    @property
    def page_count(self) -> int:
        """Return the number of pages so far."""
        return len(self._pages) + (not self._is_empty)

    def insert(self, at: int, imprint: Imprint, blocks: Callable[[int], Iterable[Block]]) -> None:
        """Put pages behind the first ``at``; ``blocks`` returns what stands on them, given how many they are."""
        if not self._is_empty:
            self._end()
        before, behind = self._pages[:at], self._pages[at:]
        expected, made = 0, 1
        while expected != made:
            expected, self._pages, self._imprint = made, list(before), imprint
            self._begin(is_first=True)
            self.add(*blocks(expected))
            self._end()
            made = len(self._pages) - at
        self._pages += behind
        self._begin(is_first=True)

    def leave(self, count: int) -> None:
        """Count some pages that somebody else puts behind those so far."""
        if not self._is_empty:
            self._end()
        self._pages += [None] * count
        self._begin(is_first=True)

    def add(self, *blocks: Block) -> None:
        """Put blocks on the pages, below what is there."""
        rows = [row for block in blocks for row in block.rows(self.width)]
        start = 0
        for index, row in enumerate(rows):
            is_last = index == len(rows) - 1
            if not row.stays_with_next or is_last:
                self._place(rows[start : index + 1])
                start = index + 1

    @property
    def width(self) -> float:
        """Return the width of the text."""
        return self._size[0] - 2 * _SIDE

    @property
    def _size(self) -> tuple[float, float]:
        return _PAPERS[self._imprint.paper]

    def _begin(self, *, is_first: bool) -> None:
        self._pen = Pen(self._canvas._doc, is_mirrored=self._imprint.is_mirrored)
        self._bookmarks: list[tuple[str, int, float]] = []
        self._links: list[tuple[int, float, float]] = []
        self._is_first = is_first
        notice = set_lines(self._imprint.notice, REFERENCE, self.width) if self._imprint.notice else ()
        below_head = (8 if is_first else 6) * MM
        self._top = self._size[1] - _EDGE - _HEAD_HEIGHT - sum(line.height for line in notice) - below_head
        self._y = self._top
        self._after = 0.0
        self._is_empty = True

    def _end(self) -> None:
        body = stream(self._pen.operators)
        self._pages.append(_Page(self._imprint, body, self._is_first, self._bookmarks, self._links))

    def _turn(self) -> None:
        self._end()
        self._begin(is_first=False)

    @property
    def _floor(self) -> float:
        return _EDGE + _FOOT_HEIGHT

    def _place(self, rows: list[Row]) -> None:
        """Put rows that belong together on this page, or on the next if they do not fit."""
        height, after = 0.0, self._after
        for index, row in enumerate(rows):
            height += row.height + (max(after, row.before) if index or not self._is_empty else 0)
            after = row.after
        if height > self._y - self._floor and not self._is_empty:
            self._turn()
        for row in rows:
            self._put(row)

    def _put(self, row: Row) -> None:
        gap = 0 if self._is_empty else max(self._after, row.before)
        if self._y - gap - row.height < self._floor - 0.01 and not self._is_empty:
            self._turn()
            gap = 0
        if self._is_empty and len(self._pages) and not self._is_first:
            for head in row.head:
                head.paint(self._pen, _SIDE, self._y)
                self._y -= head.height
        self._y -= gap
        if row.bookmark:
            self._bookmarks.append((*row.bookmark, self._y))
        if row.leads_to:
            self._links.append((row.leads_to, self._y - row.height, self._y))
        row.paint(self._pen, _SIDE, self._y)
        self._y -= row.height
        self._after = row.after
        self._is_empty = self._is_empty and not row.height

    def finish(self) -> bytes:
        """Close the last page, write the heads and feet of all pages, and return the file."""
        if not self._is_empty or not self._pages:
            self._end()
        canvas = self._canvas
        canvas.setTitle(self._first.title)
        canvas.setAuthor(self._first.fund)
        canvas.setSubject(self._first.subject or f"{self._first.kind} {self._first.reference}".strip())
        canvas.setCreator(self._first.fund)
        canvas.setProducer("ReportLab")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        if self._first.dated:
            written = _pdf_date(self._first.dated)
            canvas.setDateFormatter(lambda *_: written)
        targets = {target for page in self._pages if page for target, *_ in page.links}
        for number, page in enumerate(self._pages, start=1):
            if number in targets:
                canvas.bookmarkPage(_key_of(number), fit="XYZ", top=self._size[1], left=0, zoom=0)
            if page:
                self._write(page, number)
        return bytes(canvas.getpdfdata())

    def _write(self, page: _Page, number: int) -> None:
        canvas = self._canvas
        self._imprint = page.imprint
        pen = Pen(canvas._doc, is_mirrored=page.imprint.is_mirrored)
        self._draw_head(pen, page)
        self._draw_foot(pen, page.imprint, page.imprint.page_words.format(page=number, pages=len(self._pages)))
        for text, level, top in page.bookmarks:
            key = f"b{number}-{top:.1f}-{level}"
            canvas.bookmarkHorizontalAbsolute(key, round(top + 8, 1))
            # A bookmark can be one step deeper than the one before it, never two.
            self._outline_level = min(level, self._outline_level + 1)
            canvas.addOutlineEntry(text, key, self._outline_level)
        for target, low, high in page.links:
            canvas.linkAbsolute("", _key_of(target), (_SIDE, low, _SIDE + self.width, high), Border="[0 0 0]")
        self._add_page(stream(pen.operators), page.body)
        page.body = b""

    def _add_page(self, *contents: bytes) -> None:
        """Write a page as it will stand in the file: ReportLab would keep and format each of its parts."""
        document, (width, height) = self._canvas._doc, self._size
        shown = [number_of(document, Written(each)) for each in contents]
        links = [document.idToObjectNumberAndVersion[each.name][0] for each in self._canvas._annotationrefs]
        self._canvas._annotationrefs = []
        document.addPage(
            Written(
                f"<< /Type /Page /Parent {number_of(document, document.Pages)} 0 R "
                f"/MediaBox [0 0 {width:.2f} {height:.2f}] /Contents [{_references(shown)}] "
                f"/Resources << /Font {document.idToObjectNumberAndVersion['BasicFonts'][0]} 0 R /ProcSet [/PDF /Text] >>"
                f"{f' /Annots [{_references(links)}]' if links else ''} >>\n".encode("ascii")
            )
        )

    def _draw_head(self, pen: Pen, page: _Page) -> None:
        imprint, top = page.imprint, self._size[1] - _EDGE
        rule = top - _HEAD_HEIGHT
        pen.mark(pen.across(_SIDE, self.width, 0, _MARK), rule + 3.5 * MM - 2, _MARK)
        brand = set_lines(imprint.fund, _BRAND, self.width * 0.5)
        beside = self.width - _MARK - 9
        at = rule + 3.5 * MM + 1 + sum(line.height for line in brand)
        for line in brand:
            pen.line(line, pen.across(_SIDE, self.width, _MARK + 9, beside), at, beside)
            at -= line.height
        texts = [imprint.kind, imprint.reference] if page.is_first else [_joined(imprint.kind, imprint.reference)]
        lines = [line for text in texts if text for line in set_lines(text, _AT_EDGE, self.width * 0.4)]
        at = rule + 3 * MM + sum(line.height for line in lines)
        for line in lines:
            pen.line(line, _SIDE, at, self.width)
            at -= line.height
        pen.rule(_SIDE, rule, self.width, 0.75, TIDE)
        if imprint.notice:
            at = rule - 5
            for line in set_lines(imprint.notice, REFERENCE, self.width):
                pen.line(line, _SIDE, at, self.width)
                at -= line.height

    def _draw_foot(self, pen: Pen, imprint: Imprint, number: str) -> None:
        top = _EDGE - 1 * MM
        pen.rule(_SIDE, top + 3 * MM, self.width, 0.5, FOOT_LINE)
        (page_number,) = set_lines(number, _AT_EDGE, self.width)
        pen.line(page_number, _SIDE, top, self.width)
        at = top
        for line in set_lines(imprint.foot, REFERENCE, self.width - page_number.width - 16):
            pen.line(line, _SIDE, at, self.width)
            at -= line.height


def _references(numbers: Iterable[int]) -> str:
    return " ".join(f"{each} 0 R" for each in numbers)


def _key_of(page: int) -> str:
    return f"page-{page}"


def _joined(*texts: str) -> str:
    return " · ".join(text for text in texts if text)


def _pdf_date(when: date) -> str:
    """Write the date of a document as its file states it, so that it does not depend on when it is made."""
    if isinstance(when, datetime):
        return f"D:{when.astimezone(UTC):%Y%m%d%H%M%S}Z"
    return f"D:{when:%Y%m%d}"


def make_document(imprint: Imprint, blocks: Iterable[Block]) -> bytes:
    """Set blocks as one document and return its bytes."""
    document = Document(imprint)
    document.add(*blocks)
    return document.finish()
