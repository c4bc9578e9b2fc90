"""What a submitted version holds: the whole application as plain values, frozen with its hash.

The content is JSON without a date or a number that the database gives, so that the same application always has the
same hash. Amounts are texts in the currency's minor units, dates are ISO 8601.
"""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from applications import budget
from applications.checks import answers_of
from applications.models import Application, ApplicationVersion, Attachment
from core import money
from core.forms.definition import OWN_TABLE, FormDefinition, Kind, Question
from core.forms.reading import read_number, read_orcid, read_organisation
from core.people.models import country_name
from core.words import normal


@translation.override(settings.LANGUAGE_CODE)
def content_of(application: Application) -> dict[str, Any]:
    """Return everything that is submitted: answers with their questions, team, budget, attachments' hashes.

    Its words are the form's own language whoever submits, so that the hash depends on the application alone.
    """
    return {
        "schema": "application-version/1",
        "call": {"slug": application.call.slug, "title": application.call.title},
        "form": {"title": application.form.title, "number": application.form.number},
        "columns": _columns(application),
        "sections": _sections(application),
        "team": [_member(each) for each in application.team.all()],
        "budget": _budget(application),
        "attachments": [_attachment(each) for each in _kept(application)],
    }


NAMING = {Kind.ORGANISATION, Kind.ORCID}
NAMING_ROLES = {"host", "country", "investigator"}


def names_its_applicant(answer: dict[str, Any], form: FormDefinition) -> bool:
    """Whether an answer of a version says who applies, so that it is hidden where the call hides that."""
    question = form.question(answer["key"])
    return answer["kind"] in NAMING or (question is not None and question.role in NAMING_ROLES)


def has_content_note(content: dict[str, Any]) -> bool:
    """Whether an answer of a version stands behind a content note."""
    return any(each["content_note"] and each["value"] for part in content["sections"] for each in part["answers"])


def answer_in_role(version: ApplicationVersion, role: str) -> Any:
    """Return a version's answer to the question that has a role in its form, or None."""
    question = version.form.definition.with_role(role)
    answers = {each["key"]: each["value"] for part in version.content["sections"] for each in part["answers"]}
    return answers.get(question.key) if question else None


def canonical(question: Question, value: Any, currency: str) -> Any:
    """Return an answer in its one written form: NFC text without spaces at its ends, plain figures, known order.

    What cannot be read, in a draft, stays as it was typed.
    """
    if question.kind == Kind.TABLE:
        return [
            [_canonical_text(column.kind, text, currency) for column, text in zip(question.columns, row, strict=False)]
            for row in value or []
        ]
    if question.kind == Kind.CHOICES:
        given = value if isinstance(value, list) else [value]
        return [key for key, _ in question.choices if key in given]
    return _canonical_text(question.kind, value, currency)


def _canonical_text(kind: Kind, value: Any, currency: str) -> str:
    text = normal(str(value)).strip()
    if not text:
        return ""
    with suppress(ValidationError):
        if kind == Kind.NUMBER:
            return f"{read_number(text).normalize():f}"
        if kind == Kind.MONEY:
            return money.plain(money.parse(text, currency), currency)
        if kind == Kind.ORCID:
            return read_orcid(text)
        if kind == Kind.ORGANISATION:
            return read_organisation(text)
    return text.upper() if kind == Kind.COUNTRY else text


def in_words(question: Question, value: Any, themes: dict[str, str]) -> str:
    """Return a canonical answer as people read it."""
    if question.kind == Kind.TABLE:
        return "\n".join(_row_in_words(question, row) for row in value)
    if question.kind == Kind.CHOICES:
        return "; ".join(str(label) for key, label in question.choices if key in value)
    labels: dict[Kind, dict[str, str]] = {
        Kind.CHOICE: {key: str(label) for key, label in question.choices},
        Kind.YES_NO: {"yes": "Yes", "no": "No"},
        Kind.DECLARATION: {"yes": "Confirmed"},
        Kind.THEME: themes,
    }
    if question.kind == Kind.COUNTRY:
        return country_name(value) or value
    if question.kind == Kind.DATE and value:
        return _day(value)
    return labels.get(question.kind, {}).get(value, value)


