"""All questions of a call as a document to read before one starts: PDF. Plain values in, bytes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.pdf.blocks import Block, heading, paragraph, part, prose, title
from core.pdf.captions import Captioned
from core.pdf.document import make_document
from core.pdf.items import Items
from core.pdf.styles import CAPTION, LABEL, NOTE
from core.pdf.tables import Column, Table, facts
from core.pdf.words import Text, strong, value
from reports.builders.issue import Issue


@dataclass(frozen=True, slots=True)
class QuestionTerms:
    """One question: its number, what it asks, how it is answered, and when it is asked at all."""

    number: str
    label: str
    answer: str
    is_required: bool
    help: str = ""
    condition: str = ""
    choices: tuple[str, ...] = ()
    heading: str = ""

    @property
    def kind(self) -> str:
        """Say how it is answered, and whether it has to be."""
        needed = _("needed") if self.is_required else _("optional")
        return f"{self.answer[:1].upper()}{self.answer[1:]} · {needed}"


@dataclass(frozen=True, slots=True)
class SectionTerms:
    """One section of the form."""

    title: str
    intro: str
    questions: tuple[QuestionTerms, ...]


@dataclass(frozen=True, slots=True)
class CallTerms:
    """Everything that the document says of a call."""

    issue: Issue
    title: str
    summary: str
    address: str
    form: str
    dated: date
    dates: tuple[tuple[str, str], ...]
    money: tuple[tuple[str, str], ...]
    eligibility: str
    quiz: tuple[tuple[str, tuple[str, ...]], ...]
    criteria: tuple[tuple[str, str, str], ...]
    scale: str
    sections: tuple[SectionTerms, ...]

    @property
    def lead(self) -> str:
        """Say what the document is for."""
        return _(
            "All questions of the application, to read and to share before you start. Answers are given on the call’s "
            "page, where they are saved while you type. Where this paper and that page differ, the page holds."
        )


def build_questions_pdf(terms: CallTerms) -> bytes:
    """Set the questions and return the PDF."""
    imprint = terms.issue.imprint(
        kind=_("All questions"), reference=terms.form, dated=terms.dated,
        title=_("All questions: %(call)s") % {"call": terms.title}, foot=terms.address,
    )  # fmt: skip
    return make_document(imprint, _blocks(terms))


def _blocks(terms: CallTerms) -> Iterator[Block]:
    yield title(value(terms.title))
    yield from prose(terms.summary)
    yield paragraph(terms.lead, NOTE)
    yield heading(_("Dates"))
    yield facts([(label, strong(words)) for label, words in terms.dates])
    yield heading(_("Money and length"))
    yield facts(list(terms.money))
    if terms.eligibility:
        yield heading(_("Who can apply"))
        yield from prose(terms.eligibility)
    yield from _quiz(terms)
    yield from _criteria(terms)
    for section in terms.sections:
        yield from _section(section)


def _quiz(terms: CallTerms) -> Iterator[Block]:
    if not terms.quiz:
        return
    yield heading(_("Asked before you start"))
    for question, answers in terms.quiz:
        yield paragraph(value(question), LABEL)
        yield Items([value(answer) for answer in answers])


def _criteria(terms: CallTerms) -> Iterator[Block]:
    if not terms.criteria:
        return
    yield heading(_("How applications are judged"))
    columns = [
        Column(_("Criterion"), 2),
        Column(_("What reviewers ask"), 4),
        Column(_("Weight"), fits=True, is_number=True),
    ]
    cells: list[list[Text]] = [[value(label), value(asked), weight] for label, asked, weight in terms.criteria]
    yield Captioned(Table(columns, cells, before=2), [value(terms.scale)])


def _section(section: SectionTerms) -> Iterator[Block]:
    yield part(value(section.title))
    if section.intro:
        yield from prose(section.intro)
    for question in section.questions:
        if question.heading:
            yield heading(value(question.heading))
        yield paragraph([f"{question.number}  ", value(question.label)], LABEL)
        yield paragraph(question.kind, CAPTION if question.help or question.choices else NOTE)
        if question.condition:
            yield paragraph(value(question.condition), CAPTION if question.help or question.choices else NOTE)
        if question.help:
            yield from prose(question.help)
        yield Items([value(choice) for choice in question.choices])
