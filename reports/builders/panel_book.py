"""The panel book of one recipient: contents, ranking, and the summary of each application in the order of discussion."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from core.money import figures
from core.pdf.blocks import Block, heading, paragraph, title
from core.pdf.bookmarks import Bookmark, Unlisted
from core.pdf.document import Document, Imprint
from core.pdf.shaping import MissingGlyph
from core.pdf.styles import CAPTION, NOTE
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Text, strong, value
from reports.builders.application_summary import Copy, SummaryTerms, confidential, summary_blocks, summary_imprint
from reports.builders.issue import Issue
from reports.builders.wording import counted, moment

ABOUT = (
    "A panel’s book holds what its recipient may read, and nothing else: other members’ copies may hold more, or less."
)


@dataclass(frozen=True, slots=True)
class RankedSummary:
    """One application in the ranking; what is not known is a dash."""

    rank: str
    reference: str
    title: str
    mean: str
    spread: str
    merit: str
    reviews: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PanelBookTerms:
    """Everything that a panel book says to one recipient.

    The summaries come in the order of discussion, and are taken one by one: a book of a thousand is never held whole.
    """

    issue: Issue
    copy: Copy
    call: str
    currency: str
    order: str
    is_limited: bool
    standings: tuple[RankedSummary, ...]
    summaries: Iterable[SummaryTerms]
    meets: str = ""


class Unset(NamedTuple):
    """An application whose summary could not be set, and the character that no typeface can draw."""

    reference: str
    character: str


class PanelBook(NamedTuple):
    """A book, and what is not in it though it should be."""

    content: bytes
    unset: tuple[Unset, ...]


class _Place(NamedTuple):
    """Where an application begins, before the contents are put in front."""

    reference: str
    title: str
    page: int


def build_panel_book(terms: PanelBookTerms) -> bytes:
    """Set the book and return the PDF."""
    return make_panel_book(terms).content


def make_panel_book(terms: PanelBookTerms) -> PanelBook:
    """Set the book; the contents are set last, when the page of each application is known.

    A summary that cannot be set is replaced by a page that says so.
    """
    document = Document(_imprint(terms, "Panel book"))
    document.add(*_cover(terms))
    document.section(_imprint(terms, "Ranking"))
    document.add(*_ranking(terms))
    places: list[_Place] = []
    unset: list[Unset] = []
    for summary in terms.summaries:
        each = replace(summary, issue=terms.issue, copy=terms.copy)
        document.section(summary_imprint(each))
        places.append(_Place(each.reference, each.title, document.page_count + 1))
        name = Bookmark(f"{each.reference} {each.title}")
        try:
            document.add(name, *map(Unlisted, summary_blocks(each)))
        except MissingGlyph as missing:
            unset.append(Unset(each.reference, missing.character))
            document.add(name, *_in_its_place(each, missing.character))
    document.insert(1, _imprint(terms, "Contents"), lambda pages: _contents(places, pages))
    return PanelBook(document.finish(), tuple(unset))


def _in_its_place(summary: SummaryTerms, character: str) -> Iterator[Block]:
    """Say why a summary is not there: one text of one application does not keep a panel from its book."""
    yield Unlisted(title(value(summary.title)))
    yield paragraph(
        f"No typeface can draw the character U+{ord(character):04X}, which stands in a text of this application, so that "
        "its summary is not in this book. It is open on the page of the application."
    )


def _imprint(terms: PanelBookTerms, kind: str) -> Imprint:
    return terms.issue.imprint(
        kind=kind, dated=terms.copy.made_at, reference=counted(len(terms.standings), "application"),
        title=f"Panel book: {terms.call}", notice=confidential(terms.copy),
    )  # fmt: skip


def _cover(terms: PanelBookTerms) -> Iterator[Block]:
    yield title(["Panel book: ", value(terms.call)])
    pairs: list[tuple[Text, Text]] = [
        ("Recipient", strong(terms.copy.recipient)),
        ("Copy", f"{terms.copy.number}"),
        ("Made", moment(terms.copy.made_at)),
        ("Applications", f"{len(terms.standings):,}"),
        ("In the order of", terms.order),
    ]
    if terms.meets:
        pairs.append(("Meeting", value(terms.meets)))
    yield facts(pairs)
    yield paragraph(ABOUT, NOTE)
    if terms.is_limited:
        yield paragraph("All numbers and ranks are of the applications that the recipient may see.")


def _contents(places: list[_Place], pages: int) -> Iterator[Block]:
    yield title("Contents")
    columns = [Column("Reference", fits=True), Column("Application"), Column("Page", fits=True, is_number=True)]
    begins = [place.page + pages for place in places]
    cells: list[list[Text]] = [
        [place.reference, value(place.title), f"{page}"] for place, page in zip(places, begins, strict=True)
    ]
    ranking = pages + 2
    yield Table(columns, [["", "Ranking", f"{ranking}"], *cells], leads_to=[ranking, *begins])


def _ranking(terms: PanelBookTerms) -> Iterator[Block]:
    yield title("Ranking")
    yield paragraph(
        "By the weighted mean of the reviews that the recipient may read. Equal means share a rank.", CAPTION
    )
    heads = ("Rank", "Mean", "Spread", "Merit", "Reviews", terms.currency)
    numbers = [Column(head, fits=True, is_number=True) for head in heads]
    columns = [numbers[0], Column("Application"), *numbers[1:]]
    if terms.standings:
        yield Table(columns, [_cells(each, terms.currency) for each in terms.standings], gutter=9)
    else:
        yield heading("No application", level=None)


def _cells(row: RankedSummary, currency: str) -> list[Text]:
    amount = "—" if row.amount is None else figures(row.amount, currency)
    name: Text = [value(row.title), f" {row.reference}"]
    return [row.rank, name, row.mean, row.spread, row.merit, row.reviews, amount]
