"""Reads questions from lines, so that many are added in one go: “Background (400 words)”, “Status | Asked | Approved”."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.forms.kinds import TEXTS, WITH_CHOICES, Kind
from fund.keys import keyed

MOST_LINES = 60
LIMIT = re.compile(r"(\d[\d,]*)\s*(words?|char\w*)", re.IGNORECASE)
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
USUAL_WORDS = {Kind.LONG_TEXT: 300}
USUAL_CHARACTERS = {Kind.SHORT_TEXT: 200}


def read(text: str, kind: Kind) -> list[dict[str, Any]]:
    """Return one question for each line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:MOST_LINES]
    return [question(line, kind) for line in lines]


def question(line: str, kind: Kind) -> dict[str, Any]:
    """Read a line: the label, the answers to choose from after bars, and in brackets a limit or “optional”."""
    words, *answers = (part.strip() for part in line.split("|"))
    label, required, limits = words, True, {}
    if found := BRACKETS.search(words):
        limits = dict(_limits(found[1], kind))
        is_optional = _("optional") in found[1].lower() or "optional" in found[1].lower()
        if limits or is_optional:
            label, required = BRACKETS.sub("", words), not is_optional
    return {"kind": str(kind), "label": label, "required": required} | usual(kind) | limits | _choices(kind, answers)


def usual(kind: Kind) -> dict[str, Any]:
    """Return what a new question of a kind begins with."""
    if kind in USUAL_WORDS:
        return {"max_words": USUAL_WORDS[kind]}
    if kind in USUAL_CHARACTERS:
        return {"max_chars": USUAL_CHARACTERS[kind]}
    if kind == Kind.TABLE:
        return {
            "columns": [{"key": "what", "label": _("What"), "kind": "short_text", "required": True}],
            "most_rows": 20,
        }
    return {}


def as_choices(labels: list[str], kept: dict[str, str] | None = None) -> list[list[str]]:
    """Give each answer a short value; a label that was there keeps its own."""
    return [[key, label] for key, label in keyed(list(dict.fromkeys(labels)), kept or {}, most=40)]


def _limits(text: str, kind: Kind) -> Iterator[tuple[str, int | None]]:
    if kind not in TEXTS or not (found := LIMIT.search(text)):
        return
    number, is_words = int(found[1].replace(",", "")), found[2].lower().startswith("word")
    yield "max_words", number if is_words else None
    yield "max_chars", None if is_words else number


def _choices(kind: Kind, answers: list[str]) -> dict[str, Any]:
    if kind not in WITH_CHOICES:
        return {}
    return {"choices": as_choices([each for each in answers if each] or [_("First answer"), _("Second answer")])}
