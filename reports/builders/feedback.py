"""The panel's words to an applicant on paper: the outcome, the reasons, and what was said of each criterion."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from core.pdf.blocks import Block, heading, paragraph, part, prose, title
from core.pdf.captions import captioned
from core.pdf.document import make_document
from core.pdf.tables import facts
from core.pdf.words import Text, value
from reports.builders.issue import Issue
from reports.builders.outcome_letter import CriterionFeedback
from reports.builders.wording import day, sentence


@dataclass(frozen=True, slots=True)
class FeedbackTerms:
    """Everything that the feedback on an application says."""

    issue: Issue
    reference: str
    call: str
    title: str
    outcome: str
    decided_on: date
    made_at: datetime
    rationale: str
    criteria: tuple[CriterionFeedback, ...] = ()


def build_feedback(terms: FeedbackTerms) -> bytes:
    """Set the feedback and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Review feedback", dated=terms.made_at, reference=terms.reference,
        title=f"Feedback on application {terms.reference}: {terms.title}",
    )  # fmt: skip
    return make_document(imprint, captioned(_blocks(terms), "Scores and the names of reviewers stay with the fund."))


def _blocks(terms: FeedbackTerms) -> Iterator[Block]:
    yield title(value(terms.title))
    pairs: list[tuple[Text, Text]] = [
        ("Application", value(terms.reference)),
        ("Call", value(terms.call)),
        ("Outcome", sentence(terms.outcome)),
        ("Decided", day(terms.decided_on)),
    ]
    yield facts(pairs)
    yield part("Why")
    yield from prose(terms.rationale)
    yield part("What the reviewers say")
    if not terms.criteria:
        yield paragraph("The reviewers wrote nothing beyond the reasons above.")
    for each in terms.criteria:
        yield heading(value(each.criterion))
        yield from prose(each.feedback)
