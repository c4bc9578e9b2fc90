"""A book of a thousand applications stays under 300 MB, and takes about twice as long as one of five hundred."""

import pytest

from tests.bench.large_book import told

MOST = 300
"""Megabytes at most, with everything else that a worker holds."""


@pytest.mark.soak
def test_a_book_of_a_thousand_applications_keeps_to_its_memory_and_time() -> None:
    half, whole = told(500), told(1000)
    print(half, whole)

    assert whole["peak"] < MOST
    assert whole["cpu"] < 3 * half["cpu"]
