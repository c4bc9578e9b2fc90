"""Assigning anew what was released and not begun: what would change is shown before anything does."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.states import WrongState
from core.web.requests import SignedInRequest
from reviews.access import RUN, call_for
from reviews.actions import reassigning
from reviews.models import Reassignment
from reviews.places import assignments_of, work_under_way
from reviews.plan_shown import changes_in
from reviews.problem import can_move
from reviews.staff_forms import PriceForm
from reviews.views.staff.call import show

SHOWN = 100
"""Changes that one page shows; who wants fewer asks a higher price."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reassign(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for the price of moving what was released, and have the rest worked out."""
    call = call_for(request, slug, to_see=RUN)
    form = PriceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if (under_way := work_under_way(call, request.user)) is not None:
            return redirect("jobs:batch", under_way.batch_id)
        batch = reassigning.ask_for_plan(call=call, price=form.cleaned_data["price"], by=request.user)
        messages.success(request, _("It is being worked out. What would change is on this page when that is done."))
        return redirect("jobs:batch", batch.pk)
    rows = assignments_of(call, request.user).active().only("state", "is_kept")
    plans = Reassignment.objects.visible_to(request.user).filter(call=call, stored_at=None)
    context = {
        "form": form, "movable": sum(map(can_move, rows)), "plan": plans.order_by("-pk").first(),
        "work": work_under_way(call, request.user),
    }  # fmt: skip
    return show(request, "reviews/staff/reassign.html", call, context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show what a plan changes, of the applications that the person may see, and store it."""
    call = call_for(request, slug, to_see=RUN)
    found = get_object_or_404(Reassignment.objects.visible_to(request.user).filter(call=call), pk=pk)
    if request.method == "POST":
        try:
            reassigning.store(plan=found, by=request.user)
        except WrongState as refusal:
            messages.error(request, str(refusal))
            return redirect("manage:plan", slug, pk)
        messages.success(request, _("It is stored. Who has lost a review is told by mail; the rest are proposals."))
        return redirect("manage:assignment", slug)
    changes = changes_in(found, request.user) if found.stored_at is None else []
    context = {
        "plan": found, "changes": changes[:SHOWN], "number": len(changes), "gain": sum(each.gain for each in changes),
        "taken_back": sum(each.taken_back for each in changes),
    }  # fmt: skip
    return show(request, "reviews/staff/plan.html", call, context)
