"""The summary of one application for a panel member: what is asked, how it was judged, what to decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.money import exact
from core.pdf.blocks import Block, Choices, Columns, Hanging, Rule, Together, heading, paragraph, prose, title
from core.pdf.document import Imprint, make_document
from core.pdf.styles import CAPTION, COMPACT, FOOT_LINE, LABEL, POINT, WRITE_ON
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Span, Text, strong, value
from reports.builders.issue import Issue
from reports.builders.score_grid import Reviewer, ScoreGrid, group_blocks, score_blocks
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
class Opinion:
    """What one reviewer wrote, as far as the recipient may read it; the comments by criterion."""

    reviewer: Reviewer
    comments: tuple[tuple[str, str], ...] = ()
    for_applicant: str = ""
    for_panel: str = ""


@dataclass(frozen=True, slots=True)
class SummaryTerms:
    """Everything that the summary of an application says to one recipient."""

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
    theme: str = ""
    partners: tuple[str, ...] = ()
    budget: tuple[BudgetCategory, ...] = ()
    flags: tuple[Flag, ...] = ()
    eligibility: tuple[str, ...] = ()
    due_diligence: tuple[str, ...] = ()
    scores: ScoreGrid | None = None
    opinions: tuple[Opinion, ...] = ()
    recommendations: tuple[tuple[str, int], ...] = ()
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
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
    yield from _notes("Eligibility", terms.eligibility)
    yield from _notes("Due diligence", terms.due_diligence)
    if terms.scores:
        yield from score_blocks(terms.scores)
    yield from _counts(terms)
    yield from _opinions(terms.opinions)
    yield from _points("Strengths", terms.strengths)
    yield from _points("Weaknesses", terms.weaknesses)
    yield from _points("Questions for the panel", terms.questions)
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


def _notes(name: str, notes: tuple[str, ...]) -> Iterator[Block]:
    if not notes:
        return
    yield heading(name)
    for note in notes:
        yield paragraph(note, COMPACT)


def _counts(terms: SummaryTerms) -> Iterator[Block]:
    """Set what the groups gave and what reviewers recommend side by side."""
    groups = group_blocks(terms.scores.groups) if terms.scores else []
    recommended = _recommendations(terms.recommendations)
    if groups and recommended:
        yield Columns([groups, recommended], before=12)
    else:
        yield Columns([groups or recommended, []], before=12)


def _recommendations(recommendations: tuple[tuple[str, int], ...]) -> list[Block]:
    if not recommendations:
        return []
    columns = [Column("Recommendation"), Column("Reviewers", fits=True, is_number=True)]
    cells: list[list[Text]] = [[value(name), f"{count:,}"] for name, count in recommendations]
    return [heading("Reviewers recommend"), Table(columns, cells, before=2)]


def _opinions(opinions: tuple[Opinion, ...]) -> Iterator[Block]:
    if opinions:
        yield heading("What the reviewers wrote")
    for opinion in opinions:
        who = opinion.reviewer
        yield paragraph([value(who.label), ", ", value(who.group)] if who.group else value(who.label), LABEL)
        for criterion, text in opinion.comments:
            yield paragraph([strong(f"{criterion}. "), value(text)], COMPACT)
        yield from prose(opinion.for_applicant, COMPACT)
        if opinion.for_panel:
            yield paragraph("For the panel only", CAPTION)
            yield from prose(opinion.for_panel, COMPACT)


def _points(name: str, points: tuple[str, ...]) -> Iterator[Block]:
    if not points:
        return
    yield heading(name)
    for point in points:
        yield Hanging("–", point, POINT, indent=12)


def _decision(terms: SummaryTerms) -> Together:
    """Leave room to write: no box, lines to write on."""
    lines: list[Block] = []
    for name in (f"Amount, {terms.currency}", "Conditions and reasons", "", "Recorded by, date"):
        lines += [paragraph(name or "\u00a0", WRITE_ON), Rule(0.5, FOOT_LINE, after=4)]
    return Together([heading("The panel’s recommendation"), Choices(terms.decisions), *lines])
