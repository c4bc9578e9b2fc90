"""The first middleware: reads the time at which a request arrived, once."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core import clock


def arrival(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set `request.arrived_at`, which decides deadlines however long the request then waits."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.arrived_at = clock.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware
