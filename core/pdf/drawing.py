"""The painter of charts for documents: the same marks that a page gets as SVG, in ink that prints."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from core.charts import Bar, Chart, Dot, Group, Label, Line, Mark, Trend
from core.pdf.blocks import Row
from core.pdf.lines import set_lines
from core.pdf.pen import Pen
from core.pdf.styles import HAIRLINE, INK, MIST, NOTE, QUIET, TIDE, changed

_LETTERS = replace(NOTE, size=7.75, leading=10, after=0)
_ENDLESS = 10_000.0
_COLOURS = {"in": TIDE, "maybe": INK, "out": QUIET, "trend": TIDE, "dot-now": TIDE, "bar": TIDE, "bar-2": MIST}
"""Documents have no amber: what a page marks with it is in ink."""
_HOLLOW = {"maybe"}
_DASHES = {"line": "4 3", "trend is-guess": "1.5 3.5"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as wide as the column, never torn apart; its title and words are the other text of what is drawn.

    Readers of the page need the words too, unless a table beside the chart says the same: ``Captioned`` sets them below.
    """

    chart: Chart
    before: float = 6
    after: float = 8

    def rows(self, width: float) -> list[Row]:
        """Return the chart as one row."""
        scale = width / self.chart.width

        def paint(pen: Pen, x: float, top: float) -> None:
            with pen.said_as(f"{self.chart.title}. {self.chart.words}"):
                _Painter(pen, x, top, scale).paint_all(self.chart.marks)

        return [Row(self.chart.height * scale, paint, self.before, self.after)]


class _Painter:
    """Draws marks, whose distances go right and down, at a place and a scale."""

    def __init__(self, pen: Pen, x: float, top: float, scale: float) -> None:
        self.pen, self.left, self.top, self.scale = pen, x, top, scale
        self.kind = ""
        self.ways: dict[type, Callable[[Any], None]] = {
            Line: self._line, Dot: self._dot, Trend: self._trend, Bar: self._bar, Label: self._label, Group: self._group,
        }  # fmt: skip

    def paint_all(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            self.ways[type(mark)](mark)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x * self.scale, self.top - y * self.scale

    def _colour(self, kind: str) -> str:
        return _COLOURS.get(self.kind) or _COLOURS.get(kind.split(maxsplit=1)[0] if kind else "", INK)

    def _line(self, mark: Line) -> None:
        ends = (self._at(mark.x1, mark.y1), self._at(mark.x2, mark.y2))
        is_axis = mark.kind == "axis"
        colour = HAIRLINE if is_axis else self._colour(mark.kind)
        thickness = 2.0 if mark.kind == "range" and self.kind in ("in", "maybe") else 0.5 if is_axis else 1.0
        self.pen.path(ends, thickness, colour, _DASHES.get(mark.kind, ""))

    def _dot(self, mark: Dot) -> None:
        x, y = self._at(mark.x, mark.y)
        radius = mark.radius * self.scale
        self.pen.disc(x, y, radius, "#ffffff" if self.kind in _HOLLOW else self._colour(mark.kind))
        if self.kind in _HOLLOW:
            self.pen.node(x, y, radius)

    def _trend(self, mark: Trend) -> None:
        points = [self._at(x, y) for x, y in mark.points]
        self.pen.path(points, 1.5, self._colour(mark.kind), _DASHES.get(mark.kind, ""))

    def _bar(self, mark: Bar) -> None:
        x, y = self._at(mark.x, mark.y + mark.height / 2)
        ends = ((x, y), (x + mark.width * self.scale, y))
        self.pen.path(ends, mark.height * self.scale, self._colour(mark.kind))

    def _label(self, mark: Label) -> None:
        style = changed(_LETTERS, colour=INK if mark.kind else QUIET)
        line = set_lines(mark.text, style, _ENDLESS)[0]
        x, baseline = self._at(mark.x, mark.y)
        shift = {"start": 0.0, "middle": line.width / 2, "end": line.width}[mark.anchor]
        self.pen.line(line, x - shift, baseline + line.above, line.width)

    def _group(self, mark: Group) -> None:
        self.kind = mark.kind
        self.paint_all(mark.marks)
        self.kind = ""
