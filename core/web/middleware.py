"""Turns our own exceptions into answers."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.states import WrongState
from core.web import errors
from core.web.limits import TooMany

type View = Callable[[HttpRequest], HttpResponseBase]


def answer_refusals(get_response: View) -> View:
    """Answer a wrong state with 409, too many requests with 429, too large ones with 413, by a page or by JSON.

    An address with a null character is nobody's, and is none that a database can be asked for.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return errors.refuse(request, 404) if "\0" in request.path else get_response(request)

    middleware.process_exception = _process_exception  # type: ignore[attr-defined]
    return middleware


def _process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if isinstance(exception, WrongState):
        return errors.refuse(request, 409, message=exception.message)
    if isinstance(exception, TooMany):
        return errors.refuse(request, 429, seconds=exception.seconds)
    if isinstance(exception, errors.TOO_BIG):
        return errors.refuse(request, 413)
    if isinstance(exception, PermissionDenied):
        return errors.permission_denied(request, exception)
    return None
