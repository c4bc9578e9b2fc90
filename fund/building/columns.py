"""The columns of a table as lines: “Amount (money)”, “Since (date, optional)”."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms.kinds import Kind
from fund.keys import keyed

BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
WORDS: dict[str, str | Promise] = {
    str(Kind.SHORT_TEXT): gettext_lazy("text"),
    str(Kind.NUMBER): gettext_lazy("number"),
    str(Kind.MONEY): gettext_lazy("money"),
    str(Kind.DATE): gettext_lazy("date"),
}


def as_lines(columns: Iterable[Mapping[str, Any]]) -> list[str]:
    """Write each column as a line."""
    return [_line(each) for each in columns]


def from_lines(lines: list[str], old: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Read columns; one whose label stays keeps its key."""
    parts = [_parts(line) for line in lines]
    kept = {each["label"]: each["key"] for each in old}
    pairs = keyed([label for label, _said in parts], kept, most=40)
    return [
        {"key": key, "label": label, "kind": _kind(said), "required": _is_required(said)}
        for (key, label), (_label, said) in zip(pairs, parts, strict=True)
    ]


def _line(column: Mapping[str, Any]) -> str:
    said = [] if column["kind"] == Kind.SHORT_TEXT else [str(WORDS[column["kind"]])]
    said += [] if column.get("required") else [_("optional")]
    return f"{column['label']} ({', '.join(said)})" if said else str(column["label"])


def _parts(line: str) -> tuple[str, set[str]]:
    """Return the label and the words in brackets, unless the brackets say something else."""
    found = BRACKETS.search(line)
    said = {word.strip().lower() for word in found[1].split(",")} if found else set()
    known = {*WORDS, *(str(words) for words in WORDS.values()), "optional", _("optional")}
    return (BRACKETS.sub("", line), said) if said and said <= known else (line, set())


def _kind(said: set[str]) -> str:
    return next((kind for kind, words in WORDS.items() if {kind, str(words)} & said), str(Kind.SHORT_TEXT))


def _is_required(said: set[str]) -> bool:
    return not {"optional", _("optional")} & said
