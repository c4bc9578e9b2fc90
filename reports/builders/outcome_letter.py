"""The outcome letter to an applicant who is not funded: what was decided, why, and what to take from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.pdf.blocks import Block, Columns, Gap, Together, heading, paragraph, prose, title
from core.pdf.document import make_document
from core.pdf.styles import LABEL, PLAIN
from core.pdf.words import Text, emphasised, value
from reports.builders.issue import SIGNING_ROOM, Issue, Signatory, proof, signature
from reports.builders.wording import counted, day, sentence


@dataclass(frozen=True, slots=True)
class CriterionFeedback:
    """What the panel says about one criterion."""

    criterion: str
    feedback: str


@dataclass(frozen=True, slots=True)
class NextCall:
    """The call in which the applicant can apply again."""

    title: str
    opens_on: date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeLetterTerms:
    """Everything that an outcome letter says."""

    issue: Issue
    reference: str
    written_on: date
    decided_on: date
    recipient: str
    address: tuple[str, ...]
    title: str
    call: str
    outcome: str
    rationale: str
    signatory: Signatory
    criteria: tuple[CriterionFeedback, ...] = ()
    applied: int | None = None
    funded: int | None = None
    next_call: NextCall | None = None
    questions_to: str = ""


def build_outcome_letter(terms: OutcomeLetterTerms) -> bytes:
    """Set the letter and return the PDF."""
    imprint = terms.issue.imprint(
        kind="Outcome letter",
        dated=terms.written_on,
        reference=terms.reference,
        title=f"Outcome of application {terms.reference}: {terms.title}",
    )
    return make_document(imprint, _blocks(terms))


def _blocks(terms: OutcomeLetterTerms) -> Iterator[Block]:
    yield _addresses(terms)
    yield title("The outcome of your application")
    yield paragraph(_opening(terms))
    yield paragraph(sentence(terms.outcome))
    yield heading("Why")
    yield from prose(terms.rationale)
    yield from _feedback(terms)
    yield from _field(terms)
    yield from _next(terms)
    yield _closing(terms)


def _addresses(terms: OutcomeLetterTerms) -> Columns:
    to = [paragraph(value(line), PLAIN) for line in (terms.recipient, *terms.address)]
    about = [
        paragraph(day(terms.written_on), PLAIN),
        paragraph(f"Decision of {day(terms.decided_on)}", PLAIN),
        paragraph(["Application ", value(terms.reference)], PLAIN),
    ]
    return Columns([to, about], after=6)


def _opening(terms: OutcomeLetterTerms) -> Text:
    return [
        "Thank you for applying to the call ",
        value(terms.call),
        " with ",
        emphasised(terms.title),
        ". We know how much work an application is.",
    ]


def _feedback(terms: OutcomeLetterTerms) -> Iterator[Block]:
    if not terms.criteria:
        return
    yield heading("What the panel said, criterion by criterion")
    for each in terms.criteria:
        yield paragraph(value(each.criterion), LABEL)
        yield from prose(each.feedback)


def _field(terms: OutcomeLetterTerms) -> Iterator[Block]:
    if terms.applied is None or terms.funded is None:
        return
    yield heading("The call in figures")
    yield paragraph(f"The call drew {counted(terms.applied, 'application')}, and {terms.funded:,} will be funded.")


def _next(terms: OutcomeLetterTerms) -> Iterator[Block]:
    if terms.next_call is None:
        return
    opens = f" opens on {day(terms.next_call.opens_on)}." if terms.next_call.opens_on else " is in preparation."
    where = f" You find it at {terms.next_call.address}." if terms.next_call.address else ""
    yield heading("The next call")
    yield paragraph([value(terms.next_call.title), f"{opens}{where} You are welcome to apply again."])


def _closing(terms: OutcomeLetterTerms) -> Together:
    questions = f"Questions about this letter reach us at {terms.questions_to}. " if terms.questions_to else ""
    return Together(
        [
            paragraph(f"{questions}Thank you for the work you put into this field."),
            Gap(SIGNING_ROOM),
            Columns([signature(terms.signatory, ["for the ", value(terms.issue.fund)]), []]),
            *proof(terms.issue),
        ]
    )
