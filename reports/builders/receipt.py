"""The receipt of an application: proof that it came, when, and exactly what it said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.pdf.blocks import Block, Hanging, heading, paragraph, part, prose, title
from core.pdf.document import make_document
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Text, strong, value
from reports.builders.issue import Issue
from reports.builders.submitted import (
    BudgetLine,
    Section,
    TeamMember,
    answer_blocks,
    budget_blocks,
    team_blocks,
)
from reports.builders.wording import counted, moment, sentence


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file, with the hash that identifies its content."""

    name: str
    sha256: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class ReceiptTerms:
    """Everything that a receipt says."""

    issue: Issue
    reference: str
    title: str
    call: str
    received_at: datetime
    version: int
    version_hash: str
    next_steps: tuple[str, ...]
    submitted_by: str = ""
    declared_by: str = ""
    declaration: str = ""
    sections: tuple[Section, ...] = ()
    currency: str = ""
    budget: tuple[BudgetLine, ...] = ()
    team: tuple[TeamMember, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def build_receipt(terms: ReceiptTerms) -> bytes:
    """Set the receipt and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Application receipt",
        dated=terms.received_at,
        reference=terms.reference,
        title=f"Receipt for application {terms.reference}: {terms.title}",
    )
    return make_document(imprint, _blocks(terms))


def _blocks(terms: ReceiptTerms) -> Iterator[Block]:
    yield title("We have received your application")
    yield paragraph(["Thank you. ", strong(terms.title), " has arrived. Please keep this receipt."])
    yield _proof(terms)
    if terms.declaration:
        yield heading("Declaration")
        yield from prose(terms.declaration)
    if terms.next_steps:
        yield heading("What comes next")
        for number, step in enumerate(terms.next_steps, start=1):
            yield Hanging(f"{number}.", sentence(step))
    if any((terms.sections, terms.budget, terms.team, terms.attachments)):
        yield part("Your application as submitted")
        yield from answer_blocks(terms.sections)
        yield from team_blocks(terms.team)
        yield from budget_blocks(terms.budget, terms.currency)
        yield from _attachments(terms.attachments)


def _proof(terms: ReceiptTerms) -> Table:
    pairs: list[tuple[Text, Text]] = [
        ("Reference", strong(terms.reference)),
        ("Call", value(terms.call)),
        ("Received", strong(moment(terms.received_at))),
    ]
    if terms.submitted_by:
        pairs.append(("Submitted by", value(terms.submitted_by)))
    if terms.declared_by:
        pairs.append(("Declared by", value(terms.declared_by)))
    pairs.append(("Version", f"{terms.version}"))
    pairs.append(("Version hash", grouped(terms.version_hash)))
    return facts(pairs)


def grouped(digest: str) -> str:
    """Write a hash in groups of eight, so that people can compare it and a line can end within it."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _attachments(attachments: tuple[Attachment, ...]) -> Iterator[Block]:
    if not attachments:
        return
    yield heading("Attachments")
    columns = [Column("File", 2), Column("SHA-256", 3)]
    yield Table(columns, [[_file(each), grouped(each.sha256)] for each in attachments], before=2)


def _file(attachment: Attachment) -> Text:
    if attachment.size is None:
        return value(attachment.name)
    return [value(attachment.name), f", {counted(attachment.size, 'byte')}"]
