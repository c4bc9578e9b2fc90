"""Reads questions from lines, so that a section or a whole form is added in one go.

“# Method” begins a section. “Background (400 words)”, “Since (date, optional)”, “Status | Asked for | Approved” and
“Milestones (table) | What | By (date)” are questions: in brackets the kind and limits, after bars answers or columns.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from core.forms.kinds import TEXTS, WITH_CHOICES, Kind
from fund.building.columns import from_lines
from fund.building.kinds import kind_called
from fund.keys import keyed

MOST_LINES = 300
"""So many lines are read at a time."""
LIMIT = re.compile(r"(\d[\d,]{0,11})\s*(words?|char\w*)", re.IGNORECASE)
BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
USUAL_WORDS = {Kind.LONG_TEXT: 300}
USUAL_CHARACTERS = {Kind.SHORT_TEXT: 200}

type Outline = list[tuple[str, list[dict[str, Any]]]]
"""Titles of sections with their questions; the first title is empty: what comes before any other section."""


def lines_of(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read(text: str, kind: Kind) -> Outline:
    """Return the questions of all lines, by section."""
    found: Outline = [("", [])]
    for line in lines_of(text):
        if line.startswith("#"):
            found.append((line.lstrip("#").strip()[:120] or _("Section"), []))
        else:
            found[-1][1].append(question(line, kind))
    return found


def question(line: str, kind: Kind) -> dict[str, Any]:
    """Read one line; what it does not say is as usual for the kind."""
    words, *parts = (part.strip() for part in line.split("|"))
    parts = [part for part in parts if part]
    label, said = _bracketed(words)
    named = [found for each in said if (found := kind_called(each))]
    kind = named[0] if named else Kind.CHOICE if parts and kind not in {*WITH_CHOICES, Kind.TABLE} else kind
    is_optional = bool({"optional", _("optional")} & set(said))
    limits = {name: value for each in said for name, value in _limits(each, kind)}
    new = {"kind": str(kind), "label": label, "required": not is_optional}
    return new | usual(kind) | limits | _of_parts(kind, parts)


def usual(kind: Kind) -> dict[str, Any]:
    """Return what a new question of a kind begins with."""
    if kind in USUAL_WORDS:
        return {"max_words": USUAL_WORDS[kind]}
    if kind in USUAL_CHARACTERS:
        return {"max_chars": USUAL_CHARACTERS[kind]}
    return {"most_rows": 20} if kind == Kind.TABLE else {}


def as_choices(labels: list[str], kept: dict[str, str] | None = None) -> list[list[str]]:
    """Give each answer a short value; a label that was there keeps its own."""
    return [[key, label] for key, label in keyed(list(dict.fromkeys(labels)), kept or {}, most=40)]


def _bracketed(words: str) -> tuple[str, list[str]]:
    """Return the label and what the brackets at its end say, unless they say something else."""
    found = BRACKETS.search(words)
    said = [each.strip().lower() for each in found[1].split(",")] if found else []
    known = all(kind_called(each) or LIMIT.fullmatch(each) or each in {"optional", _("optional")} for each in said)
    return (BRACKETS.sub("", words), said) if said and known else (words, [])


def _limits(said: str, kind: Kind) -> Iterator[tuple[str, int | None]]:
    if kind not in TEXTS or not (found := LIMIT.fullmatch(said)):
        return
    number, is_words = int(found[1].replace(",", "")), found[2].lower().startswith("word")
    yield "max_words", number if is_words else None
    yield "max_chars", None if is_words else number


def _of_parts(kind: Kind, parts: list[str]) -> dict[str, Any]:
    if kind in WITH_CHOICES:
        return {"choices": as_choices(parts or [_("First answer"), _("Second answer")])}
    return {"columns": from_lines(parts or [_("What")], [])} if kind == Kind.TABLE else {}
