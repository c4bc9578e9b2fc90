"""Words below a block that say something of it: they never stand on a page without its end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.pdf.blocks import Block, Paragraph, Row
from core.pdf.styles import NOTE
from core.pdf.words import Text


@dataclass(frozen=True, slots=True)
class Captioned:
    """A block with small words below it, tied to its last row."""

    block: Block
    captions: Sequence[Text]

    def rows(self, width: float) -> list[Row]:
        """Return the rows of the block, and those of the words, which all stay together from its last on."""
        above = self.block.rows(width)
        below = [row for caption in self.captions for row in Paragraph(caption, NOTE).rows(width)]
        for row in (*above[-1:], *below[:-1]) if below else ():
            row.stays_with_next = True
        return above + below


def captioned(blocks: Iterable[Block], *captions: Text) -> list[Block]:
    """Put words below the last of some blocks."""
    *before, last = blocks
    return [*before, Captioned(last, captions)]
