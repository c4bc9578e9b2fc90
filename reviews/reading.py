"""A submitted application as its reviewer reads it: in parts, hard text behind a note, and blind where the call is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from applications.content import NAMING, NAMING_ROLES
from applications.models import ApplicationVersion
from core.forms.definition import FormDefinition, Kind
from core.people import cv
from core.words import count_words

IN_THE_HEAD = {"title", "theme", "months", *NAMING_ROLES}
"""Roles whose answers stand under the title already, or stay hidden."""


@dataclass(frozen=True)
class Text:
    """One answer: a text for reading, or a short fact."""

    label: str
    words: str
    is_long: bool
    has_content_note: bool

    @property
    def is_fact(self) -> bool:
        """Whether it is short, and may be read at a glance."""
        return not self.is_long and not self.has_content_note

    @property
    def length(self) -> int:
        """How many words it has, rounded to tens: what a closed content note says of it."""
        return max(10, round(count_words(self.words) / 10) * 10)


@dataclass(frozen=True)
class Part:
    """One part of the application, as the list of parts names it."""

    key: str
    title: str
    texts: tuple[Text, ...] = ()
    count: int | None = None

    @property
    def blocks(self) -> list[list[Text]]:
        """The texts in their order: short facts that follow each other together, each text for reading alone."""
        blocks: list[list[Text]] = []
        for text in self.texts:
            if blocks and text.is_fact and blocks[-1][-1].is_fact:
                blocks[-1].append(text)
            else:
                blocks.append([text])
        return blocks


@dataclass(frozen=True)
class BudgetTable:
    """The budget by category and year."""

    currency: str
    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Decimal | None, ...], Decimal], ...]
    sums: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True)
class Reading:
    """A whole application for reading."""

    parts: tuple[Part, ...]
    team: tuple[dict[str, Any], ...]
    budget: BudgetTable | None
    is_blind: bool
    contents: tuple[Part, ...] = field(default=())


def reading_of(version: ApplicationVersion, *, is_blind: bool, files: int) -> Reading:
    """Arrange a version for its reader; blind, without anything that says who applies."""
    content = version.content
    parts = tuple(_parts(content, version.form.definition, is_blind))
    team = () if is_blind else tuple(_member(each) for each in content.get("team", ()))
    budget = _budget(content.get("budget") or {})
    others = [
        Part("people", _("People"), count=len(team)) if team else None,
        Part("money", _("Budget in figures")) if budget else None,
        Part("files", _("Attachments"), count=files) if files else None,
    ]
    return Reading(parts, team, budget, is_blind, (*parts, *filter(None, others)))


def _parts(content: dict[str, Any], form: FormDefinition, is_blind: bool) -> Iterator[Part]:
    for section in content.get("sections", ()):
        texts = tuple(_texts(section, form, is_blind))
        if texts:
            yield Part(f"part-{section['key']}", section["title"], texts)


def _texts(section: dict[str, Any], form: FormDefinition, is_blind: bool) -> Iterator[Text]:
    for answer in section["answers"]:
        question = form.question(answer["key"])
        role = question.role if question else ""
        kind = answer["kind"]
        if not answer["words"] or kind == Kind.DECLARATION or role in IN_THE_HEAD or (is_blind and kind in NAMING):
            continue
        yield Text(
            answer["label"], answer["words"], kind in {Kind.LONG_TEXT, Kind.TABLE}, bool(answer.get("content_note"))
        )


def _member(member: dict[str, Any]) -> dict[str, Any]:
    return member | {"modules": cv.in_words(member.get("cv") or {})}


def _budget(content: dict[str, Any]) -> BudgetTable | None:
    lines = content.get("lines") or ()
    if not lines:
        return None
    years = tuple(sorted({line["year"] for line in lines}))
    labels = {line["category"]: line["category_label"] for line in lines}
    sums: dict[tuple[str, int], Decimal] = {}
    for line in lines:
        place = line["category"], line["year"]
        sums[place] = sums.get(place, Decimal(0)) + Decimal(line["amount"])
    rows = tuple(
        (label, tuple(sums.get((key, year)) for year in years),
         sum((sums.get((key, year), Decimal(0)) for year in years), Decimal(0)))
        for key, label in labels.items()
    )  # fmt: skip
    by_year = tuple(sum((value for (__, y), value in sums.items() if y == year), Decimal(0)) for year in years)
    return BudgetTable(content["currency"], years, rows, by_year, sum(by_year, Decimal(0)))
