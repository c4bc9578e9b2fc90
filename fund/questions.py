"""Says what a form asks, with each question's limit, so that people can read it all before they start."""

from collections.abc import Iterator

from core.forms.definition import FormDefinition, Kind, Question
from fund.models import Call

ANSWERS = {
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount",
    Kind.DATE: "a date",
    Kind.COUNTRY: "choose a country",
    Kind.CHOICE: "choose one",
    Kind.CHOICES: "choose all that fit",
    Kind.YES_NO: "yes or no",
    Kind.ORCID: "an ORCID iD",
    Kind.ORGANISATION: "an organisation",
    Kind.THEME: "choose one",
    Kind.DECLARATION: "confirm",
    Kind.FILE: "PDF, DOCX, XLSX or CSV; never images or video",
    Kind.TABLE: "a table",
    Kind.TEAM: "one entry a person",
    Kind.BUDGET: "lines by category and year",
}


def answer_of(question: Question) -> str:
    """Say in a few words what sort of answer a question takes and how long it may be."""
    if question.max_words:
        return f"{question.max_words:,} words"
    if question.max_chars:
        return f"{question.max_chars:,} characters"
    return ANSWERS.get(question.kind, "a short text")


def count_of(definition: FormDefinition) -> int:
    """Return how many questions a form has."""
    return sum(1 for _ in definition.questions())


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
    for label in choices or [label for _, label in question.choices]:
        yield f"    - {label}"
