"""A form's JSON as the builder shows it: sections with their questions, each described in a few words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.forms.kinds import ONCE, Kind
from fund.building.edits import Content, questions_in
from fund.building.kinds import ROLE_WORDS, label_of


@dataclass(frozen=True, slots=True)
class Row:
    """One question."""

    key: str
    label: str
    kind: str
    notes: tuple[str, ...]
    can_copy: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One section."""

    key: str
    title: str
    intro: str
    rows: tuple[Row, ...]


def of(content: Content) -> list[Part]:
    """Describe a form."""
    labels = {each["key"]: each["label"] for each in questions_in(content)}
    return [
        Part(
            each["key"], each["title"], each.get("intro") or "",
            tuple(_row(question, labels) for question in each.get("questions", [])),
        )
        for each in content["sections"]
    ]  # fmt: skip


def _row(raw: Mapping[str, Any], labels: Mapping[str, str]) -> Row:
    return Row(
        raw["key"], raw["label"], label_of(raw["kind"]), tuple(_notes(raw, labels)), Kind(raw["kind"]) not in ONCE
    )


def _notes(raw: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[str]:
    yield from _sizes(raw)
    if not raw.get("required") and Kind(raw["kind"]) not in ONCE:
        yield _("optional")
    if raw.get("content_note"):
        yield _("content note")
    if role := raw.get("role"):
        yield _("used as: %(role)s") % {"role": ROLE_WORDS.get(role, role)}
    if shown := raw.get("shown_if"):
        yield _("only after “%(question)s”") % {"question": labels.get(shown["question"], shown["question"])}


def _sizes(raw: Mapping[str, Any]) -> Iterator[str]:
    if raw.get("max_words"):
        yield _("%(number)s words") % {"number": raw["max_words"]}
    if raw.get("max_chars"):
        yield _("%(number)s characters") % {"number": raw["max_chars"]}
    if raw.get("choices"):
        yield _("%(number)s answers") % {"number": len(raw["choices"])}
    if raw.get("columns"):
        yield _("%(number)s columns") % {"number": len(raw["columns"])}
