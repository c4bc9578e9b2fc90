"""Who reviews what: the board of a call, a proposal for it, and the release to the reviewers."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.models import Application
from core import clock
from core.language import counted
from core.states import WrongState
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import places
from reviews.access import RUN, call_for
from reviews.actions import assigning
from reviews.models import Assignment, StakeholderGroup
from reviews.places import assignments_of, work_under_way
from reviews.problem import NOT_BEGUN, TO_REVIEW
from reviews.staff_forms import DueForm
from reviews.views.staff.call import show

State = Assignment.State
DAYS_TO_REVIEW = 21
"""How long reviewers get if the call names no date; our own choice."""


@login_required
@require_safe
def assignment(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the board: each application by stakeholder group, what is open and why, and what each member holds."""
    call = call_for(request, slug)
    user = request.user
    held = assignments_of(call, user).held()
    pairs = list(held.order_by().values_list("application", "member", "state"))
    seen = Application.objects.visible_to_fund(user).filter(call=call)
    states = dict(seen.under_review().values_list("pk", "state"))
    counted = _Count.of(call, states, pairs)
    only_open = request.GET.get("places") == "open"
    keys = sorted(counted.short) if only_open else [key for key, state in states.items() if state in TO_REVIEW]
    page = paginate(request, seen.filter(pk__in=keys).order_by("reference").only("pk", "reference", "title", "state"))
    run, reasons = places.runs_in(call, user, page)
    rows = held.filter(application__in=[each.pk for each in page]).select_related("member__person")
    context = {
        "page": page, "groups": StakeholderGroup.labels, "count": counted, "run": run, "only_open": only_open,
        "rows": places.places_of(call, page, rows.defer("why").order_by("pk"), reasons),
        "loads": places.loads_of(call, [(member, state) for __, member, state in pairs]),
        "can_move": any(state in NOT_BEGUN for __, __, state in pairs),
        "work": work_under_way(call, user), "can_propose": call.state in Call.UNDER_WAY,
    }  # fmt: skip
    return show(request, "reviews/staff/assignment.html", call, context)


class _Count(NamedTuple):
    """What the board comes to."""

    applications: int
    wanted: int
    filled: int
    proposed: int
    short: set[int]

    @property
    def open(self) -> int:
        return self.wanted - self.filled

    @classmethod
    def of(cls, call: Call, states: dict[int, str], pairs: list[tuple[int, int, str]]) -> "_Count":
        to_review = {key for key, state in states.items() if state in TO_REVIEW}
        taken = dict.fromkeys(to_review, 0)
        for application, *__ in pairs:
            if application in taken:
                taken[application] += 1
        filled = sum(min(number, call.reviews_each) for number in taken.values())
        proposed = sum(state == State.PROPOSED for __, __, state in pairs)
        short = {key for key, number in taken.items() if number < call.reviews_each}
        return cls(len(to_review), len(to_review) * call.reviews_each, filled, proposed, short)


@login_required
@require_POST
def propose(request: SignedInRequest, slug: str) -> HttpResponse:
    """Have a worker propose who reviews what, and lead to its progress."""
    call = call_for(request, slug)
    if (under_way := work_under_way(call, request.user)) is not None:
        return redirect("jobs:batch", under_way.batch_id)
    batch = assigning.ask_for_proposal(call=call, by=request.user)
    messages.success(request, _("A proposal is being worked out. It is on the assignment page when this is done."))
    return redirect("jobs:batch", batch.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_assignments(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what a release of the proposals does, and do it."""
    call = call_for(request, slug, to_see=RUN)
    form = DueForm(request.POST or None, initial={"due_at": _begun(call)})
    if request.method == "POST" and form.is_valid():
        try:
            found = assigning.release(call=call, due_at=form.cleaned_data["due_at"], by=request.user)
        except (ValidationError, WrongState) as refusal:
            take_errors(form, refusal)
        else:
            people = len({each.member_id for each in found})
            messages.success(
                request,
                counted("%(number)s assignment is released.", "%(number)s assignments are released.", len(found))
                + " "
                + counted("%(number)s reviewer is told by mail.", "%(number)s reviewers are told by mail.", people),
            )
            return redirect("manage:assignment", slug)
    pairs = (
        assignments_of(call, request.user).filter(state=State.PROPOSED).values_list("application", "member", "state")
    )
    chosen = list(pairs)
    per_member = places.loads_of(call, [(member, state) for __, member, state in chosen])
    context = {
        "form": form, "number": len(chosen), "applications": len({key for key, *__ in chosen}),
        "loads": [load for load in per_member if load.proposed], "faults": places.faults_in(call, request.user),
    }  # fmt: skip
    return show(request, "reviews/staff/release_assignments.html", call, context)


def _begun(call: Call) -> Any:
    if call.reviews_due_at and call.reviews_due_at > clock.now():
        return call.reviews_due_at
    return (clock.now() + clock.days(DAYS_TO_REVIEW)).replace(hour=17, minute=0, second=0, microsecond=0)
