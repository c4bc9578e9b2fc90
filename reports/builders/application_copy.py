"""The application as it was submitted: its answers set by us, then what was attached, copied as it is behind its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.pdf.blocks import Block, heading, paragraph, prose, title
from core.pdf.bookmarks import Bookmark, Unlisted
from core.pdf.document import Document, Imprint
from core.pdf.tables import facts
from core.pdf.words import Text, value
from reports.builders.application_summary import Copy, confidential
from reports.builders.issue import Issue
from reports.builders.submitted import BudgetLine, Section, TeamMember, answer_blocks, budget_blocks, team_blocks
from reports.builders.wording import counted, moment, money


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One attached file: how many pages of it follow its own page, or why none do. Of a closed one no name is given."""

    name: str
    pages: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationCopyTerms:
    """Everything that the copy of an application says to one recipient."""

    issue: Issue
    copy: Copy
    reference: str
    call: str
    title: str
    received_at: datetime
    version: int
    version_hash: str
    amount: Decimal
    currency: str
    duration_months: int
    theme: str = ""
    host: str = ""
    country: str = ""
    principal_investigator: str = ""
    declared_by: str = ""
    declaration: str = ""
    sections: tuple[Section, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    team: tuple[TeamMember, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    left_out: str = ""
    """Why nothing that was attached is in it."""


def build_application_copy(terms: ApplicationCopyTerms) -> bytes:
    """Set our own pages; those of an attachment are counted behind the page with its name, and put there later.

    The pages with names are the last of ours, one for each enclosure.
    """
    document = Document(_imprint(terms, "Application"))
    document.add(*_blocks(terms))
    for number, enclosure in enumerate(terms.enclosures, start=1):
        document.section(_imprint(terms, "Attachment"))
        document.add(*_sheet(number, enclosure))
        document.leave(enclosure.pages)
    return document.finish()


def _imprint(terms: ApplicationCopyTerms, kind: str) -> Imprint:
    return terms.issue.imprint(
        kind=kind, dated=terms.copy.made_at, reference=terms.reference,
        title=f"Application {terms.reference} as submitted: {terms.title}", notice=confidential(terms.copy),
    )  # fmt: skip


def _blocks(terms: ApplicationCopyTerms) -> Iterator[Block]:
    yield title(value(terms.title))
    yield facts(_about(terms))
    yield from answer_blocks(terms.sections)
    yield from team_blocks(terms.team)
    yield from budget_blocks(terms.budget, terms.currency)
    if terms.declaration:
        yield heading("Declaration")
        yield from prose(terms.declaration)
        yield paragraph(value(terms.declared_by))
    if terms.left_out:
        yield heading("Attachments")
        yield paragraph(terms.left_out)


def _about(terms: ApplicationCopyTerms) -> list[tuple[Text, Text]]:
    pairs: list[tuple[Text, Text]] = [
        ("Call", value(terms.call)),
        ("Submitted", f"{moment(terms.received_at)}, version {terms.version}"),
        ("Requested", money(terms.amount, terms.currency)),
        ("Duration", counted(terms.duration_months, "month")),
    ]
    named = {
        "Theme": terms.theme, "Investigator": terms.principal_investigator, "Host": terms.host, "Country": terms.country,
    }  # fmt: skip
    pairs += [(name, value(text)) for name, text in named.items() if text]
    return [*pairs, ("Version hash", terms.version_hash)]


def _sheet(number: int, enclosure: Enclosure) -> Iterator[Block]:
    name = enclosure.name or "closed"
    yield Bookmark(f"Attachment {number}: {name}")
    yield Unlisted(title([f"Attachment {number}: ", value(name)]))
    follows = f"Its {counted(enclosure.pages, 'page')} follow, as they were attached."
    yield paragraph(enclosure.why or (follows if enclosure.pages > 1 else "Its page follows, as it was attached."))
