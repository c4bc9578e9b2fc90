"""Amounts of money."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core import money


@pytest.mark.parametrize(("currency", "units"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("EUR", 2), ("UGX", 0)])
def test_minor_units_are_those_of_iso_4217(currency, units):
    assert money.minor_units(currency) == units


@pytest.mark.parametrize(
    ("amount", "currency", "exact", "figures"),
    [
        ("158700", "USD", "158,700.00", "158,700"),
        ("158700.5", "USD", "158,700.50", "158,700.50"),
        ("1200", "JPY", "1,200", "1,200"),
        ("12.345", "KWD", "12.345", "12.345"),
    ],
)
def test_amounts_are_written_with_the_currency_s_minor_units(amount, currency, exact, figures):
    assert money.exact(Decimal(amount), currency) == exact
    assert money.figures(Decimal(amount), currency) == figures


@pytest.mark.parametrize("typed", ["12,500", " 12500 ", "USD 12,500.00", "12 500", "12\u202f500"])
def test_what_people_type_is_read(typed):
    assert money.parse(typed, "USD") == Decimal(12500)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("twelve", "“twelve” is not an amount. Write it in figures, such as 12,500."),
        ("-5", "An amount cannot be negative. Write it without the minus sign."),
        ("1.234", "USD has 2 decimals. Shorten the amount to fit."),
        ("NaN", "This is not an amount that can be paid. Write it in figures, such as 12,500."),
        ("Infinity", "This is not an amount that can be paid. Write it in figures, such as 12,500."),
        ("1e99", "This is not an amount that can be paid. Write it in figures, such as 12,500."),
    ],
)
def test_what_is_no_amount_is_refused_with_the_way_to_mend_it(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        money.parse(typed, "USD")
    assert refusal.value.messages == [sentence]
