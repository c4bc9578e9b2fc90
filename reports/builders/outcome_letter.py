"""The outcome letter to an applicant who is not funded: what was decided, why, and what to take from it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.pdf.blocks import Block, Columns, paragraph, prose
from core.pdf.document import make_document
from core.pdf.styles import LABEL, PLAIN
from core.pdf.words import Text, value
from reports.builders.composing import Blocks, compose
from reports.builders.issue import Issue, Signatory, proof, signature
from reports.builders.languages import Speech, speech_of
from reports.builders.languages.speech import around
from reports.builders.template.kinds import OUTCOME_LETTER
from reports.builders.template.setting import Values, must_be_there, parts_of
from reports.builders.template.shipped import first_text

type Outcome = Literal["reserve", "decline", "ineligible"]


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
    outcome: Outcome
    rationale: str
    signatory: Signatory
    criteria: tuple[CriterionFeedback, ...] = ()
    applied: int | None = None
    funded: int | None = None
    next_call: NextCall | None = None
    questions_to: str = ""


def build_outcome_letter(terms: OutcomeLetterTerms, template: str = "") -> bytes:
    """Set the letter in its language and return the PDF; without a template it is the first one of the language."""
    speech = speech_of(terms.issue.language)
    blocks = _blocks(terms, speech)
    text = template or first_text(OUTCOME_LETTER.code, terms.issue.language)
    values = _values(terms, speech, blocks)
    must_be_there(OUTCOME_LETTER, values, "recipient", "reference")
    parts = parts_of(text, OUTCOME_LETTER, values)
    imprint = terms.issue.imprint(
        kind=speech.words.outcome_letter,
        dated=terms.written_on,
        speech=speech,
        reference=terms.reference,
        title=speech.words.outcome_title.format(number=terms.reference, title=terms.title),
    )
    return make_document(imprint, compose(parts, blocks))


def _values(terms: OutcomeLetterTerms, speech: Speech, blocks: Blocks) -> Values:
    coming = terms.next_call
    return {
        **{name: bool(found) for name, found in blocks.items()},
        "fund": value(terms.issue.fund),
        "project_title": value(terms.title),
        "written_on": speech.day(terms.written_on),
        "decided_on": speech.day(terms.decided_on),
        "reference": value(terms.reference),
        "call": value(terms.call),
        "recipient": value(terms.recipient),
        "outcome": terms.outcome,
        "applied": "" if terms.applied is None else speech.counted(terms.applied, speech.words.applications),
        "funded": "" if terms.funded is None else speech.number(terms.funded),
        "next_call": value(coming.title) if coming else "",
        "next_call_opens": speech.day(coming.opens_on) if coming and coming.opens_on else "",
        "next_call_address": coming.address if coming else "",
        "questions_to": terms.questions_to,
    }


def _blocks(terms: OutcomeLetterTerms, speech: Speech) -> Blocks:
    signs_for = around(speech.words.signs_for, fund=value(terms.issue.fund))
    return {
        "addresses": [_addresses(terms, speech)],
        "rationale": prose(terms.rationale),
        "feedback": _feedback(terms),
        "signatures": [Columns([signature(terms.signatory, signs_for), []]), *proof(terms.issue)],
    }


def _addresses(terms: OutcomeLetterTerms, speech: Speech) -> Columns:
    words = speech.words
    to: list[Text] = [value(line) for line in (terms.recipient, *terms.address)]
    about: list[Text] = [
        speech.day(terms.written_on),
        words.decision_of.format(day=speech.day(terms.decided_on)),
        around(words.application, reference=value(terms.reference)),
    ]
    return Columns([[paragraph(line, PLAIN) for line in lines] for lines in (to, about)], after=6)


def _feedback(terms: OutcomeLetterTerms) -> list[Block]:
    found: list[Block] = []
    for each in terms.criteria:
        found += [paragraph(value(each.criterion), LABEL), *prose(each.feedback)]
    return found
