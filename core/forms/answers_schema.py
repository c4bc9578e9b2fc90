"""The JSON Schema (2020-12) of the answers to a form. It refuses nothing that pages and interface accept.

What it cannot say stands under `x-rules`, in sentences.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.forms.definition import OWN_TABLE, Condition, FormDefinition, Kind, Question
from core.forms.schema import DIALECT


def answers_schema(
    form: FormDefinition, *, themes: Sequence[str] = (), currency: str = "USD", title: str = ""
) -> dict[str, Any]:
    """Return the schema of the answers of a complete application, by the keys of their questions."""
    asked = [question for question in form.questions() if question.kind not in OWN_TABLE]
    always = [question for question in asked if question.shown_if is None]
    sometimes = [question for question in asked if question.shown_if is not None]
    return {
        "$schema": DIALECT,
        "title": title or "Answers",
        "type": "object",
        "additionalProperties": False,
        "required": [question.key for question in always if question.required],
        "properties": {
            question.key: _named(question)
            | (_strict(question, themes) if question.shown_if is None else _shape(question))
            for question in asked
        },
        "allOf": [_if_shown(question, themes) for question in sometimes],
        "x-rules": list(_rules(form, currency)),
    }


def _named(question: Question) -> dict[str, Any]:
    help_text = {"description": question.help} if question.help else {}
    return {"title": question.label, **help_text}


def _shape(question: Question) -> dict[str, Any]:
    """Return what an answer is, whatever it says."""
    if question.kind == Kind.CHOICES:
        return {"type": "array", "items": {"type": "string"}}
    if question.kind == Kind.TABLE:
        cells = {"type": "array", "maxItems": len(question.columns), "items": {"type": "string"}}
        return {"type": "array", "items": cells}
    return {"type": "string"}


def _strict(question: Question, themes: Sequence[str]) -> dict[str, Any]:
    """Return what a good answer is, as far as a schema can say it; "" is a good answer where none is needed."""
    shape = _shape(question)
    offered = _offered(question, themes)
    empty = [] if question.required else [""]
    if question.kind == Kind.CHOICES:
        shape["items"] = {"enum": [*(offered or ()), ""]}
    elif offered is not None:
        shape = {"enum": [*offered, *empty]}
    elif question.required and question.kind in _PATTERNS:
        shape["pattern"] = _PATTERNS[question.kind]
    if question.required:
        shape["minItems" if shape.get("type") == "array" else "minLength"] = 1
    return shape


# None is anchored: what stands round an answer is taken off, and languages differ in what white space is.
_PATTERNS: Mapping[Kind, str] = {
    Kind.NUMBER: "[0-9]",
    Kind.DATE: "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    Kind.COUNTRY: "[A-Za-z]{2}",
    Kind.ORCID: "[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx]",
}


def _offered(question: Question, themes: Sequence[str]) -> list[str] | None:
    stopped = {value for value, _sentence in question.stops}
    if question.kind == Kind.YES_NO:
        return [value for value in ("yes", "no") if value not in stopped]
    if question.kind == Kind.DECLARATION:
        return ["yes"]
    if question.kind == Kind.THEME:
        return list(themes)
    if question.kind in {Kind.CHOICE, Kind.CHOICES}:
        return [value for value, _label in question.choices if value not in stopped]
    return None


def _if_shown(question: Question, themes: Sequence[str]) -> dict[str, Any]:
    then: dict[str, Any] = {"properties": {question.key: _strict(question, themes)}}
    if question.required:
        then["required"] = [question.key]
    return {"if": {"allOf": list(_conditions(question))}, "then": then}


def _conditions(question: Question) -> Iterator[dict[str, Any]]:
    """Yield what has to hold for a question to be shown: its condition, and those of what it asks for."""
    condition: Condition | None = question.shown_if
    while condition is not None:
        values: dict[str, Any] = {"enum": list(condition.values)}
        if condition.asked is not None and condition.asked.kind == Kind.CHOICES:
            values = {"contains": values}
        yield {"properties": {condition.question: values}, "required": [condition.question]}
        condition = condition.asked.shown_if if condition.asked is not None else None


def _rules(form: FormDefinition, currency: str) -> Iterator[dict[str, str]]:
    """Yield what the schema cannot say, for the form (no question) and for its questions."""
    yield {"question": "", "rule": "An answer to a question that is not shown is kept and not read."}
    yield {"question": "", "rule": "White space round an answer is taken off; an answer of nothing else is none."}
    yield {"question": "", "rule": "Characters count after NFC, a line end as one. The null character is taken out."}
    for question in form.questions():
        for rule in _rules_of(question, currency):
            yield {"question": question.key, "rule": rule}


def _rules_of(question: Question, currency: str) -> Iterator[str]:
    if question.max_words:
        yield f"At most {question.max_words} words: runs between white space; each Han or Kana character is one."
    if question.max_chars:
        yield f"At most {question.max_chars} characters."
    if question.least or question.most:
        yield f"From {question.least or 'any'} to {question.most or 'any'}."
    if question.kind in {Kind.CHOICE, Kind.YES_NO} and question.stops:
        yield "An answer that is not offered here ends the application: " + question.stops[0][1]
    if question.role == "months":
        yield "A whole number, within the lengths of projects of the call."
    yield from _RULES.get(question.kind, (f"An amount in {currency}, in its minor units.",)
                          if question.kind == Kind.MONEY else ())  # fmt: skip
    if question.kind == Kind.TABLE:
        yield from _table_rules(question)


_RULES: Mapping[Kind, tuple[str, ...]] = {
    Kind.NUMBER: ("A number in figures: commas only between thousands, a point before decimals.",),
    Kind.DATE: ("A day of the calendar as year-month-day.",),
    Kind.COUNTRY: ("A code of ISO 3166-1 of two letters.",),
    Kind.ORCID: ("An ORCID iD with the check digit of ISO 7064 MOD 11-2, or its address.",),
    Kind.ORGANISATION: ("A name; or a ROR id or its address, with its two check digits.",),
    Kind.FILE: ("Attached by itself: kind by content, size, no active content. It is not among the answers.",),
    Kind.TEAM: ("Rows of their own, not among the answers: one principal investigator, under the call's cap.",),
    Kind.BUDGET: (
        "Rows of their own, not among the answers: their sum is the amount that is requested.",
        "The amount is within the call's least and most; indirect costs and categories keep to their caps.",
    ),
}


def _table_rules(question: Question) -> Iterator[str]:
    yield "Rows in which nothing stands are taken out, short rows are filled up."
    if question.least_rows:
        yield f"At least {question.least_rows} rows, if any."
    if question.most_rows:
        yield f"At most {question.most_rows} rows."
    for column in question.columns:
        needed = "needed in each row" if column.required else "may be empty"
        yield f"Column “{column.label}”: a {column.kind.replace('_', ' ')}, {needed}."
