"""How the applications of a call came out, and how sure that is."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.language import lazy
from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import order
from reviews.actions.ranking import ask_for_ranking
from reviews.models import RankingRun, Recommendation
from reviews.order import Order, Placed
from reviews.rank_chart import rank_chart, shown_of
from reviews.standing import results_of
from reviews.views.staff.call import DECIDE, call_for, has_right, show

KEYS: dict[str, Callable[[Placed], Any]] = {
    "rank": lambda row: row.result.rank,
    "title": lambda row: row.result.application.title.casefold(),
    "mean": lambda row: row.result.mean,
    "spread": lambda row: row.result.spread,
    "overall": lambda row: row.result.overall,
    "calibrated": lambda row: row.ranked and row.ranked.calibrated,
    "expected": lambda row: row.ranked and row.ranked.expected_rank,
    "amount": lambda row: row.result.application.amount,
}
DOWN_FIRST = {"mean", "spread", "overall", "calibrated", "amount"}
HEADS = (
    ("rank", lazy("Rank"), True), ("title", lazy("Application"), False), ("mean", lazy("Mean"), True), ("spread", lazy("Spread"), True),
    ("overall", lazy("Merit"), True), ("calibrated", lazy("Calibrated"), True), ("expected", lazy("Expected"), True),
    ("amount", "", True),
)  # fmt: skip


class Head(NamedTuple):
    """One head of the table that sorts it."""

    label: str
    is_number: bool
    sort: str
    direction: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ranking(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the weighted ranking at once, and the expected ranks once they are worked out for these scores."""
    call = call_for(request, slug)
    if request.method == "POST":
        return _ask(request, call)
    results = results_of(call, request.user)
    run = RankingRun.objects.filter(call=call, digest=order.digest_of(call, results)).first()
    found = order.order_of(call, results, order.read(run))
    sort = request.GET.get("sort", "")
    page = paginate(request, _sorted(found, sort))
    advice = Recommendation.objects.visible_to(request.user).filter(
        application__in=[row.result.application.pk for row in page]
    )
    known = {each.application_id: each for each in advice}
    context = {
        "order": found, "page": page, "run": run, "heads": _heads(sort, call.currency, bool(found.ranking)),
        "rows": [(row, known.get(row.result.application.pk)) for row in page],
        "has_scores": any(row.so_far is not None for row in found.rows),
        "is_in_order": not _is_sort(sort), "agreement": order.agreement_of(results),
        "groups": order.group_means(results), "reviews": sum(len(each.reviews) for each in results),
        "may_decide": has_right(request.user, DECIDE, call), **_against(found), **_chart(found),
    }  # fmt: skip
    return show(request, "reviews/staff/ranking.html", call, context)


def _ask(request: SignedInRequest, call: Call) -> HttpResponse:
    try:
        run = ask_for_ranking(call=call, by=request.user)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        if run.result is not None:
            messages.success(request, _("The ranking of these scores is here already."))
    return redirect("manage:ranking", call.slug)


def _against(found: Order) -> dict[str, Any]:
    return {
        "above": found.count(order.ABOVE), "above_sum": found.sum_of(order.ABOVE),
        "crosses": found.count(order.CROSSES), "below": found.count(order.BELOW),
    }  # fmt: skip


def _chart(found: Order) -> dict[str, Any]:
    if not found.ranking or not found.ranking.applications:
        return {}
    # A template cannot take the ranking itself: it is looked up by reference there.
    words = {"notes": found.ranking.notes, "model": found.ranking.version}
    return words | {
        "chart": rank_chart(found),
        "in_chart": len(shown_of(found)),
        "ranked": len(found.ranking.applications),
    }


def _is_sort(sort: str) -> bool:
    return sort.removeprefix("-") in KEYS


def _sorted(found: Order, sort: str) -> Sequence[Placed]:
    """Sort as the address asks, what has no such figure last; without a wish, by the order that the line is drawn in."""
    if not _is_sort(sort):
        return found.rows
    key = KEYS[sort.removeprefix("-")]
    known = [row for row in found.rows if key(row) is not None]
    return [*sorted(known, key=key, reverse=sort.startswith("-")), *(row for row in found.rows if key(row) is None)]


def _heads(sort: str, currency: str, has_ranking: bool) -> list[Head]:
    found = []
    for name, label, is_number in HEADS:
        if name in ("calibrated", "expected") and not has_ranking:
            continue
        first = f"-{name}" if name in DOWN_FIRST else name
        other = name if first.startswith("-") else f"-{name}"
        is_on = sort.removeprefix("-") == name
        direction = ("descending" if sort.startswith("-") else "ascending") if is_on else ""
        found.append(Head(label or currency, is_number, other if sort == first else first, direction))
    return found
