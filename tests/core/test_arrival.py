"""When a request arrived: when our own proxy took it, as far as that can be believed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest

from core import clock
from core.clock.middleware import LONGEST_WAIT, arrived

NOW = datetime(2026, 12, 22, 17, 0, 0, 500_000, tzinfo=UTC)


def request_marked(text: str | None) -> HttpRequest:
    request = HttpRequest()
    if text is not None:
        request.META["HTTP_X_REQUEST_START"] = text
    return request


def mark(moment: datetime) -> str:
    return f"t={moment.timestamp():.3f}"


def test_behind_the_proxy_what_waited_for_a_process_came_when_the_proxy_took_it(settings):
    settings.ARRIVAL_HEADER = "HTTP_X_REQUEST_START"

    with clock.at(NOW):
        for came in (NOW - timedelta(seconds=20), NOW - LONGEST_WAIT, NOW):
            assert arrived(request_marked(mark(came))) == came


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "soon",
        "t=",
        "t=nan",
        "t=1e99",
        mark(NOW + timedelta(milliseconds=1)),
        mark(NOW - LONGEST_WAIT - timedelta(milliseconds=1)),
    ],
)
def test_a_mark_that_makes_no_sense_is_not_believed(settings, text):
    settings.ARRIVAL_HEADER = "HTTP_X_REQUEST_START"

    with clock.at(NOW):
        assert arrived(request_marked(text)) == NOW


def test_without_a_proxy_of_our_own_nobody_says_when_they_came(settings):
    settings.ARRIVAL_HEADER = None

    with clock.at(NOW):
        assert arrived(request_marked(mark(NOW - timedelta(seconds=20)))) == NOW
