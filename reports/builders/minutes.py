"""The minutes of a panel meeting for one reader: who was there, and what the panel came to on each application."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.pdf.blocks import Block, Together, heading, paragraph, prose, title
from core.pdf.document import make_document
from core.pdf.styles import CAPTION
from core.pdf.tables import facts
from core.pdf.words import Text, value
from reports.builders.application_summary import Copy, confidential
from reports.builders.issue import Issue
from reports.builders.wording import counted, moment


@dataclass(frozen=True, slots=True)
class Discussed:
    """One application that was discussed; of what the reader left the room for only the first three."""

    position: int
    reference: str
    title: str
    is_shut: bool = False
    advice: str = ""
    votes: tuple[tuple[str, int], ...] = ()
    out: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MinutesTerms:
    """Everything that the minutes say to one recipient."""

    issue: Issue
    copy: Copy
    call: str
    place: str
    opened_at: datetime
    closed_at: datetime
    approved_by: str
    present: tuple[str, ...]
    text: str
    items: tuple[Discussed, ...]


def build_minutes(terms: MinutesTerms) -> bytes:
    """Set the minutes and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Minutes", dated=terms.closed_at, reference=counted(len(terms.items), "application"),
        title=f"Minutes of the panel: {terms.call}", notice=confidential(terms.copy),
    )  # fmt: skip
    return make_document(imprint, _blocks(terms))


def _blocks(terms: MinutesTerms) -> Iterator[Block]:
    yield title(["Minutes of the panel: ", value(terms.call)])
    pairs: list[tuple[Text, Text]] = [("Opened", moment(terms.opened_at))]
    if terms.place:
        pairs.append(("Place", value(terms.place)))
    pairs += [
        ("Present", value(", ".join(terms.present) or "—")),
        ("Approved", [moment(terms.closed_at), " by ", value(terms.approved_by)]),
    ]
    yield facts(pairs)
    yield from prose(terms.text)
    yield heading("Applications")
    for item in terms.items:
        yield from _item(item)
    if not terms.items:
        yield paragraph("No application was discussed.")


def _item(item: Discussed) -> Iterator[Block]:
    name = heading([f"{item.position}. {item.reference} ", value(item.title)], 2)
    if item.is_shut:
        yield Together([name, paragraph("The recipient was out of the room.", CAPTION)])
        return
    pairs: list[tuple[Text, Text]] = [("Recommendation", item.advice or "—")]
    if item.votes:
        pairs.append(("Votes", ", ".join(f"{label} {number}" for label, number in item.votes)))
    if item.before or item.after:
        pairs.append(("Overall merit", f"{item.before or '—'} before the discussion, {item.after or '—'} after it"))
    if item.out:
        pairs.append(("Out of the room", value(", ".join(item.out))))
    yield Together([name, facts(pairs)])
    yield from prose(item.note)
