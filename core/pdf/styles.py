"""The type scale, the colours and the distances of every printed page."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from core.pdf.direction import Direction
from core.pdf.faces import REGULAR, Look

MM = 72 / 25.4

INK = "#14262b"
QUIET = "#48606a"
TIDE = "#0b5763"
HAIRLINE = "#cfdbdd"
FOOT_LINE = "#b9c8ca"
MIST = "#9cc8cc"
BRAND = "#0b2a31"
LAMP = "#e2982c"

SEMIBOLD = 600


# Reading text begins where its own direction begins. Cells, labels and addresses
# keep to the margin of the document, whichever way the words in them run.
type Align = Literal["start", "end", "center", "margin", "edge"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set. Distances are in points."""

    family: str = "serif"
    size: float = 10.25
    leading: float = 15
    weight: int = REGULAR
    italic: bool = False
    colour: str = INK
    align: Align = "start"
    direction: Direction = "auto"
    before: float = 0
    after: float = 6
    indent: float = 0
    stays_with_next: bool = False
    is_balanced: bool = False

    @property
    def look(self) -> Look:
        """Return the typeface without the size."""
        return Look(self.family, self.weight, self.italic)


@lru_cache(maxsize=512)
def changed(style: Style, **changes: Any) -> Style:
    """Return a style with some of it changed; a document asks for the same few again and again."""
    return replace(style, **changes)


BODY = Style()
PLAIN = replace(BODY, after=0, align="margin")
POINT = replace(BODY, after=3)
TITLE = Style(size=19, leading=24, before=14, after=8, stays_with_next=True, is_balanced=True)
LONG_TITLE = replace(TITLE, size=14, leading=19)
AMOUNT = Style(size=19, leading=25, after=0, align="margin")
HEADING = Style("sans", 9, 12.6, SEMIBOLD, colour=TIDE, align="margin", before=12, after=2, stays_with_next=True)
LABEL = replace(HEADING, colour=INK, before=5, after=1)
PART = Style(size=14, leading=19, before=22, after=6, stays_with_next=True, is_balanced=True)
CLAUSE = Style(size=9.5, leading=13.5, after=5)
NOTE = Style("sans", 8.5, 12.5, colour=QUIET, align="margin", after=4)
CAPTION = replace(NOTE, stays_with_next=True)
TABLE = Style("sans", 8.75, 12.25, after=0, align="margin")
TABLE_HEAD = replace(TABLE, colour=QUIET)
TABLE_FOOT = replace(TABLE, weight=SEMIBOLD)
COMPACT = replace(TABLE, size=9.25, leading=13.25, after=4)
WRITE_ON = Style("sans", 8.5, 22, colour=QUIET, align="margin", after=0)
REFERENCE = Style("sans", 8.5, 12.3, colour=QUIET, after=0, align="margin")
