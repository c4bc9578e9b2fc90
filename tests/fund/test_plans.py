"""The standard plan of an award, and how periods count their months."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import minor_units
from fund import plans
from fund.periods import end_of, months_after, months_between


@pytest.mark.parametrize(
    ("amount", "currency", "parts"),
    [
        ("158700.00", "USD", ["63480.00", "63480.00", "31740.00"]),
        ("100.01", "USD", ["40.00", "40.00", "20.01"]),
        ("101", "JPY", ["40", "40", "21"]),
        ("10.001", "KWD", ["4.000", "4.000", "2.001"]),
        ("1", "JPY", ["1"]),
    ],
)
def test_an_amount_is_split_in_whole_minor_units_and_the_last_part_takes_the_rest(amount, currency, parts):
    assert plans.split(Decimal(amount), currency) == [Decimal(part) for part in parts]


@given(minor=st.integers(1, 10**15), currency=st.sampled_from(["USD", "JPY", "KWD"]))
def test_the_parts_always_make_the_whole_and_none_is_zero(minor, currency):
    amount = Decimal(minor).scaleb(-minor_units(currency))

    parts = plans.split(amount, currency)

    assert sum(parts) == amount
    assert all(part > 0 and part == round(part, minor_units(currency)) for part in parts)


def test_eighteen_months_are_planned_as_the_letter_shows():
    planned = plans.instalments(Decimal("158700.00"), "USD", date(2027, 6, 1), 18, needs_ethics=True)

    assert [(each.number, each.due_on, each.condition) for each in planned] == [
        (1, date(2027, 6, 1), "the agreement is signed by both"),
        (2, date(2028, 1, 1), "the first report is accepted and ethics approval is on file"),
        (3, date(2029, 2, 28), "the final report is accepted"),
    ]
    assert [(each.title, each.due_on) for each in plans.reports(date(2027, 6, 1), 18)] == [
        ("Progress report, months 1 to 6", date(2027, 12, 15)),
        ("Final report and outputs", date(2029, 1, 31)),
    ]


@pytest.mark.parametrize(
    ("starts_on", "months", "ends_on"),
    [
        (date(2027, 6, 1), 18, date(2028, 11, 30)),
        (date(2027, 3, 15), 12, date(2028, 3, 14)),
        (date(2027, 1, 31), 1, date(2027, 2, 27)),
        (date(2027, 12, 1), 1, date(2027, 12, 31)),
    ],
)
def test_a_period_ends_the_day_before_its_month_day_comes_again(starts_on, months, ends_on):
    assert end_of(starts_on, months) == ends_on
    assert months_between(starts_on, ends_on) == months


@given(starts_on=st.dates(date(2020, 1, 1), date(2040, 1, 1)), months=st.integers(1, 60))
def test_months_are_counted_as_they_were_given(starts_on, months):
    assert months_between(starts_on, end_of(starts_on, months)) == months


def test_months_after_stays_within_the_shorter_month():
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
