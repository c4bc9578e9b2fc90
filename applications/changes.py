"""What changed between two texts of an answer or two submitted versions, without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications.content import in_words
from core.comparison import Piece, compare
from core.forms.definition import Kind, Question


def text_of(question: Question, value: Any, themes: Mapping[str, str]) -> str:
    """Return an answer as it was typed as people read it: texts as they are, choices by their labels, a line each."""
    if isinstance(value, list):
        labels = dict(question.choices)
        return "\n".join(
            " | ".join(map(str, each)) if isinstance(each, list) else labels.get(str(each), str(each)) for each in value
        )
    if question.kind in {Kind.CHOICE, Kind.YES_NO, Kind.DECLARATION, Kind.THEME, Kind.COUNTRY, Kind.DATE}:
        return in_words(question, str(value), dict(themes))
    return str(value)


@dataclass(frozen=True)
class Change:
    """One answer or table that is not the same in two versions."""

    label: str
    pieces: list[Piece]
    content_note: bool = False


@dataclass(frozen=True)
class Part:
    """A section in which something changed."""

    title: str
    changes: list[Change]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Part]:
    """Return what changed from one submitted version's content to another's, section by section, word by word."""
    before, titles = _answers(old), {each["key"]: each["title"] for each in (*old["sections"], *new["sections"])}
    after = _answers(new)
    found: dict[str, list[Change]] = {key: [] for key in titles}
    for key in dict.fromkeys((*after, *before)):
        one, other = before.get(key, {}), after.get(key, {})
        if str(one.get("words", "")) != str(other.get("words", "")):
            shown = other or one
            pieces = compare(str(one.get("words", "")), str(other.get("words", "")))
            noted = bool(one.get("content_note") or other.get("content_note"))
            found[shown["section"]].append(Change(shown["label"], pieces, noted))
    parts = [Part(titles[key], changes) for key, changes in found.items() if changes]
    tables = [
        Change(label, compare(lines(old), lines(new)))
        for label, lines in ((_("Team"), _team), (_("Budget"), _budget), (_("Attachments"), _attachments))
        if lines(old) != lines(new)
    ]
    return parts + ([Part(_("Team, budget and attachments"), tables)] if tables else [])


def _answers(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        answer["key"]: answer | {"section": section["key"]}
        for section in content["sections"]
        for answer in section["answers"]
    }


def _team(content: Mapping[str, Any]) -> str:
    people = content["team"]
    return "\n".join(
        ", ".join(filter(None, (each["name"], each["part_label"], each["organisation"], each["orcid"])))
        for each in people
    )


def _budget(content: Mapping[str, Any]) -> str:
    currency = content["budget"]["currency"]
    return "\n".join(
        f"{each['category_label']}, {each['year']}: {each['description']}, {currency} {each['amount']}"
        for each in content["budget"]["lines"]
    )


def _attachments(content: Mapping[str, Any]) -> str:
    return "\n".join(f"{each['name']} ({each['sha256'][:12]})" for each in content["attachments"])
