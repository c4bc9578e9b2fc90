"""From the parts of a letter to the blocks of its pages, the same way for every kind of letter."""

from collections.abc import Iterator, Mapping, Sequence

from core.pdf.blocks import Block, Gap, Hanging, Together, heading, paragraph, part, title
from core.pdf.styles import BODY, CLAUSE, NOTE
from reports.builders.issue import SIGNING_ROOM
from reports.builders.template.setting import Part

type Blocks = Mapping[str, Sequence[Block]]
_CLAUSE_INDENT = 20


def compose(parts: Sequence[Part], blocks: Blocks) -> Iterator[Block]:
    """Set the parts of a letter; the lines to sign on stay with the words before them.

    What follows the title of a large part, such as the clauses, is set smaller.
    """
    is_small = False
    last: Block | None = None
    for each in parts:
        is_small = each.place == "part" or (is_small and each.place not in ("title", "heading"))
        if each.block == "signatures":
            words = [last] if last else []
            last = Together([*words, Gap(SIGNING_ROOM), *blocks[each.block]])
            continue
        if last:
            yield last
        *before, last = blocks[each.block] if each.place == "block" else [_set(each, is_small=is_small)]
        yield from before
    if last:
        yield last


def _set(each: Part, *, is_small: bool) -> Block:
    if each.place == "item":
        style, indent = (CLAUSE, _CLAUSE_INDENT) if is_small else (BODY, 18)
        return Hanging(f"{each.number}.", each.text, style, indent=indent)
    if each.place == "text":
        return paragraph(each.text, CLAUSE if is_small else BODY)
    if each.place == "note":
        return paragraph(each.text, NOTE)
    return {"title": title, "heading": heading, "part": part}[each.place](each.text)
