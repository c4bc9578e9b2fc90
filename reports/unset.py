"""A document that cannot be set: what is said of it to whoever follows the work, who may not be one who may read it."""

from collections.abc import Callable

from core.pdf.shaping import MissingGlyph


class CannotBeSet(Exception):
    """A character that no typeface has; no second try helps, and the text that it stands in is not told."""

    lasting = True

    def __init__(self, character: str) -> None:
        self.character = f"U+{ord(character):04X} ({character})"
        super().__init__(
            f"No typeface can draw {self.character}, which stands in a text of this document. Have it replaced there."
        )


def set_quietly[Terms, Made](build: Callable[[Terms], Made], terms: Terms) -> Made:
    """Set a document; what hinders it is said without a word of it."""
    try:
        return build(terms)
    except MissingGlyph as missing:
        character = missing.character
    raise CannotBeSet(character)
