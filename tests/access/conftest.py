"""The world, made once for a file of tests."""

import pytest

from tests.access import world as making


@pytest.fixture(scope="module")
def world(shared: None) -> making.World:
    """Make the world; browsers and rows are asked of it anew by each test."""
    return making.build()
