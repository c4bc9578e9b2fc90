"""Several items with a number or a dash in the margin."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.pdf.blocks import Hanging, Row
from core.pdf.styles import POINT, Style
from core.pdf.words import Text


@dataclass(frozen=True, slots=True)
class Items:
    """Some items after one another: neither the first nor the last of them stands alone on a page."""

    texts: Sequence[Text]
    style: Style = POINT
    label: str = "–"
    """``{}`` in it is the number of an item."""
    indent: float = 18

    def rows(self, width: float) -> list[Row]:
        """Return the rows of all items."""
        items = [
            Hanging(self.label.format(number), text, self.style, self.indent).rows(width)
            for number, text in enumerate(self.texts, start=1)
        ]
        for item in (*items[:1], *items[-2:-1]):
            for row in item if len(items) > 1 else ():
                row.stays_with_next = True
        return [row for item in items for row in item]
