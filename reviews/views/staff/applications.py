"""The list of a call's applications: filtered, sorted, and never more than the viewer may see."""

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from applications.actions import views as kept_views
from applications.models import Application, Label, SavedView
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from reviews import bulk
from reviews.access import DECIDE, SEE, call_for, has_right
from reviews.desk import labels_by_application
from reviews.listing import COLUMNS, Column, Listing, turned
from reviews.standing import Result
from reviews.views.staff.call import show

TOP_SHARE = 5  # the view of large amounts begins at four fifths of the largest grant
FIXED = {
    "reference": Column(gettext_lazy("Reference"), "", "reference"),
    "title": Column(gettext_lazy("Title"), "", "title"),
}


class Row(NamedTuple):
    """One application, and how it stands if it is with the panel."""

    application: Application
    result: Result | None
    labels: list[Label]


class Head(NamedTuple):
    """One head of the table: the sorting that its link asks for, and the one that is on."""

    label: str | Promise
    kind: str
    sort: str
    direction: str


@login_required
@require_safe
def applications(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the applications of a call by search, sorting and columns that the address holds."""
    call = call_for(request, slug)
    listing = Listing(call, request.user, request.GET)
    if "was" in request.GET and not listing.form.errors:
        return redirect(f"{request.path}?{listing.address}" if listing.address else request.path)
    page = paginate(request, listing.keys())
    keys = list(page)
    rows = listing.everything.select_related("theme").defer("summary", "withdrawal_reason").in_bulk(keys)
    results = listing.results(rows.values())
    labels = labels_by_application(keys) if "labels" in listing.columns else {}
    context = {
        "filter": listing, "page": page, "rows": [Row(rows[key], results.get(key), labels.get(key, [])) for key in keys if key in rows],
        "heads": _heads(listing), "columns": listing.columns, "total": listing.total, "has_score": bool(results),
        "may_choose": has_right(request.user, DECIDE, call), "bulk_actions": bulk.CHOICES,
        "large": int(call.most_amount - call.most_amount / TOP_SHARE), "views": _views(listing),
    }  # fmt: skip
    return show(request, "reviews/staff/applications.html", call, context)


@login_required
@require_POST
def keep_view(request: SignedInRequest, slug: str) -> HttpResponse:
    """Keep the present search under a name; the same name again replaces it."""
    call = call_for(request, slug, to_post=SEE)
    address = Listing(call, request.user, QueryDict(request.POST.get("address", ""))).address
    try:
        view = kept_views.keep(
            call=call, name=request.POST.get("name", ""), address=address,
            is_shared="is_shared" in request.POST, by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("“%(name)s” is kept among the views.") % {"name": view.name})
    return redirect(f"{reverse('manage:applications', args=[slug])}?{address}")


@login_required
@require_POST
def forget_view(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take one of one's own views away."""
    call = call_for(request, slug, to_post=SEE)
    view = get_object_or_404(SavedView, pk=pk, call=call, owner=request.user)
    kept_views.forget(view=view, by=request.user)
    messages.success(request, _("“%(name)s” is no longer among the views.") % {"name": view.name})
    return redirect("manage:applications", slug)


def _views(listing: Listing) -> list[SavedView]:
    return list(SavedView.objects.visible_to(listing.viewer).filter(call=listing.call)[: kept_views.MOST])


def _heads(listing: Listing) -> list[Head]:
    found = []
    for label, kind, sort in [*FIXED.values(), *(COLUMNS[name] for name in listing.columns)]:
        is_on = bool(sort) and listing.order.removeprefix("-") == sort.removeprefix("-")
        direction = ("descending" if listing.order.startswith("-") else "ascending") if is_on else ""
        asked = turned(listing.order) if is_on else sort
        found.append(Head(label or listing.call.currency, kind, asked, direction))
    return found
