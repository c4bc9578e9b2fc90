"""The list of a call's applications: filtered, sorted, and never more than the viewer may see."""

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from applications.models import Application
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews.filters import CallApplicationFilter
from reviews.standing import Result, results_of
from reviews.views.staff.call import call_for, show

ORDERS = {
    "newest": ("-submitted_at", "-pk"),
    "reference": ("reference",),
    "title": ("title", "reference"),
    "amount": ("amount", "reference"),
}
HEADS = (
    ("reference", "Reference", ""),
    ("title", "Title", ""),
    ("", "Principal investigator, host", ""),
    ("", "Theme", ""),
    ("-amount", "", "is-number"),
    ("", "State", ""),
    ("-missing", "Reviews", "is-number"),
    ("-score", "Score", "is-number"),
)
TOP_SHARE = 5  # the view of large amounts begins at four fifths of the largest grant


class Row(NamedTuple):
    """One application, and how it stands if it is with the panel."""

    application: Application
    result: Result | None


class Head(NamedTuple):
    """One head of the table: the sorting that its link asks for, and the one that is on."""

    label: str
    kind: str
    sort: str
    direction: str


def readable(call: Call, viewer: Any) -> QuerySet[Application]:
    """Return what the viewer may see of a call, each with whether they may know who applies."""
    return Application.objects.visible_to_fund(viewer).filter(call=call).submitted().with_veil(viewer)


@login_required
@require_safe
def applications(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the applications of a call by filters and sorting that the address holds."""
    call = call_for(request, slug)
    results = {each.application.pk: each for each in results_of(call, request.user)}
    everything = readable(call, request.user)
    found = CallApplicationFilter(request.GET, everything, request=request, call=call, results=results)
    keys = _in_order(found, results)
    page = paginate(request, keys)
    rows = everything.select_related("theme", "host").defer("summary", "withdrawal_reason").in_bulk(list(page))
    context = {
        "filter": found, "page": page, "rows": [Row(rows[key], results.get(key)) for key in page],
        "heads": _heads(found.order, call.currency), "total": found.total, "has_score": bool(results),
        "large": int(call.most_amount - call.most_amount / TOP_SHARE),
    }  # fmt: skip
    return show(request, "reviews/staff/applications.html", call, context)


def _in_order(found: CallApplicationFilter, results: dict[int, Result]) -> list[int]:
    """Return the keys of what was found, sorted; what has no score or no reviews comes last either way."""
    name, is_down = found.order.removeprefix("-"), found.order.startswith("-")
    if name in ORDERS:
        columns = [_turned(column) if is_down else column for column in ORDERS[name]]
        return list(found.qs.order_by(*columns).values_list("pk", flat=True))
    keys = list(found.qs.order_by("reference").values_list("pk", flat=True))
    figures = {key: _figure(results[key], name) for key in keys if key in results}
    known = [key for key in keys if figures.get(key) is not None]
    return sorted(known, key=lambda key: figures[key], reverse=is_down) + [key for key in keys if key not in set(known)]


def _figure(result: Result, name: str) -> Any:
    return result.mean if name == "score" else result.missing


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


def _heads(order: str, currency: str) -> list[Head]:
    found = []
    for sort, label, kind in HEADS:
        is_on = bool(sort) and order.removeprefix("-") == sort.removeprefix("-")
        direction = ("descending" if order.startswith("-") else "ascending") if is_on else ""
        found.append(Head(label or currency, kind, _turned(order) if is_on else sort, direction))
    return found
