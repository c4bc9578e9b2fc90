"""What a document is built from. Every block lays itself out as rows, which pages then take one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.pdf.lines import Line, set_lines
from core.pdf.pen import Pen
from core.pdf.styles import BODY, COMPACT, HEADING, INK, LONG_TITLE, PART, TITLE, Style, changed
from core.pdf.words import Text, paragraphs, plain

type Paint = Callable[[Pen, float, float], None]


@dataclass(slots=True, eq=False)
class Row:
    """A strip as wide as the column that no page end may cut.

    ``paint`` draws it, given its left edge and its top. ``head`` is drawn again
    above a row that begins a page.
    """

    height: float
    paint: Paint
    before: float = 0
    after: float = 0
    stays_with_next: bool = False
    head: tuple["Row", ...] = ()
    bookmark: tuple[str, int] | None = None
    leads_to: int = 0
    """The page that a click on it opens."""


class Block(Protocol):
    """Anything that can lay itself out in a column of a given width."""

    def rows(self, width: float) -> list[Row]:
        """Return the block as strips, top to bottom."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text in one style; no line of it stands alone on a page."""

    text: Text
    style: Style = BODY
    bookmark: int | None = None

    def rows(self, width: float) -> list[Row]:
        """Return one row per line."""
        lines = set_lines(self.text, self.style, width)
        last = len(lines) - 1
        rows = [
            Row(line.height, _line_painter(line, self.style.indent, width), stays_with_next=index in (0, last - 1))
            for index, line in enumerate(lines)
        ]
        rows[0].before, rows[last].after = self.style.before, self.style.after
        rows[last].stays_with_next = self.style.stays_with_next
        if self.style.stays_with_next:
            for row in rows:
                row.stays_with_next = True
        if self.bookmark is not None:
            rows[0].bookmark = (plain(self.text), self.bookmark)
        return rows


def _line_painter(line: Line, indent: float, width: float) -> Paint:
    def paint(pen: Pen, x: float, top: float) -> None:
        left = 0 if line.is_from_right else indent
        pen.line(line, x + left, top, width - indent)

    return paint


def paragraph(text: Text, style: Style = BODY) -> Paragraph:
    """Set running text."""
    return Paragraph(text, style)


def prose(text: str, style: Style = BODY) -> list[Paragraph]:
    """Set what somebody wrote, one paragraph for each of theirs."""
    return [Paragraph(each, style) for each in paragraphs(text)]


_LONG_TITLE = 140


def title(text: Text) -> Paragraph:
    """Set the title of a document and enter it among the bookmarks."""
    return Paragraph(text, TITLE if len(plain(text)) <= _LONG_TITLE else LONG_TITLE, bookmark=0)


def part(text: Text, level: int = 0) -> Paragraph:
    """Set the title of a large part and enter it among the bookmarks."""
    return Paragraph(text, PART, bookmark=level)


def heading(text: Text, level: int | None = 1) -> Paragraph:
    """Set a small heading; it stays with the text below it."""
    return Paragraph(text, HEADING, bookmark=level)


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room; it vanishes at the top of a page."""

    height: float

    def rows(self, width: float) -> list[Row]:
        """Return a row without ink."""
        return [Row(0, _paint_nothing, after=self.height)]


def _paint_nothing(pen: Pen, x: float, top: float) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal rule."""

    thickness: float = 0.5
    colour: str = INK
    before: float = 0
    after: float = 0

    def rows(self, width: float) -> list[Row]:
        """Return one thin row."""

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top - self.thickness / 2, width, self.thickness, self.colour)

        return [Row(self.thickness, paint, before=self.before, after=self.after)]


