"""What a language of letters has to say, and how it writes figures."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from core.money import minor_units
from core.pdf.words import Span, Text
from reports.builders.wording import whole_months

_LAST_NUMBER = re.compile(r"\d+$")
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Words:
    """The words that stand in every letter of a language; what is in braces is put in."""

    award_letter: str
    award_title: str
    outcome_letter: str
    outcome_title: str
    letter: str
    check: str
    page: str
    attention: str
    decision_of: str
    investigator: str
    application: str
    amount: str
    period: str
    accept_by: str
    lapses: str
    instalment: str
    when: str
    paid_once: str
    award: str
    report: str
    due: str
    covers: str
    signs_for: str
    accepts_for: str
    name_and_position: str
    last: str
    span: str
    ordinals: Sequence[str]
    months: Mapping[str, str]
    applications: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Speech:
    """One language: its words, and how it writes dates, money and counts."""

    code: str
    words: Words
    date_pattern: str
    write_amount: Callable[[Decimal, str], str]
    money_pattern: str = "{amount} {currency}"
    first_of_month: str = ""
    is_rtl: bool = False
    known: Mapping[str, str] = field(default_factory=dict)

    def fill(self, pattern: str, **values: object) -> str:
        """Put values into words; among those from right to left each keeps its own direction."""
        kept = {name: f"\u2068{given}\u2069" if self.is_rtl else given for name, given in values.items()}
        return pattern.format(**kept)

    def day(self, when: date) -> str:
        """Write a date."""
        written = self._written(when, self.date_pattern)
        if self.first_of_month and when.day == 1:
            written = self.first_of_month + written.removeprefix("1")
        return written.replace(" ", NO_BREAK, 1)

    def weekday_moment(self, when: datetime) -> str:
        """Write a deadline: day of the week, date, time and zone."""
        if when.tzinfo is None:
            raise ValueError("A time in a document needs its zone. Pass an aware datetime.")
        comma = "،" if self.is_rtl else ","
        return f"{self._written(when, 'EEEE')} {self.day(when)}{comma} {when:%H:%M}{NO_BREAK}{when.tzname()}"

    def _written(self, when: date, pattern: str) -> str:
        # A moment equals itself in another zone, where it can be another day: only its own day is remembered.
        return _format_day(date(when.year, when.month, when.day), pattern, self.code)

    def period(self, start: date, end: date) -> str:
        """Write a period, with its length where it is whole months."""
        span = self.words.span.format(start=self.day(start), end=self.day(end))
        months = whole_months(start, end)
        comma = "،" if self.is_rtl else ","
        return f"{span}{comma} {self.counted(months, self.words.months)}" if months else span

    def counted(self, number: int, forms: Mapping[str, str]) -> str:
        """Write a number with its noun, in the form that the number asks for."""
        form = forms.get(Locale(self.code).plural_form(number), forms["other"])
        return form.format(number=self.number(number))

    def number(self, number: int) -> str:
        """Write a whole number."""
        return str(format_decimal(number, locale=self.code)).replace("\u202f", NO_BREAK)

    def exact(self, amount: Decimal, currency: str) -> str:
        """Write an amount with all minor units, without its currency."""
        digits = minor_units(currency)
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return str(format_decimal(amount, pattern, locale=self.code)).replace("\u202f", NO_BREAK)

    def money(self, amount: Decimal, currency: str) -> str:
        """Write an amount with its currency."""
        return self.money_pattern.format(amount=self.exact(amount, currency), currency=currency).replace(" ", NO_BREAK)

    def ordinal(self, number: int, last: int) -> str:
        """Name one of several instalments."""
        if number == last > 1:
            return self.words.last
        return self.words.ordinals[number - 1] if number <= len(self.words.ordinals) else self.number(number)

    def say(self, text: str) -> str:
        """Return what the product writes by itself, in this language; what somebody wrote stays as it is."""
        if text in self.known:
            return self.known[text]
        number = _LAST_NUMBER.search(text)
        pattern = _LAST_NUMBER.sub("{number}", text)
        return self.known[pattern].format(number=number[0]) if number and pattern in self.known else text


@lru_cache(maxsize=1 << 10)
def _format_day(day: date, pattern: str, language: str) -> str:
    """Write a day; the letters of a batch share most of theirs."""
    return format_date(day, pattern, locale=language)


def around(pattern: str, **values: str | Span) -> Text:
    """Put values into a pattern, keeping those that have their own direction apart."""
    found: list[str | Span] = [pattern]
    for name, given in values.items():
        found = [piece for each in found for piece in _split(each, "{" + name + "}", given)]
    return [piece for piece in found if piece]


def _split(piece: str | Span, mark: str, given: str | Span) -> list[str | Span]:
    if isinstance(piece, Span) or mark not in piece:
        return [piece]
    before, __, after = piece.partition(mark)
    return [before, given, after]
