"""The live part of a meeting's pages: asked for every two seconds, and sent only when it has changed."""

from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.loader import render_to_string

LIVE = "reviews/parts/meeting_live.html"


def live_part(request: HttpRequest, context: dict[str, Any]) -> HttpResponse | None:
    """Answer a script that follows the page: the part alone, or 304 if it has it already; None for a whole page.

    The tag is a hash of what this person sees, so that it changes with nothing else.
    """
    if "X-Poll" not in request.headers:
        return None
    part = render_to_string(LIVE, context, request)
    tag = f'"{sha256(part.encode()).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match") == tag
    answer: HttpResponse = HttpResponseNotModified() if same else HttpResponse(part)
    answer["ETag"] = tag
    return answer
