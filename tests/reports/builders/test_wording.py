"""Money, dates and lists as letters write them."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from reports.builders.wording import (
    amount_in_words,
    counted,
    day,
    listed,
    moment,
    money,
    period,
    sentence,
)


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("158700", "USD", "USD 158,700.00"),
        ("0.5", "USD", "USD 0.50"),
        ("1234567", "JPY", "JPY 1,234,567"),
        ("1234.5", "KWD", "KWD 1,234.500"),
    ],
)
def test_money_has_the_minor_units_of_its_currency(amount, currency, written):
    assert money(Decimal(amount), currency).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("158700.00", "USD", "One hundred fifty-eight thousand seven hundred US dollars"),
        ("1", "USD", "One US dollar"),
        ("120000.05", "EUR", "One hundred twenty thousand and 05/100 euros"),
        ("2000000", "JPY", "Two million yen"),
        ("12.345", "KWD", "Twelve and 345/1000 Kuwaiti dinars"),
        ("7", "KES", "Seven KES (Kenyan Shilling)"),
    ],
)
def test_amounts_in_words(amount, currency, words):
    assert amount_in_words(Decimal(amount), currency) == words


def test_dates_and_times():
    when = datetime(2027, 1, 29, 17, 5, tzinfo=timezone(timedelta(hours=3), "EAT"))

    assert day(date(2026, 12, 6)).replace("\u00a0", " ") == "6 December 2026"
    assert moment(when).replace("\u00a0", " ") == "29 January 2027, 17:05 EAT"


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="needs its zone"):
        moment(datetime(2027, 1, 29))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        (date(2027, 6, 1), date(2028, 11, 30), ", 18 months"),
        (date(2027, 1, 31), date(2027, 2, 27), ""),
        (date(2027, 3, 15), date(2027, 4, 14), ", 1 month"),
    ],
)
def test_a_period_has_its_length_where_it_is_whole_months(start, end, length):
    assert period(start, end) == f"{day(start)} to {day(end)}{length}".replace(" month", "\u00a0month")


def test_counts_lists_and_sentences():
    assert counted(1, "application") == "1\u00a0application"
    assert counted(1200, "reply", "replies") == "1,200\u00a0replies"
    assert [listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert [sentence(text) for text in ("Done", "Done.", "تم؟", "")] == ["Done.", "Done.", "تم؟", ""]
