"""Categories of a budget and their caps."""

from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from fund.budget_plan import categories, check_categories, uncapped
from fund.models import Call

TRAVEL = {"key": "travel", "label": "Travel", "most_share": "12.5", "most_amount": "9000"}


@pytest.mark.parametrize(
    ("change", "direct", "most"),
    [
        ({}, "40000", "5000"),
        ({}, "100000", "9000"),
        ({}, "33333.33", "4166.66"),
        ({"most_amount": ""}, "100000", "12500"),
        ({"most_share": ""}, "10", "9000"),
        ({"most_share": "", "most_amount": ""}, "10", None),
        ({"most_share": "0", "most_amount": ""}, "10", "0"),
    ],
)
def test_the_smaller_cap_holds_in_whole_minor_units(change, direct, most):
    (travel,) = categories([TRAVEL | change])

    assert travel.most(Decimal(direct), "USD") == (None if most is None else Decimal(most))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "at most 12.5 % of the direct costs, and USD 9,000"),
        ({"most_share": ""}, "at most USD 9,000"),
        ({"most_amount": ""}, "at most 12.5 % of the direct costs"),
        ({"most_share": "", "most_amount": ""}, ""),
    ],
)
def test_caps_are_said_in_words(change, words):
    (travel,) = categories([TRAVEL | change])

    assert travel.caps_in_words("USD") == words


@pytest.mark.parametrize("change", [{"most_share": "101"}, {"most_amount": "-1"}, {"most_share": "NaN"}, {"cap": "1"}])
def test_categories_that_cannot_be_used_are_refused(change):
    with pytest.raises(ValidationError, match="These budget categories cannot be used"):
        check_categories([TRAVEL | change])


def test_pairs_of_an_older_database_become_categories(draft):
    Call.objects.update(budget_categories=[["staff", "Staff"], ["field-work", "Field work"]])

    import_module("fund.migrations.0002_quiz_and_budget_caps").name_fields(apps, None)

    draft.refresh_from_db()
    assert draft.budget_categories == uncapped({"staff": "Staff", "field-work": "Field work"})
