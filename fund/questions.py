"""Says what a form asks, with each question's limit, so that people can read it all before they start."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.forms.definition import FormDefinition, Kind, Question
from core.language import counted, lazy
from fund.models import Call

ANSWERS = {
    Kind.NUMBER: lazy("a number"),
    Kind.MONEY: lazy("an amount"),
    Kind.DATE: lazy("a date"),
    Kind.COUNTRY: lazy("choose a country"),
    Kind.CHOICE: lazy("choose one"),
    Kind.CHOICES: lazy("choose all that fit"),
    Kind.YES_NO: lazy("yes or no"),
    Kind.ORCID: "an ORCID iD",
    Kind.ORGANISATION: lazy("an organisation"),
    Kind.THEME: lazy("choose one"),
    Kind.DECLARATION: lazy("confirm"),
    Kind.FILE: lazy("PDF, DOCX, XLSX or CSV; never images or video"),
    Kind.TABLE: lazy("a table"),
    Kind.TEAM: lazy("one entry a person"),
    Kind.BUDGET: lazy("lines by category and year"),
}


def answer_of(question: Question) -> str:
    """Say in a few words what sort of answer a question takes and how long it may be."""
    if question.max_words:
        return counted("%(number)s word", "%(number)s words", question.max_words)
    if question.max_chars:
        return counted("%(number)s character", "%(number)s characters", question.max_chars)
    return ANSWERS.get(question.kind, _("a short text"))


def count_of(definition: FormDefinition) -> int:
    """Return how many questions a form has."""
    return sum(1 for __ in definition.questions())


def as_text(call: Call) -> str:
    """Write the questions of a call as plain text, to be kept and shared."""
    return "\n".join(_lines(call)) + "\n"


def _lines(call: Call) -> Iterator[str]:
    yield call.title
    yield ""
    for number, section in enumerate(call.form.definition.sections, start=1):
        yield f"{number}. {section.title}"
        if section.intro:
            yield section.intro
        yield ""
        for place, question in enumerate(section.questions, start=1):
            yield from _question(f"{number}.{place}", question, call)
        yield ""


def _question(number: str, question: Question, call: Call) -> Iterator[str]:
    needed = "" if question.required else ", optional"
    yield f"{number} {question.label} ({answer_of(question)}{needed})"
    if question.help:
        yield f"    {question.help}"
    choices = [theme.name for theme in call.themes.all()] if question.kind == Kind.THEME else []
    for label in choices or [label for __, label in question.choices]:
        yield f"    - {label}"
