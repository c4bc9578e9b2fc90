"""What an answer says in a column of its application: title, theme, amount … repeat answers, to be sorted by."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from core.forms.definition import Question
from core.people.models import check_country
from core.people.register import organisation_named
from fund.models import Call


def columns_for(question: Question, value: Any, call: Call) -> dict[str, Any]:
    """Return the columns that an answer fills; one that cannot be read leaves its column empty."""
    reader = _READERS.get(question.role)
    return reader(value.strip(), call) if reader and isinstance(value, str) else {}


def _title(text: str, call: Call) -> dict[str, Any]:
    return {"title": " ".join(text.split())[:300]}


def _summary(text: str, call: Call) -> dict[str, Any]:
    return {"summary": text}


def _theme(text: str, call: Call) -> dict[str, Any]:
    return {"theme": call.themes.filter(slug=text).first() if text else None}


def _host(text: str, call: Call) -> dict[str, Any]:
    found = organisation_named(text) if text else None
    return {"host": found, "host_name": found.name if found else text[:300]}


def _country(text: str, call: Call) -> dict[str, Any]:
    try:
        check_country(text.upper())
    except ValidationError:
        return {"country": ""}
    return {"country": text.upper()}


def _months(text: str, call: Call) -> dict[str, Any]:
    with suppress(InvalidOperation):
        number = Decimal(text)
        if number.is_finite() and number == number.to_integral_value() and 0 < number < 1000:
            return {"months": int(number)}
    return {"months": None}


def _starts_on(text: str, call: Call) -> dict[str, Any]:
    with suppress(ValueError):
        return {"starts_on": date.fromisoformat(text)}
    return {"starts_on": None}


_READERS: dict[str, Callable[[str, Call], dict[str, Any]]] = {
    "title": _title,
    "summary": _summary,
    "theme": _theme,
    "host": _host,
    "country": _country,
    "months": _months,
    "starts_on": _starts_on,
}
