"""The summary of one application for a panel member: what is asked, how it was judged, what to decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.money import exact
from core.pdf.blocks import Block, Choices, Columns, Rule, Together, heading, paragraph, prose, title
from core.pdf.document import Imprint, make_document
from core.pdf.styles import COMPACT, FOOT_LINE, LABEL, WRITE_ON
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Span, Text, value
from reports.builders.issue import Issue
from reports.builders.judgement import Judgement, judgement_blocks
from reports.builders.wording import counted, moment, money


@dataclass(frozen=True, slots=True)
class Copy:
    """Whose copy this is; it stands on every page."""

    number: int
    recipient: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class BudgetCategory:
    """What is requested in one category, and the most that the call allows there."""

    category: str
    amount: Decimal
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that ethics or safeguarding asks the panel to look at."""

    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class SummaryTerms:
    """Everything that the summary of an application says to one recipient.

    `checklist` has what the check of the eligibility looked at; `notes` are the fund's to the panel, `asked` its
    questions to the applicant with their answers.
    """

    issue: Issue
    copy: Copy
    reference: str
    call: str
    title: str
    host: str
    country: str
    principal_investigator: str
    amount: Decimal
    currency: str
    duration_months: int
    lay_summary: str
    judgement: Judgement
    theme: str = ""
    partners: tuple[str, ...] = ()
    budget: tuple[BudgetCategory, ...] = ()
    flags: tuple[Flag, ...] = ()
    eligibility: tuple[str, ...] = ()
    checklist: tuple[tuple[str, str], ...] = ()
    due_diligence: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    decisions: tuple[str, ...] = ("Fund", "Fund with conditions", "Reserve", "Do not fund")


def confidential(copy: Copy) -> Text:
    """Say at the head of a page whose copy it is."""
    return (
        f"Confidential. Copy {copy.number} for ",
        value(copy.recipient),
        f", made {moment(copy.made_at)}. Please do not pass it on.",
    )


def build_application_summary(terms: SummaryTerms) -> bytes:
    """Set the summary and return the PDF."""
    return make_document(summary_imprint(terms), summary_blocks(terms))


def summary_imprint(terms: SummaryTerms) -> Imprint:
    """Return what each page of this copy bears at its head and foot."""
    return terms.issue.imprint(
        kind="Application summary",
        dated=terms.copy.made_at,
        reference=terms.reference,
        title=f"Application summary {terms.reference}: {terms.title}",
        notice=confidential(terms.copy),
    )


def summary_blocks(terms: SummaryTerms) -> Iterator[Block]:
    """Return the body of the summary, for a document of its own or a panel book."""
    yield title(value(terms.title))
    yield _facts(terms)
    yield heading("Summary")
    yield from prose(terms.lay_summary)
    yield from _budget(terms)
    yield from _flags(terms.flags)
    yield from _notes("Eligibility", terms.eligibility or ("No outcome yet",) * bool(terms.checklist))
    if terms.checklist:
        yield facts([(value(item), value(answer)) for item, answer in terms.checklist], label_share=0.7)
    yield from _due_diligence(terms.due_diligence)
    yield from _notes("Notes from the fund", terms.notes)
    yield from _asked(terms.asked)
    yield from judgement_blocks(terms.judgement)
    yield _decision(terms)


def _facts(terms: SummaryTerms) -> Columns:
    left: list[tuple[Text, Text]] = [
        ("Host", value(terms.host)),
        ("Country", value(terms.country)),
        ("Investigator", value(terms.principal_investigator)),
    ]
    if terms.partners:
        left.append(("Partners", _one_per_line(terms.partners)))
    right: list[tuple[Text, Text]] = [
        ("Requested", money(terms.amount, terms.currency)),
        ("Duration", counted(terms.duration_months, "month")),
        ("Call", value(terms.call)),
    ]
    if terms.theme:
        right.append(("Theme", value(terms.theme)))
    return Columns([[facts(left)], [facts(right)]], before=4)


def _one_per_line(items: Sequence[str]) -> Text:
    spans: list[str | Span] = []
    for item in items:
        spans += ["\n", value(item)] if spans else [value(item)]
    return spans


def _budget(terms: SummaryTerms) -> Iterator[Block]:
    if not terms.budget:
        return
    total = sum((line.amount for line in terms.budget), Decimal())
    yield heading("Budget")
    columns = [
        Column("Category"),
        Column(f"Requested, {terms.currency}", fits=True, is_number=True),
        Column("Share", fits=True, is_number=True),
        Column("Limit", fits=True, is_number=True),
        Column("", fits=True),
    ]
    cells: list[list[Text]] = [
        [
            value(line.category),
            exact(line.amount, terms.currency),
            _share(line.amount, total),
            "" if line.limit is None else exact(line.limit, terms.currency),
            _against(line, terms.currency),
        ]
        for line in terms.budget
    ]
    yield Table(columns, cells, foot=[["Total", exact(total, terms.currency), "", "", ""]], before=2)


def _share(amount: Decimal, total: Decimal) -> str:
    return f"{100 * amount / total:.1f}\u00a0%" if total else ""


def _against(line: BudgetCategory, currency: str) -> str:
    if line.limit is None:
        return ""
    over = line.amount - line.limit
    return f"over by {exact(over, currency)}" if over > 0 else "within"


def _flags(flags: tuple[Flag, ...]) -> Iterator[Block]:
    if not flags:
        return
    yield heading("Ethics and safeguarding")
    yield facts([(value(flag.topic), flag.text) for flag in flags])


def _due_diligence(found: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    if found:
        yield heading("Due diligence")
        yield facts([(value(name), value(text)) for name, text in found])


def _notes(name: str, notes: tuple[str, ...]) -> Iterator[Block]:
    if not notes:
        return
    yield heading(name)
    for note in notes:
        yield from prose(note, COMPACT)


def _asked(asked: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    if asked:
        yield heading("What the fund asked the applicant")
    for question, answer in asked:
        yield paragraph(value(question), LABEL)
        yield from prose(answer, COMPACT)


def _decision(terms: SummaryTerms) -> Together:
    """Leave room to write: no box, lines to write on."""
    lines: list[Block] = []
    for name in (f"Amount, {terms.currency}", "Conditions and reasons", "", "Recorded by, date"):
        lines += [paragraph(name or "\u00a0", WRITE_ON), Rule(0.5, FOOT_LINE, after=4)]
    return Together([heading("The panel’s recommendation"), Choices(terms.decisions), *lines])