@dataclass(frozen=True, slots=True)
class Hanging:
    """Text with a number or a dash in the margin where its first line begins."""

    label: str
    text: Text
    style: Style = BODY
    indent: float = 18

    def rows(self, width: float) -> list[Row]:
        """Return the rows of the text, the first with the label."""
        own = width - self.indent
        from_right = set_lines(self.text, self.style, own)[0].is_from_right
        text_left, label_left = (0.0, own) if from_right else (self.indent, 0.0)
        beside = changed(self.style, align="start", direction="rtl" if from_right else "ltr")
        label = set_lines(self.label, beside, self.indent)[0]
        rows = [_moved(row, text_left) for row in Paragraph(self.text, self.style).rows(own)]
        text_paint = rows[0].paint

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.line(label, x + label_left, top, self.indent)
            text_paint(pen, x, top)

        rows[0].paint = paint
        return rows


def _moved(row: Row, right: float) -> Row:
    paint = row.paint

    def moved(pen: Pen, x: float, top: float) -> None:
        paint(pen, x + right, top)

    row.paint = moved
    return row


_TALLEST_COLUMNS = 480.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side, never torn apart; what no page would hold is set one below the other."""

    columns: Sequence[Sequence[Block]]
    gap: float = 28
    shares: Sequence[float] = ()
    before: float = 0
    after: float = 8
    stays_with_next: bool = False

    def rows(self, width: float) -> list[Row]:
        """Return the columns as one row as high as the highest of them."""
        shares = self.shares or [1] * len(self.columns)
        room = width - self.gap * (len(self.columns) - 1)
        stacks: list[tuple[float, float, list[tuple[float, Row]], float]] = []
        left = 0.0
        for blocks, share in zip(self.columns, shares, strict=True):
            own = room * share / sum(shares)
            stacks.append((left, own, *stack([row for block in blocks for row in block.rows(own)])))
            left += own + self.gap

        def paint(pen: Pen, x: float, top: float) -> None:
            for left, own, placed, _ in stacks:
                for down, row in placed:
                    row.paint(pen, pen.across(x, width, left, own), top - down)

        height = max(height for _, _, _, height in stacks)
        if height > _TALLEST_COLUMNS:
            return [row for blocks in self.columns for block in blocks for row in block.rows(width)]
        return [Row(height, paint, self.before, self.after, stays_with_next=self.stays_with_next)]


@dataclass(frozen=True, slots=True)
class Choices:
    """Hollow nodes in one line, for a pen to fill one of them."""

    labels: Sequence[str]
    style: Style = COMPACT

    def rows(self, width: float) -> list[Row]:
        """Return one row per line of choices."""
        lines = [set_lines(label, self.style, width)[0] for label in self.labels]
        places: list[tuple[float, int, Line]] = []
        x, row = 0.0, 0
        for line in lines:
            needed = line.width + _NODE_ROOM
            if x and x + needed > width:
                x, row = 0.0, row + 1
            places.append((x, row, line))
            x += needed + _CHOICE_GAP
        leading = self.style.leading + 4

        def paint(pen: Pen, left: float, top: float) -> None:
            for x, row, line in places:
                y = top - row * leading
                pen.node(pen.across(left, width, x, 8) + 4, y - line.above + 3.2, 3.6)
                pen.line(line, pen.across(left, width, x + _NODE_ROOM, line.width), y, line.width)

        return [Row((row + 1) * leading, paint, before=4, after=2, stays_with_next=True)]


_NODE_ROOM = 13.0
_CHOICE_GAP = 22.0


def stack(rows: Sequence[Row]) -> tuple[list[tuple[float, Row]], float]:
    """Put rows below one another; return how far down each begins, and the height of all."""
    placed: list[tuple[float, Row]] = []
    down = 0.0
    after = 0.0
    for index, row in enumerate(rows):
        down += max(after, row.before) if index else 0
        placed.append((down, row))
        down += row.height
        after = row.after
    return placed, down


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page as long as one page holds them."""

    blocks: Sequence[Block] = field(default_factory=tuple)

    def rows(self, width: float) -> list[Row]:
        """Return the rows of all blocks, each tied to the next."""
        rows = [row for block in self.blocks for row in block.rows(width)]
        for row in rows[:-1]:
            row.stays_with_next = True
        return rows