def _row_in_words(question: Question, row: list[str]) -> str:
    cells = zip(question.columns, row, strict=False)
    return "; ".join(
        f"{column.label}: {_day(text) if column.kind == Kind.DATE else text}" for column, text in cells if text
    )


def _day(value: str) -> str:
    with suppress(ValueError):
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return value


def _columns(application: Application) -> dict[str, Any]:
    return {
        "title": application.title,
        "theme": application.theme.slug if application.theme else "",
        "theme_name": application.theme.name if application.theme else "",
        "summary": application.summary,
        "host": application.host_name,
        "country": application.country,
        "months": application.months,
        "starts_on": application.starts_on.isoformat() if application.starts_on else None,
        "investigator": application.investigator_name,
    }


def _sections(application: Application) -> list[dict[str, Any]]:
    answers = answers_of(application)
    noted = _noted(application, answers)
    themes = {theme.slug: theme.name for theme in application.call.themes.all()}
    currency = application.call.currency
    return [
        {
            "key": section.key,
            "title": section.title,
            "answers": [
                _answer(question, answers.get(question.key, ""), themes, currency, noted)
                for question in section.questions
                if question.kind not in OWN_TABLE and question.is_shown(answers)
            ],
            "tables": [
                {"key": question.key, "kind": str(question.kind), "label": question.label}
                for question in section.questions
                if question.kind in OWN_TABLE and question.is_shown(answers)
            ],
        }
        for section in application.form.definition.sections
    ]


def _noted(application: Application, answers: dict[str, Any]) -> set[str]:
    """Return the questions whose answers stay closed until a reader opens them, as the applicant chose."""
    asked = application.form.definition.with_role("content_notes")
    chosen = answers.get(asked.key, []) if asked else []
    return set(chosen if isinstance(chosen, list) else [chosen])


def _answer(question: Question, value: Any, themes: dict[str, str], currency: str, noted: set[str]) -> dict[str, Any]:
    written = canonical(question, value, currency)
    return {
        "key": question.key,
        "kind": str(question.kind),
        "label": question.label,
        "content_note": question.content_note or question.key in noted,
        "value": written,
        "words": in_words(question, written, themes),
        **({"columns": [column.label for column in question.columns]} if question.columns else {}),
    }


def _member(member: Any) -> dict[str, Any]:
    return {
        "name": member.name,
        "part": member.part,
        "part_label": member.get_part_display(),
        "organisation": member.organisation_name,
        "orcid": member.orcid,
        **({"orcid_verified": True} if member.orcid_verified else {}),
        **({"cv": member.cv} if member.cv else {}),
    }


def _budget(application: Application) -> dict[str, Any]:
    currency, labels = application.call.currency, budget.categories_of(application.call)
    lines = budget.Budget.of(application.budget_lines.all())

    def plain(amount: Decimal) -> str:
        return money.plain(amount, currency)

    return {
        "currency": currency,
        "lines": [
            {
                "category": line.category,
                "category_label": labels.get(line.category, line.category),
                "description": line.description,
                "year": line.year,
                "amount": plain(line.amount),
            }
            for line in lines.lines
        ],
        "by_category": [
            {"category": key, "label": label, "amount": plain(lines.sum(key))} for key, label in labels.items()
        ],
        "direct": plain(lines.direct),
        "indirect": plain(lines.indirect),
        "total": plain(lines.total),
    }


def _kept(application: Application) -> list[Attachment]:
    return [each for each in application.attachments.all() if not each.is_quarantined]


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "question": attachment.question,
        "name": attachment.name,
        "kind": attachment.kind,
        "sha256": attachment.sha256,
        "size": attachment.size,
        "pages": attachment.pages,
    }
