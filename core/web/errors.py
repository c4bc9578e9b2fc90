"""The pages of refusals; the same refusals as JSON for the interface and for scripts of our own pages."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.language import lazy

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_SENTENCES = {
    400: lazy("The server could not read this request. Go back, reload the page and try again."),
    403: lazy("You are signed in, but this is not open to you. If you think it should be, write to the fund."),
    404: lazy("There is nothing at this address. It may have been moved, or it is not yours to see."),
    409: lazy("This has changed since you opened the page. Go back, reload it and look again."),
    413: lazy("This is more than one request may carry. Send smaller files, or one file at a time."),
    429: lazy("You have asked for this very often in a short time. Wait a moment and try again."),
    500: lazy(
        "The server made a mistake. It is on record. Nothing that was saved before is lost; try again in a minute."
    ),
}


def refuse(request: HttpRequest, status: int, *, message: str = "", seconds: int | None = None) -> HttpResponse:
    """Answer with the page of a status, or with JSON where a program asks."""
    sentence = message or _SENTENCES[status]
    if wants_json(request):
        response: HttpResponse = JsonResponse({"detail": sentence, "message": sentence}, status=status)
    else:
        response = render(request, f"{status}.html", {"message": sentence, "seconds": seconds}, status=status)
    if seconds is not None:
        response["Retry-After"] = str(seconds)
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: under `/api/` and `/common-grants/`, or with a wish for JSON before HTML."""
    if request.path.startswith(("/api/", "/common-grants/")):
        return True
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400, or 413 when the request was refused for its size."""
    return refuse(request, 413 if isinstance(exception, TOO_BIG) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403, with the reason that the refusal gave."""
    return refuse(request, 403, message=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same whether there is nothing or nothing for this person."""
    return refuse(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer 429 for a limit of allauth's."""
    return refuse(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 from a page that needs no database, no session and no user."""
    if wants_json(request):
        return JsonResponse({"detail": _SENTENCES[500], "message": _SENTENCES[500]}, status=500)
    return HttpResponse(render_to_string("500.html", {"EMBEDDED": settings.EMBEDDED}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit: most often the page was open while the session ended."""
    sentence = _("This page was open too long, or cookies are switched off, so the server could not trust the form.")
    if wants_json(request):
        return JsonResponse({"detail": sentence, "message": sentence}, status=403)
    return render(request, "403_csrf.html", {"message": sentence}, status=403)
