"""Compares two versions of a form: what was added, removed, changed or moved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fund.building.kinds import label_of

NAMES: dict[str, str | Promise] = {
    "label": gettext_lazy("Question"), "help": gettext_lazy("Help"), "kind": gettext_lazy("Kind"),
    "required": gettext_lazy("Required"), "max_words": gettext_lazy("Most words"),
    "max_chars": gettext_lazy("Most characters"), "least": gettext_lazy("Least"), "most": gettext_lazy("Most"),
    "choices": gettext_lazy("Answers"), "columns": gettext_lazy("Columns"),
    "least_rows": gettext_lazy("Fewest rows"), "most_rows": gettext_lazy("Most rows"),
    "shown_if": gettext_lazy("Shown only if"), "content_note": gettext_lazy("Content note"),
    "role": gettext_lazy("Used as"), "section": gettext_lazy("Section"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detail:
    """One property that differs."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A question in both versions that is not the same any more."""

    key: str
    label: str
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A question in one version only."""

    key: str
    label: str
    section: str


@dataclass(frozen=True, slots=True)
class Differences:
    """All that is not the same in two versions; only a new order of questions is told as one."""

    added: tuple[Named, ...] = ()
    removed: tuple[Named, ...] = ()
    changed: tuple[Changed, ...] = ()
    sections: tuple[str, ...] = ()
    is_reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.sections or self.is_reordered)


type Rows = dict[str, tuple[str, Mapping[str, Any]]]


def between(old: Mapping[str, Any], new: Mapping[str, Any]) -> Differences:
    """Compare two forms' contents."""
    before, after = _rows(old), _rows(new)
    both = [key for key in after if key in before]
    return Differences(
        added=tuple(Named(key, raw["label"], title) for key, (title, raw) in after.items() if key not in before),
        removed=tuple(Named(key, raw["label"], title) for key, (title, raw) in before.items() if key not in after),
        changed=tuple(
            Changed(key, after[key][1]["label"], details)
            for key in both
            if (details := tuple(_details(before[key], after[key], before, after)))
        ),
        sections=tuple(_sections(old, new)),
        is_reordered=both != [key for key in before if key in after],
    )


def _rows(content: Mapping[str, Any]) -> Rows:
    return {each["key"]: (part["title"], each) for part in content["sections"] for each in part.get("questions", [])}


def _details(old: tuple[str, Any], new: tuple[str, Any], before: Rows, after: Rows) -> Iterator[Detail]:
    if old[0] != new[0]:
        yield Detail(str(NAMES["section"]), old[0], new[0])
    for name, words in NAMES.items():
        was, now = old[1].get(name) or "", new[1].get(name) or ""
        if was != now:
            yield Detail(str(words), _said(name, was, before), _said(name, now, after))


def _said(name: str, value: Any, rows: Rows) -> str:
    """Write a property as people read it."""
    if name in {"required", "content_note"}:
        return _("Yes") if value else _("No")
    if not value:
        return "—"
    if name == "kind":
        return label_of(value)
    if name == "choices":
        return "; ".join(label for _value, label in value)
    if name == "columns":
        return "; ".join(each["label"] for each in value)
    return _condition(value, rows) if name == "shown_if" else str(value)


def _condition(value: Mapping[str, Any], rows: Rows) -> str:
    asked = rows.get(value["question"], ("", {}))[1]
    labels = dict(asked.get("choices") or ())
    return _("“%(question)s” is answered with %(answers)s") % {
        "question": asked.get("label", value["question"]),
        "answers": ", ".join(f"“{labels.get(each, each)}”" for each in value["values"]),
    }


def _sections(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    before = {each["key"]: each for each in old["sections"]}
    after = {each["key"]: each for each in new["sections"]}
    for key, each in after.items():
        if key not in before:
            yield _("New section: %(title)s") % {"title": each["title"]}
        elif before[key]["title"] != each["title"]:
            yield _("Section “%(old)s” is now called “%(new)s”") % {"old": before[key]["title"], "new": each["title"]}
        elif (before[key].get("intro") or "") != (each.get("intro") or ""):
            yield _("The introduction of “%(title)s” is new") % {"title": each["title"]}
    yield from (
        _("Section removed: %(title)s") % {"title": each["title"]} for key, each in before.items() if key not in after
    )
