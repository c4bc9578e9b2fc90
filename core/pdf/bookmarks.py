"""What stands among the bookmarks of a file, apart from its headings."""

from dataclasses import dataclass

from core.pdf.blocks import Block, Row


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry among the bookmarks, without ink; it stays with what follows."""

    text: str
    level: int = 0

    def rows(self, width: float) -> list[Row]:
        """Return a row without height."""
        return [Row(0, lambda pen, x, top: None, bookmark=(self.text, self.level), stays_with_next=True)]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A block whose headings are not among the bookmarks."""

    block: Block

    def rows(self, width: float) -> list[Row]:
        """Return the block's rows without their bookmarks."""
        rows = self.block.rows(width)
        for row in rows:
            row.bookmark = None
        return rows
