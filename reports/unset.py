"""A document that cannot be set: what is said of it to whoever follows the work, who may not be one who may read it."""

from collections.abc import Callable

from core.pdf.shaping import MissingGlyph


class CannotBeSet(Exception):
    """A character that no typeface has; no second try helps, and the text that it stands in is not told."""

    lasting = True


def set_quietly[Terms, Made](build: Callable[[Terms], Made], terms: Terms) -> Made:
    """Set a document; what hinders it is said without a word of it."""
    try:
        return build(terms)
    except MissingGlyph as missing:
        name = f"U+{ord(missing.character):04X} ({missing.character})"
        told = f"No typeface can draw {name}, which stands in a text of this document. Have it replaced there."
    raise CannotBeSet(told)
