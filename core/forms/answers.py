"""What is wrong with an answer, in the words of the person who mends it.

An answer is kept as it was typed, a text or a list of texts, so that nothing typed is ever lost;
it is read strictly when the form is checked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from core import money
from core.forms.definition import OWN_TABLE, FormDefinition, Kind, Question, Section
from core.people.identifiers import check_orcid
from core.people.models import check_country
from core.words import count_characters, count_words

Answer = str | list[str]

IN_FIGURES = "Write a number in figures, such as 12."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where, and what to do."""

    section: str
    question: str
    label: str
    message: str


def problem_with(question: Question, answer: Answer | None) -> str | None:
    """Return the sentence that helps, or None if the answer is good."""
    if not answer or (isinstance(answer, str) and not answer.strip()):
        return _missing(question) if question.required else None
    try:
        _CHECKS.get(question.kind, _check_text)(question, answer)
    except ValidationError as error:
        return " ".join(error.messages)
    return None


def problems(form: FormDefinition, answers: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield every problem of the answers, in the form's order; tables of their own are checked by their owners."""
    for section in form.sections:
        yield from section_problems(section, answers)


def section_problems(section: Section, answers: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problems of one section."""
    for question in section.questions:
        if question.kind in OWN_TABLE or not question.is_shown(answers):
            continue
        if message := problem_with(question, answers.get(question.key)):
            yield Problem(section.key, question.key, question.label, message)


def _missing(question: Question) -> str:
    if question.kind in {Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.THEME, Kind.COUNTRY}:
        return f"Choose an answer: {question.label}"
    if question.kind == Kind.DECLARATION:
        return f"Confirm this to go on: {question.label}"
    return f"Write an answer: {question.label}"


def _check_text(question: Question, answer: Answer) -> None:
    text = str(answer)
    if question.max_words and (over := count_words(text) - question.max_words) > 0:
        raise ValidationError(f"Shorten this answer by {over} {'word' if over == 1 else 'words'}.")
    if question.max_chars and (over := count_characters(text) - question.max_chars) > 0:
        raise ValidationError(f"Shorten this answer by {over} {'character' if over == 1 else 'characters'}.")


def _check_number(question: Question, answer: Answer) -> None:
    try:
        number = Decimal(str(answer).replace(",", "").strip())
    except InvalidOperation:
        raise ValidationError(IN_FIGURES) from None
    if not number.is_finite() or abs(number) >= 10**15:
        raise ValidationError(IN_FIGURES)
    _check_range(question, number)


def _check_money(question: Question, answer: Answer) -> None:
    _check_range(question, money.parse(str(answer), "USD"))


def _check_range(question: Question, number: Decimal) -> None:
    if question.least is not None and number < Decimal(question.least):
        raise ValidationError(f"Write {question.least} or more.")
    if question.most is not None and number > Decimal(question.most):
        raise ValidationError(f"Write {question.most} or less.")


def _check_date(question: Question, answer: Answer) -> None:
    try:
        date.fromisoformat(str(answer).strip())
    except ValueError:
        raise ValidationError("Write a date as year-month-day, such as 2027-06-01.") from None


def _check_choice(question: Question, answer: Answer) -> None:
    allowed = {value for value, _ in question.choices}
    given = answer if isinstance(answer, list) else [answer]
    if question.choices and not allowed.issuperset(given):
        raise ValidationError("Choose one of the answers that are offered.")


def _check_yes_no(question: Question, answer: Answer) -> None:
    if answer not in {"yes", "no"}:
        raise ValidationError("Choose yes or no.")


def _check_declaration(question: Question, answer: Answer) -> None:
    if answer != "yes":
        raise ValidationError(f"Confirm this to go on: {question.label}")


_CHECKS: dict[Kind, Callable[[Question, Answer], None]] = {
    Kind.NUMBER: _check_number,
    Kind.MONEY: _check_money,
    Kind.DATE: _check_date,
    Kind.COUNTRY: lambda question, answer: check_country(str(answer)),
    Kind.CHOICE: _check_choice,
    Kind.CHOICES: _check_choice,
    Kind.YES_NO: _check_yes_no,
    Kind.ORCID: lambda question, answer: check_orcid(str(answer).strip()),
    Kind.DECLARATION: _check_declaration,
}
