"""Keys as a form sends them."""

import pytest

from core.web.requests import number_in, row_keys


def test_only_what_a_database_can_keep_is_taken_for_a_key() -> None:
    assert row_keys(["7", "007", "x", "", "-1", "1.5", "9" * 18]) == [7, 7, 999_999_999_999_999_999]
    assert row_keys(["9" * 19, "9" * 30]) == []


@pytest.mark.parametrize(
    ("typed", "number"), [("7", 7), ("007", 7), ("", None), ("-1", None), ("²", None), ("٣", None), ("9" * 5000, None)]
)
def test_a_number_is_read_or_is_none_however_long_it_is(typed: str, number: int | None) -> None:
    assert number_in(typed) == number
