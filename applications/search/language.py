"""The language of the search box: words, "texts in quotation marks", keys with values, and a minus before any of them.

Nothing here knows a database. Reading never fails: what cannot be understood is left out and explained, and the rest
works.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from core.forms.reading import storable

MOST_TERMS = 20
MOST_CHARACTERS = 500
_TOKEN = re.compile(r'(-?)(?:([^\W\d_][\w-]*):(>=|<=|>|<|=)?)?("[^"]*"?|[^\s"]*)')
_NUMBER = re.compile(r"(?:[A-Za-z]{3})?\s*(\d[\d,' ]{0,17}(?:\.\d{1,6})?)\s*([km]?)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


class Kind(Enum):
    """What the value of a key is."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True)
class Key:
    """One key: what its value is, and an example of its use."""

    kind: Kind
    example: str


@dataclass(frozen=True)
class Span:
    """The numbers or days between two ends; an end that is not there is open, `above` and `below` leave it out."""

    low: Any = None
    high: Any = None
    above: bool = False
    below: bool = False

    def map(self, change: Callable[[Any], Any]) -> "Span":
        """Return the span between the changed ends."""
        low, high = (None if each is None else change(each) for each in (self.low, self.high))
        return replace(self, low=low, high=high)

    def holds(self, value: Any) -> bool:
        """Whether a value lies between the ends."""
        if self.low is not None and (value < self.low or (self.above and value == self.low)):
            return False
        return self.high is None or not (value > self.high or (self.below and value == self.high))


@dataclass(frozen=True)
class Term:
    """One thing that is asked for; without a key it is a word, or with `is_exact` a text as it stands."""

    text: str
    key: str = ""
    span: Span | None = None
    is_negated: bool = False
    is_exact: bool = False
    place: tuple[int, int] = (0, 0)

    @property
    def choices(self) -> list[str]:
        """The values of a list such as `eligible,submitted`, in small letters with hyphens."""
        parts = (re.sub(r"[\s_]+", "-", each.strip().lower()) for each in self.text.split(","))
        return [each for each in parts if each]


@dataclass(frozen=True)
class Query:
    """What was typed, as far as it could be understood."""

    typed: str
    terms: tuple[Term, ...] = ()
    faults: tuple[str, ...] = field(default=())

    def of_key(self, key: str) -> list[Term]:
        """Return the terms of a key that ask for something, not against it."""
        return [each for each in self.terms if each.key == key and not each.is_negated]

    def without(self, *terms: Term) -> str:
        """Return what was typed, less some of its terms."""
        text = self.typed
        for start, end in sorted((each.place for each in terms), reverse=True):
            text = text[:start] + text[end:]
        return " ".join(text.split())


def parse(text: str, keys: Mapping[str, Key]) -> Query:
    """Read what was typed, less what no database can be asked for."""
    text = storable(text)
    terms: list[Term] = []
    faults: list[str] = []
    if len(text) > MOST_CHARACTERS:
        faults.append(_("Only the first %(number)d characters were looked for.") % {"number": MOST_CHARACTERS})
    for token in _TOKEN.finditer(text[:MOST_CHARACTERS]):
        term = _term(token, keys, faults)
        if term is not None:
            terms.append(term)
    if len(terms) > MOST_TERMS:
        faults.append(_("Only the first %(number)d words and keys were looked for.") % {"number": MOST_TERMS})
    return Query(text, tuple(terms[:MOST_TERMS]), tuple(dict.fromkeys(faults)))


def written(key: str, value: str) -> str:
    """Return a key with a value, in quotation marks if it needs them."""
    sign = re.match(r">=|<=|>|<|=|", value)
    head = sign.group() if sign else ""
    rest = value[len(head) :].replace('"', "")
    return f'{key}:{head}"{rest}"' if re.search(r"\s", rest) else f"{key}:{head}{rest}"


def _term(token: re.Match[str], keys: Mapping[str, Key], faults: list[str]) -> Term | None:
    minus, name, sign, value = token.groups()
    is_exact, text = value.startswith('"'), value.strip('"').strip()
    term = Term(text, is_negated=bool(minus), is_exact=is_exact, place=token.span())
    if not name:
        return term if text else None
    key = name.lower()
    if key not in keys:
        faults.append(_unknown(name, keys))
        return None
    if not text:
        faults.append(
            _("Write something after “%(key)s:”, such as %(example)s.") % {"key": key, "example": keys[key].example}
        )
        return None
    reader = _READERS.get(keys[key].kind)
    if reader is None:
        return replace(term, key=key)
    span = _span(text, sign or "", reader)
    if span is None:
        faults.append(_misread(key, token.group(), keys[key]))
        return None
    return replace(term, key=key, span=span, text=(sign or "") + text)


def _unknown(name: str, keys: Mapping[str, Key]) -> str:
    near = get_close_matches(name.lower(), keys, n=1)
    if near:
        return _("There is no key “%(name)s”, so it was left out. Did you mean “%(near)s:”?") % {
            "name": name, "near": near[0],
        }  # fmt: skip
    return _(
        "There is no key “%(name)s”, so it was left out. The keys are %(keys)s; put a text with a colon in quotation "
        "marks."
    ) % {"name": name, "keys": ", ".join(keys)}


def _misread(key: str, typed: str, known: Key) -> str:
    words = {"typed": typed, "key": key, "example": known.example}
    if known.kind is Kind.DAY:
        return _("“%(typed)s” was left out. Write a date as year, month and day, such as %(example)s.") % words
    return _("“%(typed)s” was left out. Write a number after “%(key)s:”, such as %(example)s.") % words


Ends = tuple[Any, Any]


def _span(text: str, sign: str, read: Callable[[str], Ends | None]) -> Span | None:
    """Read `5`, `>5`, `<=5` or `5..9`; a month or a year is a span by itself."""
    first, dots, second = text.partition("..")
    low, high = (read(first) if first else None), (read(second) if second else None)
    if dots:
        is_read = (low is not None or not first) and (high is not None or not second) and (low or high)
        return Span(low[0] if low else None, high[1] if high else None) if is_read and not sign else None
    if low is None:
        return None
    return {
        ">": Span(low=low[1], above=True),
        ">=": Span(low=low[0]),
        "<": Span(high=low[0], below=True),
        "<=": Span(high=low[1]),
    }.get(sign, Span(*low))


def _number(text: str) -> Ends | None:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    number = Decimal(re.sub(r"[,' ]", "", found[1])) * _TIMES[found[2].lower()]
    return number, number


def _day(text: str) -> Ends | None:
    found = _DAY.fullmatch(text.strip())
    if found is None or not 1900 <= int(found[1]) <= 2999:
        return None
    year, month, day = int(found[1]), found[2], found[3]
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    following = date(year + 1, 1, 1) if not month or first.month == 12 else date(year, first.month + 1, 1)
    return first, following - timedelta(days=1)


_READERS: dict[Kind, Callable[[str], Ends | None]] = {Kind.NUMBER: _number, Kind.DAY: _day}
