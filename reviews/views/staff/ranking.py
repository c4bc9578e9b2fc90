"""How the applications of a call came out, and how sure that is."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import order, ranking_columns, scoring
from reviews.access import DECIDE, call_for, has_right
from reviews.actions.ranking import ask_for_ranking
from reviews.models import PanelMember
from reviews.order import Order
from reviews.order_seen import seen_by
from reviews.rank_chart import rank_chart, shown_of
from reviews.ranking_columns import GROUPS, groups_in, sorted_by
from reviews.standing import results_of
from reviews.sureness import sentences
from reviews.views.staff.call import show

LENIENCY = "reviews.see_leniency"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ranking(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the weighted ranking at once, and the expected ranks once they are worked out for these scores."""
    call = call_for(request, slug)
    if request.method == "POST":
        return _ask(request, call)
    seen = seen_by(call, request.user)
    results, found, run = seen.results, seen.order, seen.run
    sort = request.GET.get("sort", "")
    page = paginate(request, sorted_by(seen.drawn.rows, sort))
    agreement = order.agreement_of(results)
    groups = groups_in(found) if request.GET.get("show") == GROUPS else []
    context = {
        "order": found, "page": page, "run": run, "rule": seen.rule, "draw": seen.draw, "shows_groups": bool(groups),
        "heads": ranking_columns.heads(sort, call.currency, has_ranking=bool(found.ranking), groups=groups),
        "rows": [(row, _means(row, groups)) for row in page],
        "has_scores": any(row.so_far is not None for row in found.rows),
        "is_in_order": not ranking_columns.is_sort(sort), "agreement": agreement,
        "groups": order.group_means(results), "reviews": sum(len(each.reviews) for each in results),
        "may_decide": has_right(request.user, DECIDE, call), "sentences": sentences(agreement, found.ranking),
        "may_see_leniency": has_right(request.user, LENIENCY, call),
        **_against(found), **_chart(found),
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


def _means(row: order.Placed, groups: list[Any]) -> list[Any]:
    return [scoring.shown(row.result.groups.get(group)) for group in groups]


def _against(found: Order) -> dict[str, Any]:
    return {
        "above": found.count(order.ABOVE), "above_sum": found.sum_of(order.ABOVE),
        "crosses": found.count(order.CROSSES), "below": found.count(order.BELOW), "over": found.count(order.OVER),
    }  # fmt: skip


def _chart(found: Order) -> dict[str, Any]:
    if not found.ranking or not found.ranking.applications:
        return {}
    # A template cannot take the ranking itself: it is looked up by reference there.
    return {
        "model": found.ranking.version,
        "chart": rank_chart(found),
        "in_chart": len(shown_of(found)),
        "ranked": len(found.ranking.applications),
    }


@login_required
@require_safe
def leniency(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the chair how much higher or lower than the panel each reviewer scores."""
    call = call_for(request, slug, to_see=LENIENCY)
    results = results_of(call, request.user)
    run = order.run_of(call, results)
    found = order.read(run)
    members = {str(each.pk): each for each in PanelMember.objects.filter(call=call).select_related("person")}
    rows = sorted(found.reviewers, key=lambda each: -each.mean) if found else []
    context = {
        "rows": [(members[each.reviewer], each) for each in rows if each.reviewer in members], "run": run,
        "is_connected": found is not None and found.is_connected and len(rows) > 1,
    }  # fmt: skip
    return show(request, "reviews/staff/leniency.html", call, context)
