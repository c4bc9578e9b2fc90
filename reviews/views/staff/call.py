"""What all pages of one call share: who may open them, their tabs, the figures' caveat."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.language import lazy
from core.web.nav import Link
from fund.models import Call
from reviews import standing

SAFE = ("GET", "HEAD", "OPTIONS")
SEE, RUN = "reviews.see_panel", "reviews.run_panel"
SEE_DECISIONS, DECIDE = "fund.see_calls", "fund.run_call"
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


def call_for(request: HttpRequest, slug: str, *, to_see: str = SEE, to_change: str = RUN) -> Call:
    """Return the call for whoever may see this page of it; a request that changes something needs the right to.

    The fund's own people without the right get 403, all others 404.
    """
    call = Call.objects.select_related("fund", "rubric", "funding_rule").filter(slug=slug).first()
    user: Any = request.user
    if call is None or not has_right(user, to_see, call):
        if call is not None and (user.is_insider or has_right(user, SEE, call)):
            raise PermissionDenied(_("This page is for fund administrators, auditors and the chair of the panel."))
        raise Http404
    if request.method not in SAFE and not has_right(user, to_change, call):
        raise PermissionDenied(_("You may read this page, but not change anything on it."))
    return call


def has_right(user: Any, right: str, call: Call) -> bool:
    """Whether the person has a right to the call; asked once per request, since the call object lives that long."""
    if right == RUN and not user.reads_all:
        right = SEE  # whoever sees the pages without reading all is the chair, who runs them
    known = call.__dict__.setdefault("_rights", {})
    if (user.pk, right) not in known:
        known[user.pk, right] = user.has_perm(right, call)
    return bool(known[user.pk, right])


def show(request: HttpRequest, template: str, call: Call, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Draw a page of the call with its tabs, `may_run` for its buttons, and whether its figures leave something out."""
    shared = {
        "call": call,
        "tabs": _tabs(request, call),
        "may_run": has_right(request.user, RUN, call),
        "is_limited": partial(standing.is_limited, call, request.user),
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
