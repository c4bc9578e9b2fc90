"""What is wrong with an answer, in the words of the person who mends it.

An answer is kept as it was typed: a text, a list of texts where several may be chosen, a list of rows of texts for a
table. So nothing typed is ever lost; it is read strictly when the form is checked. The pages and the interface both
go through `as_typed` and `section_problems`, so that they cannot disagree.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import money
from core.forms import tables
from core.forms.definition import OWN_TABLE, FormDefinition, Kind, Question, Section
from core.forms.reading import read_date, read_number, read_orcid, read_organisation, storable
from core.people.models import check_country
from core.words import count_characters, count_words

type Answer = str | list[str] | list[list[str]]

CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.THEME, Kind.DECLARATION})
"""Kinds whose answer is one of the values that are offered, exactly."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where, and what to do."""

    section: str
    question: str
    label: str
    message: str


def as_typed(question: Question, value: Any) -> Answer:
    """Return what is kept of an answer, or say in which shape to send it.

    Only what no database can keep is taken out, and the rows of a table in which nothing stands.
    """
    if question.kind == Kind.TABLE:
        return tables.as_rows(question, value)
    if question.kind == Kind.CHOICES:
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ValidationError({question.key: _("Send this answer as a list of texts.")})
        return [text for each in value if (text := storable(each))]
    if not isinstance(value, str):
        raise ValidationError({question.key: _("Send this answer as a text.")})
    # A form sends its line ends otherwise than a script does; the same text must not look like two.
    return storable(value).replace("\r\n", "\n").replace("\r", "\n")


def as_text(answer: Any) -> str:
    """Write an answer as one text: lines for several choices, lines of cells between tabs for a table."""
    if isinstance(answer, str):
        return answer
    return "\n".join(each if isinstance(each, str) else tables.TAB.join(each) for each in answer or ())


def is_empty(question: Question, answer: Any) -> bool:
    """Whether nothing is answered; a space is no word, but it is no choice either."""
    if isinstance(answer, str) and question.kind not in CHOSEN:
        return not answer.strip()
    return not answer


def problem_with(question: Question, answer: Answer | None, currency: str = "USD") -> str | None:
    """Return the sentence that helps, or None if the answer is good."""
    if answer is None or is_empty(question, answer):
        return _missing(question) if question.required else None
    try:
        if question.kind == Kind.TABLE:
            tables.check_rows(question, answer, lambda kind, text: _check_cell(kind, text, currency))
        elif question.kind == Kind.MONEY:
            _check_range(question, money.parse(str(answer), currency))
        else:
            _CHECKS.get(question.kind, _check_text)(question, answer)
    except ValidationError as error:
        return " ".join(error.messages)
    return None


def problems(form: FormDefinition, answers: Mapping[str, Any], currency: str = "USD") -> Iterator[Problem]:
    """Yield every problem of the answers, in the form's order; tables of their own are checked by their owners."""
    for section in form.sections:
        yield from section_problems(section, answers, currency)


def section_problems(section: Section, answers: Mapping[str, Any], currency: str = "USD") -> Iterator[Problem]:
    """Yield the problems of one section."""
    for question in section.questions:
        if question.kind in OWN_TABLE or not question.is_shown(answers):
            continue
        if message := problem_with(question, answers.get(question.key), currency):
            yield Problem(section.key, question.key, question.label, message)


def _missing(question: Question) -> str:
    if question.kind == Kind.DECLARATION:
        sentence = _("Confirm this to go on: %(label)s")
    elif question.kind == Kind.TABLE:
        sentence = _("Add a row: %(label)s")
    elif question.kind in CHOSEN or question.kind == Kind.COUNTRY:
        sentence = _("Choose an answer: %(label)s")
    else:
        sentence = _("Write an answer: %(label)s")
    return sentence % {"label": question.label}


def _check_text(question: Question, answer: Answer) -> None:
    text = str(answer)
    if question.max_words and (over := count_words(text) - question.max_words) > 0:
        sentence = ngettext("Shorten this answer by %(over)d word.", "Shorten this answer by %(over)d words.", over)
        raise ValidationError(sentence % {"over": over})
    if question.max_chars and (over := count_characters(text) - question.max_chars) > 0:
        sentence = ngettext(
            "Shorten this answer by %(over)d character.", "Shorten this answer by %(over)d characters.", over
        )
        raise ValidationError(sentence % {"over": over})


def _check_number(question: Question, answer: Answer) -> None:
    _check_range(question, read_number(str(answer)))


def _check_range(question: Question, number: Decimal) -> None:
    if question.least and number < read_number(question.least):
        raise ValidationError(_("Write %(least)s or more.") % {"least": question.least})
    if question.most and number > read_number(question.most):
        raise ValidationError(_("Write %(most)s or less.") % {"most": question.most})


def _check_date(question: Question, answer: Answer) -> None:
    day = read_date(str(answer))
    if question.least and day < read_date(question.least):
        raise ValidationError(_("Write a date on or after %(least)s.") % {"least": question.least})
    if question.most and day > read_date(question.most):
        raise ValidationError(_("Write a date on or before %(most)s.") % {"most": question.most})


def _check_choice(question: Question, answer: Answer) -> None:
    _check_offered(answer, [value for value, _label in question.choices])
    _check_stops(question, answer)


def _check_yes_no(question: Question, answer: Answer) -> None:
    if answer not in {"yes", "no"}:
        raise ValidationError(_("Choose yes or no."))
    _check_stops(question, answer)


def _check_offered(answer: Answer, offered: Sequence[str]) -> None:
    given = answer if isinstance(answer, list) else [answer]
    if not all(each in offered for each in given):
        raise ValidationError(_("Choose one of the answers that are offered."))


def _check_stops(question: Question, answer: Answer) -> None:
    for value, sentence in question.stops:
        if answer == value:
            raise ValidationError(str(sentence))


def _check_declaration(question: Question, answer: Answer) -> None:
    if answer != "yes":
        raise ValidationError(_missing(question))


def _check_cell(kind: Kind, text: str, currency: str) -> None:
    if kind == Kind.NUMBER:
        read_number(text)
    elif kind == Kind.MONEY:
        money.parse(text, currency)
    elif kind == Kind.DATE:
        read_date(text)


_CHECKS: dict[Kind, Callable[[Question, Answer], object]] = {
    Kind.NUMBER: _check_number,
    Kind.DATE: _check_date,
    Kind.COUNTRY: lambda question, answer: check_country(str(answer).strip().upper()),
    Kind.CHOICE: _check_choice,
    Kind.CHOICES: _check_choice,
    Kind.YES_NO: _check_yes_no,
    Kind.THEME: lambda question, answer: None,  # the call knows its themes, not the form
    Kind.ORCID: lambda question, answer: read_orcid(str(answer)),
    Kind.ORGANISATION: lambda question, answer: read_organisation(str(answer)),
    Kind.DECLARATION: _check_declaration,
}
