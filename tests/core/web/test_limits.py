"""Rate limits count per person and scope, and let go when the window is over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from core import clock
from core.web import limits

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_the_request_beyond_the_limit_is_refused_with_the_seconds_left() -> None:
    with clock.at(NOON + timedelta(seconds=18)):
        for _ in range(3):
            limits.limit("sign-in", "ip:192.0.2.1", 3, 60)
        with pytest.raises(limits.TooMany) as refusal:
            limits.limit("sign-in", "ip:192.0.2.1", 3, 60)

    assert refusal.value.seconds == 42


def test_others_and_other_scopes_are_counted_apart() -> None:
    with clock.at(NOON):
        limits.limit("sign-in", "ip:192.0.2.1", 1, 60)
        limits.limit("sign-in", "ip:192.0.2.2", 1, 60)
        limits.limit("export", "ip:192.0.2.1", 1, 60)


def test_the_next_window_starts_anew() -> None:
    with clock.at(NOON):
        limits.limit("sign-in", "ip:192.0.2.1", 1, 60)
    with clock.at(NOON + timedelta(seconds=60)):
        limits.limit("sign-in", "ip:192.0.2.1", 1, 60)


@pytest.mark.urls("tests.core.web.addresses")
def test_a_limited_view_counts_its_own_methods_only(client: Client) -> None:
    with clock.at(NOON):
        statuses = [client.get("/limited/").status_code for _ in range(3)]
        statuses += [client.post("/limited/").status_code for _ in range(3)]

    assert statuses == [200, 200, 200, 200, 200, 429]


@pytest.mark.parametrize(("text", "rate"), [("600/min", (600, 60)), ("20/h", (20, 3600)), ("5/second", (5, 1))])
def test_rates_are_read_as_django_rest_framework_writes_them(text: str, rate: tuple[int, int]) -> None:
    assert limits.read_rate(text) == rate
