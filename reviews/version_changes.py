"""What changed between two submitted versions, for those who asked for the correction. Pure: two frozen contents in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications.content import names_its_applicant
from core.comparison import Piece, compare
from core.forms.definition import FormDefinition


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One answer or table that is not what it was."""

    label: str
    pieces: list[Piece]


def changes_between(
    before: dict[str, Any], after: dict[str, Any], form: FormDefinition, *, is_blind: bool = False
) -> list[VersionChange]:
    """Return what differs, in the order of the newer form; blind, without anything that says who applies."""
    old, new = (dict(_parts(content, form, is_blind)) for content in (before, after))
    keys = [*new, *(key for key in old if key not in new)]
    found = []
    for key in keys:
        label, words = new.get(key) or (old[key][0], "")
        was = old.get(key, ("", ""))[1]
        if words != was:
            found.append(VersionChange(label, compare(was, words)))
    return found


def _parts(content: dict[str, Any], form: FormDefinition, is_blind: bool) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each part with its label and its words, by a key of its own."""
    for section in content["sections"]:
        for answer in section["answers"]:
            if not (is_blind and names_its_applicant(answer, form)):
                yield f"answer-{answer['key']}", (answer["label"], answer["words"])
    budget = content["budget"]
    lines = [
        f"{each['category_label']}, {each['description']}, {each['year']}: {each['amount']}" for each in budget["lines"]
    ]
    yield "budget", (_("Budget"), "\n".join(lines))
    if is_blind:
        return
    team = [
        ", ".join(filter(None, [each["name"], each["part_label"], each["organisation"]])) for each in content["team"]
    ]
    yield "team", (_("Team"), "\n".join(team))
    files = [f"{each['name']} ({each['sha256'][:12]})" for each in content["attachments"]]
    yield "files", (_("Attachments"), "\n".join(files))
