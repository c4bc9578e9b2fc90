"""The report on a call, or on all of them, for the board: what came, from where, about what, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.charts import Chart, Growth, Share, growth_chart, shares_chart
from core.money import exact, figures
from core.pdf.blocks import Block, Columns, Together, heading, paragraph, part, title
from core.pdf.captions import Captioned
from core.pdf.document import make_document
from core.pdf.drawing import Drawing
from core.pdf.styles import AMOUNT, CAPTION, PLAIN
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Text, value
from reports.builders.application_summary import Copy, confidential
from reports.builders.issue import Issue
from reports.builders.wording import counted

_DRAWN = 10
"""So many bars of a chart; the table below it has all rows."""


@dataclass(frozen=True, slots=True)
class Field:
    """One theme, country or call: how much came, and how much of it was funded."""

    name: str
    applications: int
    awards: int
    asked: Decimal
    awarded: Decimal


@dataclass(frozen=True, slots=True)
class GroupWork:
    """What one stakeholder group did: how many of it reviewed, and how many reviews they sent."""

    name: str
    reviewers: int
    reviews: int


@dataclass(frozen=True, slots=True)
class ProgrammeTerms:
    """Everything that a programme report says."""

    issue: Issue
    copy: Copy
    title: str
    currency: str
    is_limited: bool
    total: Field
    states: tuple[tuple[str, int], ...] = ()
    timeline: tuple[tuple[str, str], ...] = ()
    calls: tuple[Field, ...] = ()
    themes: tuple[Field, ...] = ()
    countries: tuple[Field, ...] = ()
    groups: tuple[GroupWork, ...] = ()
    growth: Growth | None = None


def build_programme(terms: ProgrammeTerms) -> bytes:
    """Set the report and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Programme report", dated=terms.copy.made_at, reference=counted(terms.total.applications, "application"),
        title=f"Programme report: {terms.title}", notice=confidential(terms.copy),
    )  # fmt: skip
    return make_document(imprint, _blocks(terms))


def _blocks(terms: ProgrammeTerms) -> Iterator[Block]:
    yield title(value(terms.title))
    if terms.is_limited:
        yield paragraph("All figures are of the applications that the recipient may see.")
    yield _totals(terms)
    if terms.timeline:
        yield heading("Timeline")
        yield facts([(label, when) for label, when in terms.timeline])
    if terms.growth and terms.growth.so_far:
        yield from _growth(terms.growth)
    if terms.states:
        yield heading("Where the applications are")
        columns = [Column("State"), Column("Applications", fits=True, is_number=True)]
        yield Table(columns, [[name, f"{number:,}"] for name, number in terms.states], before=2)
    for name, noun, fields in (
        ("By call", "Call", terms.calls), ("By theme", "Theme", terms.themes), ("By country", "Country", terms.countries),
    ):  # fmt: skip
        if fields:
            yield from _field(name, noun, fields, terms.currency)
    yield from _groups(terms.groups)


def _totals(terms: ProgrammeTerms) -> Columns:
    total = terms.total
    asked = [heading("Asked for", None), paragraph(_money(total.asked, terms.currency), AMOUNT)]
    asked.append(paragraph(f"by {counted(total.applications, 'application')}", PLAIN))
    awarded = [heading("Awarded", None), paragraph(_money(total.awarded, terms.currency), AMOUNT)]
    awarded.append(paragraph(f"in {counted(total.awards, 'award')}{_rate(total)}", PLAIN))
    return Columns([asked, awarded], before=8, after=8)


def _money(amount: Decimal, currency: str) -> str:
    return f"{currency}\u00a0{figures(amount, currency)}"


def _rate(field: Field) -> str:
    return f", {100 * field.awards / field.applications:.0f}\u00a0% of the applications" if field.applications else ""


def _growth(growth: Growth) -> Iterator[Block]:
    (first, _), (last, number) = growth.days[0], growth.days[-1]
    half = next(day for day, so_far in growth.days if 2 * so_far >= number)
    words = f"{number:,} came from {_short(first)} to {_short(last)}; half of them were there on {_short(half)}."
    yield heading("How they came")
    chart = growth_chart(growth, key="growth", title="Applications submitted by day", words=words, now_word="")
    yield Captioned(Drawing(chart), [words])


def _short(day: date) -> str:
    return f"{day.day}\u00a0{day:%B %Y}"


def _field(name: str, noun: str, fields: Sequence[Field], currency: str) -> Iterator[Block]:
    yield part(name)
    caption = paragraph("The light bar is what was submitted, the dark part of it what was funded.", CAPTION)
    yield Together([Drawing(_chart(name, fields[:_DRAWN])), caption])
    columns = [
        Column(noun, 3),
        Column("Applications", fits=True, is_number=True),
        Column("Awards", fits=True, is_number=True),
        Column(f"Asked, {currency}", fits=True, is_number=True),
        Column(f"Awarded, {currency}", fits=True, is_number=True),
    ]
    cells: list[list[Text]] = [
        [value(each.name), f"{each.applications:,}", f"{each.awards:,}", exact(each.asked, currency), exact(each.awarded, currency)]
        for each in fields
    ]  # fmt: skip
    yield Table(columns, cells, foot=[_sum(fields, currency)], before=2)


def _chart(name: str, fields: Sequence[Field]) -> Chart:
    shares = [
        Share(each.name, Decimal(each.applications), Decimal(each.awards), f"{each.awards:,} of {each.applications:,}")
        for each in fields
    ]
    words = "; ".join(f"{share.label}: {share.words} funded" for share in shares)
    return shares_chart(shares, key=name.lower().replace(" ", "-"), title=name, words=words)


def _sum(fields: Sequence[Field], currency: str) -> list[Text]:
    asked, awarded = (sum(amounts, Decimal()) for amounts in zip(*((f.asked, f.awarded) for f in fields), strict=True))
    numbers = (sum(each.applications for each in fields), sum(each.awards for each in fields))
    return ["All", f"{numbers[0]:,}", f"{numbers[1]:,}", exact(asked, currency), exact(awarded, currency)]


def _groups(groups: tuple[GroupWork, ...]) -> Iterator[Block]:
    if not groups:
        return
    yield part("Who reviewed")
    columns = [
        Column("Stakeholder group"),
        Column("Reviewers", fits=True, is_number=True),
        Column("Reviews", fits=True, is_number=True),
    ]
    yield Table(columns, [[each.name, f"{each.reviewers:,}", f"{each.reviews:,}"] for each in groups], before=2)
