"""A reviewer's own reviews of a call, to keep: scores and words as they were sent, and nobody else's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from core.pdf.blocks import Block, heading, paragraph, part, prose, title
from core.pdf.document import make_document
from core.pdf.styles import CAPTION
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Text, value
from reports.builders.application_summary import Copy, confidential
from reports.builders.issue import Issue
from reports.builders.wording import counted, moment


@dataclass(frozen=True, slots=True)
class ScoreGiven:
    """One criterion: the score as pages show it, and why."""

    criterion: str
    score: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class OwnReview:
    """One review as it was sent."""

    reference: str
    title: str
    sent_at: datetime
    version: int
    scores: tuple[ScoreGiven, ...]
    overall: str = ""
    to_applicant: str = ""
    to_panel: str = ""


@dataclass(frozen=True, slots=True)
class OwnReviewsTerms:
    """Everything that the copy says to its reviewer."""

    issue: Issue
    copy: Copy
    call: str
    scale: str
    reviews: tuple[OwnReview, ...]


def build_own_reviews(terms: OwnReviewsTerms) -> bytes:
    """Set the reviews and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Own reviews", dated=terms.copy.made_at, reference=counted(len(terms.reviews), "review"),
        title=f"Reviews of {terms.copy.recipient}: {terms.call}", notice=confidential(terms.copy),
    )  # fmt: skip
    return make_document(imprint, _blocks(terms))


def _blocks(terms: OwnReviewsTerms) -> Iterator[Block]:
    yield title(["Your reviews of ", value(terms.call)])
    yield paragraph(f"Scale: {terms.scale}. They stand here as you sent them.", CAPTION)
    if not terms.reviews:
        yield paragraph("You have sent no review yet.")
    for each in terms.reviews:
        yield from _review(each)


def _review(each: OwnReview) -> Iterator[Block]:
    yield part(value(each.title))
    pairs: list[tuple[Text, Text]] = [
        ("Application", value(each.reference)),
        ("Version", f"{each.version}"),
        ("Sent", moment(each.sent_at)),
    ]
    if each.overall:
        pairs.append(("Overall merit", each.overall))
    yield facts(pairs)
    columns = [Column("Criterion", 2), Column("Score", fits=True, is_number=True), Column("Why", 5)]
    yield Table(columns, [[value(row.criterion), row.score, row.comment] for row in each.scores], gutter=14)
    for name, text in (("To the applicant", each.to_applicant), ("To the panel", each.to_panel)):
        if text.strip():
            yield heading(name, None)
            yield from prose(text)
