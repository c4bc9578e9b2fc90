"""The ranking of a call for one reader: the chart, the same in figures, and what it can be trusted with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from core.charts import Chart
from core.money import figures
from core.pdf.blocks import Block, heading, paragraph, title
from core.pdf.captions import Captioned
from core.pdf.document import make_document
from core.pdf.drawing import Drawing
from core.pdf.styles import CAPTION, TABLE
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Text, value
from reports.builders.application_summary import Copy, confidential
from reports.builders.issue import Issue
from reports.builders.wording import counted

_ADVISED = "Where the panel advises an amount, that one counts, not the one that was asked for."
_GROUPS = "A group that scores differently tells you something; it is not a fault of the group."
_DENSE = replace(TABLE, size=7.5, leading=10.5)


@dataclass(frozen=True, slots=True)
class Standing:
    """One application as the report says it; what is not known is left empty."""

    rank: str
    reference: str
    title: str
    mean: str
    spread: str
    merit: str
    calibrated: str
    expected: str
    interval: str
    amount: Decimal | None
    against: str
    groups: tuple[str, ...] = ()
    disagree: bool = False
    asked: Decimal | None = None
    """What was asked for, where the panel advises another amount."""


@dataclass(frozen=True, slots=True)
class RankingReportTerms:
    """Everything that a ranking report says to one recipient."""

    issue: Issue
    copy: Copy
    call: str
    currency: str
    budget: Decimal
    when_over: str
    drawn: str
    is_limited: bool
    rows: tuple[Standing, ...]
    groups: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    chart: Chart | None = None
    method: str = ""


def build_ranking_report(terms: RankingReportTerms) -> bytes:
    """Set the report and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Ranking report", dated=terms.copy.made_at, reference=counted(len(terms.rows), "application"),
        title=f"Ranking: {terms.call}", notice=confidential(terms.copy),
    )  # fmt: skip
    return make_document(imprint, _blocks(terms))


def _blocks(terms: RankingReportTerms) -> Iterator[Block]:
    yield title(["Ranking of ", value(terms.call)])
    yield facts(
        [
            ("Budget", f"{terms.currency}\u00a0{figures(terms.budget, terms.currency)}"),
            ("Where one does not fit", terms.when_over),
            ("Drawn", terms.drawn),
        ]
    )
    if terms.is_limited:
        yield paragraph("All figures are of the applications that the recipient may see.")
    if terms.chart is not None:
        yield heading("How sure is the order?")
        yield paragraph(
            "The dot is the expected rank; the bar holds the true rank with a chance of one in two.", CAPTION
        )
        yield Captioned(Drawing(terms.chart), [terms.chart.words])
    yield heading("How to read this")
    for sentence in terms.sentences:
        yield paragraph(sentence)
    yield heading("In figures")
    advised = any(row.asked is not None for row in terms.rows)
    of_figures = [_ADVISED] if advised else []
    method = [terms.method] if terms.method else []
    if terms.groups:
        yield Captioned(_figures(terms), of_figures)
        yield heading("Means by stakeholder group")
        yield Captioned(_by_group(terms), [_GROUPS, *method])
    else:
        yield Captioned(_figures(terms), [*of_figures, *method])


def _figures(terms: RankingReportTerms) -> Table:
    heads = ("Rank", "Mean", "Spread", "Merit", "Calibrated", "Expected", terms.currency)
    numbers = [Column(head, fits=True, is_number=True) for head in heads]
    columns = [numbers[0], Column("Application"), *numbers[1:], Column("Against the line", fits=True)]
    return Table(columns, [_cells(row, terms.currency) for row in terms.rows], style=_DENSE, gutter=7)


def _cells(row: Standing, currency: str) -> list[Text]:
    expected = f"{row.expected} ({row.interval})" if row.interval else row.expected
    amount = "—" if row.amount is None else figures(row.amount, currency)
    asked = "" if row.asked is None else f" · asked for {figures(row.asked, currency)}"
    name: Text = [value(row.title), f" {row.reference}{asked}", " · reviewers disagree" if row.disagree else ""]
    return [row.rank, name, row.mean, row.spread, row.merit, row.calibrated, expected, amount, row.against]


def _by_group(terms: RankingReportTerms) -> Table:
    columns = [Column("Application"), *(Column(label, fits=True, is_number=True) for label in terms.groups)]
    return Table(columns, [[row.reference, *row.groups] for row in terms.rows], style=_DENSE, gutter=9)
