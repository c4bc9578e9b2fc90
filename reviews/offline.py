"""Scoring without a connection: the columns of the spreadsheet, and what a row of it changes. Pure but for the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fund.models import Criterion
from reviews.forms import COMMENT, SCORE, values_of
from reviews.models import Assignment, Review
from reviews.scale import NOT_APPLICABLE

LONGEST = 31_000
"""How much of a text a cell takes; what is longer is not touched unless its cell is changed."""
NONE_APPLIES = ("n", "na", "n/a")
REFERENCE, REVISION = "reference", "revision"


@dataclass(frozen=True)
class Column:
    """One column: what it holds, and what stands above it."""

    key: str
    label: str


def columns_of(criteria: Sequence[Criterion], scale: range) -> list[Column]:
    """Return the columns for a rubric, in the order of the score form."""
    least, most = scale[0], scale[-1]
    found = [
        Column(REFERENCE, _("Reference")),
        Column("title", _("Title")),
        Column(REVISION, _("Saved (leave as it is)")),
    ]
    for each in criteria:
        named = {"criterion": each.label, "least": least, "most": most}
        found += [
            Column(SCORE + each.key, _("%(criterion)s, %(least)s to %(most)s or n/a") % named),
            Column(COMMENT + each.key, _("Why, for %(criterion)s") % named),
        ]
    return [
        *found,
        Column("overall", _("Overall merit, %(least)s to %(most)s") % {"least": least, "most": most}),
        Column("public_comment", _("What the applicant will read")),
        Column("private_comment", _("For the panel only")),
        Column("notes", _("Your own notes")),
    ]


def line_of(assignment: Assignment, review: Review | None, columns: Sequence[Column]) -> list[str | int]:
    """Return one review as a row of the sheet."""
    values = values_of(review) | {REFERENCE: assignment.application.reference, "title": assignment.application.title}
    return [_shown(values.get(column.key)) for column in columns]


def _shown(value: Any) -> str | int:
    if value == NOT_APPLICABLE:
        return "n/a"
    return value if isinstance(value, int) else str(value or "")[:LONGEST]


def placed(header: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """Say which place of a row holds what, by the labels of the first row; columns may stand in any order."""
    keys = {column.label.casefold(): column.key for column in columns}
    return {at: keys[label] for at, words in enumerate(header) if (label := words.strip().casefold()) in keys}


def lines_in(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield every filled row below the first with its number, its cells by what they hold."""
    places = placed(rows[0], columns) if rows else {}
    for number, row in enumerate(rows[1:], 2):
        cells = {key: _plain(row[at]) for at, key in places.items() if at < len(row)}
        if any(cells.values()):
            yield number, cells


def _plain(cell: str) -> str:
    """Take off the sign that keeps a text from being read as a formula, and make all line ends one."""
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    return text[1:] if text.startswith("'") and text[1:2] in "=+-@\t\r\n" else text


def changes_in(cells: Mapping[str, str], review: Review | None) -> dict[str, Any]:
    """Return what a row says otherwise than the review, as `reviewing.save` takes it; an empty cell says nothing."""
    stored = values_of(review)
    changes: dict[str, Any] = {}
    for key, words in cells.items():
        if key in (REFERENCE, REVISION, "title") or not words.strip():
            continue
        value = _score(words) if key == "overall" or key.startswith(SCORE) else words
        kept = stored.get(key)
        if str(value) == _plain("" if kept is None else str(kept)[:LONGEST]):
            continue
        if key.startswith(SCORE):
            changes.setdefault("scores", {})[key.removeprefix(SCORE)] = value
        elif key.startswith(COMMENT):
            changes.setdefault("comments", {})[key.removeprefix(COMMENT)] = value
        else:
            changes[key] = value
    return changes


def _score(words: str) -> str:
    """Read a score as typed: Excel writes a whole number with decimals at times."""
    text = words.strip().casefold()
    if text in NONE_APPLIES:
        return NOT_APPLICABLE
    whole, __, rest = text.partition(".")
    return whole if rest and not rest.strip("0") else text
