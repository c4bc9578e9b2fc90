"""Drawing on one page: lines of text, rules, the mark."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from reportlab.pdfbase.pdfdoc import PDFDocument

from core.pdf.lines import Line
from core.pdf.setting import show
from core.pdf.styles import BRAND, INK, LAMP
from core.pdf.words import cleaned


@cache
def colour_operands(colour: str) -> str:
    """Return a colour written as ``#rrggbb`` the way that PDF writes it."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))


class Pen:
    """Collects the operators of one page. Distances are in points from the lower left corner."""

    def __init__(self, document: PDFDocument, *, is_mirrored: bool = False) -> None:
        self.document = document
        self.is_mirrored = is_mirrored
        self.operators: list[str] = []

    def across(self, x: float, whole: float, offset: float, own: float) -> float:
        """Return the left edge of a part of a row; on pages from right to left it is mirrored."""
        return x + (whole - offset - own if self.is_mirrored else offset)

    def line(self, line: Line, x: float, top: float, width: float) -> None:
        """Draw a line of text whose room begins at ``top``, aligned within a width."""
        if not line.runs:
            return
        x += (width - line.width) * self._share_of_spare(line)
        self.operators.append(
            f"BT {colour_operands(line.colour)} rg 1 0 0 1 {x:.2f} {top - line.above:.2f} Tm {show(line, self.document)}ET"
        )

    def _share_of_spare(self, line: Line) -> float:
        if line.align == "center":
            return 0.5
        is_from_right = line.is_from_right if line.align in ("start", "end") else self.is_mirrored
        return float((line.align in ("end", "edge")) != is_from_right)

    def rule(self, x: float, y: float, width: float, thickness: float, colour: str) -> None:
        """Draw a horizontal line."""
        self.operators.append(
            f"{colour_operands(colour)} RG {thickness:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S"
        )

    def path(self, points: Sequence[tuple[float, float]], thickness: float, colour: str, dash: str = "") -> None:
        """Draw one line through points, in dashes if their lengths are given as PDF writes them."""
        way = " l ".join(f"{x:.2f} {y:.2f}" for x, y in points[1:])
        start = "{:.2f} {:.2f}".format(*points[0])
        drawn = f"{colour_operands(colour)} RG {thickness:g} w {start} m {way} l S"
        is_plain = len(points) == 2 and not dash
        self.operators.append(drawn if is_plain else f"q 1 j [{dash}] 0 d {drawn} Q")

    @contextmanager
    def said_as(self, words: str) -> Iterator[None]:
        """Give what is drawn meanwhile another text, for those who do not see it."""
        typed = f"\ufeff{cleaned(words)}".encode("utf-16-be").hex().upper()
        self.operators.append(f"/Span <</Alt <{typed}>>> BDC")
        yield
        self.operators.append("EMC")

    def node(self, x: float, y: float, radius: float) -> None:
        """Draw a hollow circle round a centre."""
        self.operators.append(f"{colour_operands(INK)} RG 0.75 w {_circle(x, y, radius)} S")

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Draw a full circle round a centre."""
        self.operators.append(f"{colour_operands(colour)} rg {_circle(x, y, radius)} f")

    def squares(self, runs: list[tuple[int, int, int]], x: float, top: float, size: float) -> None:
        """Fill stretches of squares of one size in one stroke of ink: of which row, from which place, and how many."""
        drawn = " ".join([f"{place} {row} {length} 1 re" for row, place, length in runs])
        self.operators.append(f"q {size:.4f} 0 0 {-size:.4f} {x:.2f} {top:.2f} cm 0 0 0 rg {drawn} f Q")

    def mark(self, x: float, y: float, size: float) -> None:
        """Draw the fund's mark, two nested arches with a light, in a square whose lower left corner is given."""
        scale = size / 24
        self.operators.append(
            f"q {scale:.4f} 0 0 {-scale:.4f} {x:.2f} {y + size:.2f} cm 1 J 2 w {colour_operands(BRAND)} RG {_ARCH}"
            f" {_FAINT} RG {_INNER_ARCH} {colour_operands(LAMP)} rg {_LIGHT} Q"
        )


def _circle(x: float, y: float, radius: float) -> str:
    k = radius * 0.5523
    west, east, north, south = x - radius, x + radius, y + radius, y - radius
    return (
        f"{east:.2f} {y:.2f} m"
        f" {east:.2f} {y + k:.2f} {x + k:.2f} {north:.2f} {x:.2f} {north:.2f} c"
        f" {x - k:.2f} {north:.2f} {west:.2f} {y + k:.2f} {west:.2f} {y:.2f} c"
        f" {west:.2f} {y - k:.2f} {x - k:.2f} {south:.2f} {x:.2f} {south:.2f} c"
        f" {x + k:.2f} {south:.2f} {east:.2f} {y - k:.2f} {east:.2f} {y:.2f} c"
    )


_ARCH = "3 21 m 3 12 l 3 7.03 7.03 3 12 3 c 16.97 3 21 7.03 21 12 c 21 21 l S"
_INNER_ARCH = "7.5 21 m 7.5 12 l 7.5 9.515 9.515 7.5 12 7.5 c 14.485 7.5 16.5 9.515 16.5 12 c 16.5 21 l S"
_LIGHT = (
    "14.5 17.5 m 14.5 18.88 13.38 20 12 20 c 10.62 20 9.5 18.88 9.5 17.5 c"
    " 9.5 16.12 10.62 15 12 15 c 13.38 15 14.5 16.12 14.5 17.5 c f"
)
# The inner arch stands behind: 55 % of the brand's ink on white paper.
_FAINT = " ".join(f"{1 - 0.55 * (1 - float(part)):.3f}" for part in colour_operands(BRAND).split())
