"""The first middleware: reads the time at which a request arrived, once."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core import clock

LONGEST_WAIT = timedelta(seconds=65)
"""How long a request can have waited behind the proxy for a free process; an older mark is not believed.
The proxy gives up after the same time."""


def arrival(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set `request.arrived_at`, which decides deadlines however long the request then waits."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.arrived_at = arrived(request)  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def arrived(request: HttpRequest) -> datetime:
    """Return when a request came: when our own proxy had the whole of it, if there is one that says so, else now.

    In the rush before a deadline requests wait for a free process, and nobody shall be late for that. The proxy writes
    its mark once the last byte has come, so nobody is in time by beginning to send.
    """
    now = clock.now()
    marked = _marked(request.META.get(settings.ARRIVAL_HEADER, "")) if settings.ARRIVAL_HEADER else None
    return marked if marked is not None and now - LONGEST_WAIT <= marked <= now else now


def _marked(text: str) -> datetime | None:
    """Read the proxy's mark, seconds since 1970 as in `t=1798761599.250`."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(float(text.removeprefix("t=")), UTC)
    return None
