"""The modules of the product as trees, which are large."""

from collections.abc import Iterator

import pytest

from tests.architecture.test_layers import tree_of


@pytest.fixture(scope="module", autouse=True)
def _forget_trees() -> Iterator[None]:
    yield
    tree_of.cache_clear()
