"""The world, made once for a file of tests; what a test does to it is undone after it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access import world as making


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[making.World]:
    """Build the world inside a transaction that is never committed."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield making.build()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)
