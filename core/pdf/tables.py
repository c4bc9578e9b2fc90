"""Tables: columns measured by what stands in them, a head on every page, no clipped cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat

from core.pdf.blocks import Paint, Row
from core.pdf.lines import Line, longest_word, natural_width, set_lines
from core.pdf.pen import Pen
from core.pdf.styles import HAIRLINE, INK, MM, QUIET, TABLE, TABLE_FOOT, TABLE_HEAD, Style, changed
from core.pdf.words import Text

_PADDING = 1.3 * MM
_GUTTER = 4 * MM
_TALL = 150.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, and its share of the width; ``fits`` makes it as wide as its content needs."""

    head: Text = ""
    share: float = 1
    fits: bool = False
    is_number: bool = False
    is_label: bool = False

    def style(self, style: Style) -> Style:
        """Return how this column sets its cells in a table of the given style."""
        colour = QUIET if self.is_label else style.colour
        return changed(style, align="edge" if self.is_number else "margin", colour=colour)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells with hairlines between; ``foot`` holds the sums, below a line of ink.

    ``leads_to`` names for each row the page that a click on it opens.
    """

    columns: Sequence[Column]
    cells: Sequence[Sequence[Text]]
    foot: Sequence[Sequence[Text]] = ()
    style: Style = TABLE
    gutter: float = _GUTTER
    padding: float = _PADDING
    is_ruled: bool = True
    before: float = 6
    after: float = 10
    share: float = 1
    leads_to: Sequence[int] = ()

    def rows(self, width: float) -> list[Row]:
        """Return the head, the rows and the foot; a tall row may go over several pages."""
        grid = _Grid(self, width)
        head = grid.head()
        body: list[Row] = []
        for cells, page in zip(self.cells, chain(self.leads_to, repeat(0)), strict=False):
            strips = grid.set_row(cells, self.style, is_ruled=self.is_ruled)
            for strip in strips:
                strip.leads_to = page
            body += strips
        foot = grid.foot()
        for row in body + foot:
            row.head = tuple(head)
        _tie_ends(body, has_foot=bool(foot))
        rows = [*head, *body, *foot]
        if rows:
            rows[0].before, rows[-1].after = self.before, self.after
        return rows


def _tie_ends(body: list[Row], *, has_foot: bool) -> None:
    """Leave no single row below a head, and none alone above the sums."""
    if len(body) > 1:
        body[0].stays_with_next = body[-2].stays_with_next = True
    if has_foot and body:
        body[-1].stays_with_next = True


def facts(pairs: Sequence[tuple[Text, Text]], *, label_share: float = 0.25) -> Table:
    """Set labels with their values, without lines between."""
    columns = [Column(share=label_share, is_label=True), Column(share=1 - label_share)]
    return Table(columns, [[name, text] for name, text in pairs], is_ruled=False, padding=1.5, gutter=12, before=2)


@dataclass(frozen=True, slots=True)
class _Cell:
    """The lines of one cell, where it begins, and how wide it is."""

    left: float
    width: float
    lines: tuple[Line, ...]


class _Grid:
    """A table set at a width."""

    def __init__(self, table: Table, room: float) -> None:
        self.table = table
        self.room = room
        self.width = room * table.share

    def head(self) -> list[Row]:
        if not any(column.head for column in self.table.columns):
            return []
        head = self.set_row([column.head for column in self.table.columns], self._like(TABLE_HEAD), is_ruled=True)
        for row in head:
            row.stays_with_next = True
        return head

    def foot(self) -> list[Row]:
        style = self._like(TABLE_FOOT)
        foot = [row for cells in self.table.foot for row in self.set_row(cells, style, is_ruled=False)]
        for row in foot[:-1]:
            row.stays_with_next = True
        if foot:
            foot[0].paint = self._with_line_above(foot[0].paint)
        return foot

    def _like(self, style: Style) -> Style:
        return changed(style, size=self.table.style.size, leading=self.table.style.leading)

    @cached_property
    def _widths(self) -> list[float]:
        """Give fitting columns what they need, and share the rest."""
        spare = self.width - self.table.gutter * (len(self.table.columns) - 1)
        fitting = {
            index: min(max(natural_width(text, style) for text, style in self._texts(index)) + 0.5, spare * 0.4)
            for index, column in enumerate(self.table.columns)
            if column.fits
        }
        return self._shared(spare - sum(fitting.values()), fitting)

    def _shared(self, spare: float, settled: dict[int, float]) -> list[float]:
        """Share what is left; a column whose longest word needs more than its share gets what it needs."""
        columns = list(enumerate(self.table.columns))
        whole = sum(column.share for index, column in columns if index not in settled)
        for index, column in columns:
            if index in settled:
                continue
            needed = max(longest_word(text, style) for text, style in self._texts(index)) + 0.5
            if spare * column.share / whole < needed <= spare / 2:
                return self._shared(spare - needed, {**settled, index: needed})
        return [settled[index] if index in settled else spare * column.share / whole for index, column in columns]

    def _texts(self, index: int) -> list[tuple[Text, Style]]:
        """Return everything that stands in a column."""
        head, foot = self._like(TABLE_HEAD), self._like(TABLE_FOOT)
        texts = [(self.table.columns[index].head, head)]
        texts += [(cells[index], self.table.style) for cells in self.table.cells]
        return texts + [(cells[index], foot) for cells in self.table.foot]

    def set_row(self, texts: Sequence[Text], style: Style, *, is_ruled: bool) -> list[Row]:
        """Set one table row, as one strip or, if it is tall, as one strip per line."""
        cells: list[_Cell] = []
        left = 0.0
        for text, width, column in zip(texts, self._widths, self.table.columns, strict=True):
            cells.append(_Cell(left, width, set_lines(text, column.style(style), width)))
            left += width + self.table.gutter
        count = max(len(cell.lines) for cell in cells)
        heights = [max(cell.lines[index].height for cell in cells if index < len(cell.lines)) for index in range(count)]
        if sum(heights) <= _TALL:
            return [self._strip(cells, heights, range(count), is_ruled=is_ruled)]
        strips = [self._strip(cells, heights, range(index, index + 1), is_ruled=is_ruled) for index in range(count)]
        strips[0].stays_with_next = strips[-2].stays_with_next = True
        return strips

    def _strip(self, cells: list[_Cell], heights: list[float], lines: range, *, is_ruled: bool) -> Row:
        """Set some lines of a table row; its first strip has the room above, its last the rule below."""
        above = self.table.padding if lines.start == 0 else 0
        below = self.table.padding if lines.stop == len(heights) else 0
        height = above + sum(heights[lines.start : lines.stop]) + below
        has_rule = is_ruled and lines.stop == len(heights)

        def paint(pen: Pen, x: float, top: float) -> None:
            for cell in cells:
                left, y = pen.across(x, self.room, cell.left, cell.width), top - above
                for index in lines:
                    if index < len(cell.lines):
                        pen.line(cell.lines[index], left, y, cell.width)
                    y -= heights[index]
            if has_rule:
                pen.rule(pen.across(x, self.room, 0, self.width), top - height, self.width, 0.5, HAIRLINE)

        return Row(height, paint)

    def _with_line_above(self, paint: Paint) -> Paint:
        def painted(pen: Pen, x: float, top: float) -> None:
            pen.rule(pen.across(x, self.room, 0, self.width), top, self.width, 1, INK)
            paint(pen, x, top)

        return painted
