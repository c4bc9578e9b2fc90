"""Keys as a form sends them."""

from core.web.requests import row_keys


def test_only_what_a_database_can_keep_is_taken_for_a_key() -> None:
    assert row_keys(["7", "007", "x", "", "-1", "1.5", "9" * 18]) == [7, 7, 999_999_999_999_999_999]
    assert row_keys(["9" * 19, "9" * 30]) == []
