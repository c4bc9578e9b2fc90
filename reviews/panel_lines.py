"""A list of people to invite to a panel, typed or exported as CSV: what each line says, or why it cannot be used."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.people.models import User
from fund.models import Call
from reviews.models import PanelMember, StakeholderGroup

COLUMNS = ("name", "email", "group", "country", "themes", "least", "most", "content notes", "statement")
NEEDED = COLUMNS[:4]
MOST_LINES, MOST_LETTERS, MOST_LOAD = 500, 300_000, 200
USUAL_MOST = "20"
MOST_EMAIL = 254
"""As long as an address is kept."""


@dataclass(frozen=True)
class Line:
    """One line of the list: its number in the text, what `panel.invite_newcomer` takes, or what is wrong with it."""

    number: int
    name: str
    email: str
    place: dict[str, Any]
    problem: str = ""


class BadLine(Exception):
    """A line that cannot be used, in a sentence."""


def lines_for(call: Call, text: str) -> list[Line]:
    """Read a list of people to invite to a call's panel."""
    themes = {name.casefold(): theme for theme in call.themes.all() for name in (theme.name, theme.slug)}
    there = call.panel.exclude(state=PanelMember.State.DECLINED)
    return read_lines(text, themes, User.objects.filter(panels__in=there).values_list("email", flat=True))


def read_lines(text: str, themes: Mapping[str, Any], taken: Iterable[str]) -> list[Line]:
    """Read a list whose first line names its columns; `themes` by folded name, `taken` are addresses on the panel.

    A text that is no such list is refused as a whole, with a sentence.
    """
    if len(text) > MOST_LETTERS:
        raise ValidationError(_("This list is too long. Import at most 500 people at a time."))
    rows = _rows(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    header = [" ".join(cell.split()).casefold() for cell in rows[0]]
    if missing := [column for column in NEEDED if column not in header]:
        raise ValidationError(
            _("The first line names the columns, and %(missing)s is not among them.") % {"missing": ", ".join(missing)}
        )
    if len(rows) > MOST_LINES + 1:
        raise ValidationError(_("This list is too long. Import at most 500 people at a time."))
    return list(_lines(header, rows[1:], themes, {email.lower() for email in taken}))


def _rows(text: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True))
    except csv.Error:
        rows = []
    if not rows or "\0" in text:
        raise ValidationError(_("This cannot be read as a table. Look for a quotation mark that is not closed."))
    return rows


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _lines(header: list[str], rows: list[list[str]], themes: Mapping[str, Any], taken: set[str]) -> Iterator[Line]:
    seen = dict.fromkeys(taken, 0)
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {column: cell.strip() for column, cell in zip(header, row, strict=False)}
        name, email = cells.get("name", ""), cells.get("email", "").lower()
        try:
            _check_person(name, email, seen)
            place = _place(cells, themes)
        except BadLine as problem:
            yield Line(number, name, email, {}, str(problem))
        else:
            yield Line(number, name, email, place)
        seen.setdefault(email, number)


def _check_person(name: str, email: str, seen: dict[str, int]) -> None:
    if not name or len(name) > 200:
        raise BadLine(_("Write a name of at most 200 characters."))
    try:
        validate_email(email)
    except ValidationError:
        raise BadLine(_("Write an e-mail address.")) from None
    if len(email) > MOST_EMAIL:
        raise BadLine(_("This address is too long."))
    if email in seen:
        raise BadLine(
            _("This address stands in line %(line)s already.") % {"line": seen[email]} if seen[email]
            else _("This person is on the panel already.")
        )  # fmt: skip


def _place(cells: dict[str, str], themes: Mapping[str, Any]) -> dict[str, Any]:
    least, most = _number(cells, "least", "0"), _number(cells, "most", USUAL_MOST)
    if most < least:
        raise BadLine(_("The most applications cannot be fewer than the least."))
    notes = cells.get("content notes", "")
    return {
        "group": _group(cells.get("group", "")), "country": _country(cells.get("country", "")),
        "themes": _themes(cells.get("themes", ""), themes), "least_load": least, "most_load": most,
        "most_content_notes": _number(cells, "content notes", "") if notes else None,
        "statement": cells.get("statement", "")[:4000],
    }  # fmt: skip


def _number(cells: dict[str, str], column: str, otherwise: str) -> int:
    given = cells.get(column, "") or otherwise
    if not (given.isascii() and given.isdecimal() and len(given) < 4 and int(given) <= MOST_LOAD):
        raise BadLine(_("“%(column)s” is a number from 0 to 200.") % {"column": column})
    return int(given)


def _group(given: str) -> str:
    known = {str(word).casefold(): value for value, label in StakeholderGroup.choices for word in (value, label)}
    if given.casefold() not in known:
        raise BadLine(_("The group is one of these: %(groups)s.") % {"groups": ", ".join(StakeholderGroup.values)})
    return known[given.casefold()]


def _country(given: str) -> str:
    try:
        return str(pycountry.countries.lookup(given).alpha_2)
    except LookupError:
        raise BadLine(_("Write the country as its code of two letters, such as KE, or by its English name.")) from None


def _themes(given: str, themes: Mapping[str, Any]) -> list[Any]:
    names = [name.strip() for name in given.split("|") if name.strip()]
    if unknown := [name for name in names if name.casefold() not in themes]:
        raise BadLine(_("This call has no theme “%(theme)s”. Part several themes by |.") % {"theme": unknown[0]})
    return [themes[name.casefold()] for name in names]
