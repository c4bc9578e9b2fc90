"""What all pages of one call share: who may open them, their tabs, the figures' caveat."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.language import lazy
from core.web.nav import Link
from fund.models import Call
from reviews import standing
from reviews.access import RUN, SEE, SEE_DECISIONS, has_right

TABS = (
    (lazy("Overview"), "manage:overview", SEE),
    (lazy("Applications"), "manage:applications", SEE),
    (lazy("Screening"), "manage:screening", SEE),
    (lazy("Panel"), "manage:panel", SEE),
    (lazy("Assignment"), "manage:assignment", SEE),
    (lazy("Progress"), "manage:progress", SEE),
    (lazy("Ranking"), "manage:ranking", SEE),
    (lazy("Meetings"), "manage:meetings", SEE),
    (lazy("Decisions"), "manage:decisions", SEE_DECISIONS),
    (lazy("Settings"), "manage_fund:call_edit", SEE_DECISIONS),
)


def _leaves_out(call: Call, user: Any) -> bool:
    return call.leaves_out if hasattr(call, "leaves_out") else standing.is_limited(call, user)


def show(request: HttpRequest, template: str, call: Call, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Draw a page of the call with its tabs, `may_run` for its buttons, and whether its figures leave something out."""
    shared = {
        "call": call,
        "tabs": _tabs(request, call),
        "may_run": has_right(request.user, RUN, call),
        "is_limited": partial(_leaves_out, call, request.user),
    }
    return render(request, template, shared | context, status=status)


def _tabs(request: HttpRequest, call: Call) -> list[Link]:
    """Return the pages of the call that this person may see, the present one marked."""
    places = [(label, name) for label, name, right in TABS if has_right(request.user, right, call)]
    return [
        Link(label, url := reverse(name, args=[call.slug]), _mark(name, url, request.path)) for label, name in places
    ]


def _mark(name: str, url: str, path: str) -> str:
    """Mark the page itself, and a tab whose pages the address lies under; all lie under the overview."""
    if path == url:
        return "page"
    return "true" if name != "manage:overview" and path.startswith(url) else ""
