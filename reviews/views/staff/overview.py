"""How a call stands: where its applications are, what waits, how the reviews come in, who is late."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.models import Application
from core import clock
from core.language import counted
from core.waiting import Waiting
from core.web.requests import SignedInRequest
from fund import steps
from fund.models import Call
from reviews import overview as sums
from reviews.access import DECIDE, RUN, call_for, has_right
from reviews.listing import readable
from reviews.models import Assignment, Decision, StakeholderGroup
from reviews.overview import WORK_COLUMNS, Listed, Work
from reviews.ruling import declarations_in
from reviews.standing import Result, results_of
from reviews.views.staff.call import show

LONGEST_LATE = 8
State = Application.State


@login_required
@require_safe
def overview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how a call stands."""
    call = call_for(request, slug)
    results, held = results_of(call, request.user), _held(call, request.user)
    work = [each for each in held if each.state != Assignment.State.PROPOSED]
    rows = _listed(call, request.user)
    now = clock.now()
    late = sums.late(work, now, sees_pauses=request.user.reads_all)
    context = {
        "cells": sums.pipeline(call, rows, results), "total": len(rows),
        "waiting": list(_waiting(call, request.user, rows, results, held)) if has_right(request.user, RUN, call) else [],
        "steps": steps.of_call(call), "pace": sums.pace(work, now.date()),
        "coverage": sums.coverage(work, results) if work else [], "groups": StakeholderGroup.labels,
        "late": late[:LONGEST_LATE], "late_count": len(late), "due_soon": sums.due_soon(work, now),
        "reviewers": len({each.member for each in work}),
    }  # fmt: skip
    return show(request, "reviews/staff/overview.html", call, context)


def _held(call: Call, viewer: Any) -> list[Work]:
    rows = Assignment.objects.visible_to(viewer).held().filter(application__call=call)
    return [Work(*row) for row in rows.order_by("pk").values_list(*WORK_COLUMNS)]


def _listed(call: Call, viewer: Any) -> list[Listed]:
    rows = readable(call, viewer).order_by().values_list("state", "country", "is_veiled")  # type: ignore[misc]
    return [Listed(state, "" if is_veiled else country) for state, country, is_veiled in rows]


def _waiting(
    call: Call, viewer: Any, rows: Sequence[Listed], results: Sequence[Result], held: Sequence[Work]
) -> Iterator[Waiting]:
    """Yield what waits for this person in this call, what holds up others first."""
    ties = declarations_in(call, viewer).filter(ruling="", by_system=False).count()
    if ties:
        note = _("Whoever declared one is shut out of that application until then.")
        yield Waiting(
            counted("%(number)s conflict to rule on", "%(number)s conflicts to rule on", ties),
            note,
            reverse("manage:panel", args=[call.slug]),
            button=_("Rule"),
        )
    if has_right(viewer, DECIDE, call):
        yield from _for_administrators(call, viewer, Counter(row.state for row in rows))
    yield from _for_assignment(call, results, held)
    ready = sum(each.is_complete and each.application.state == State.IN_REVIEW for each in results)
    if ready:
        what = counted("%(number)s application to recommend on", "%(number)s applications to recommend on", ready)
        yield Waiting(
            what, _("All their reviews are in."), reverse("manage:ranking", args=[call.slug]), button=_("Open")
        )


def _for_administrators(call: Call, viewer: Any, states: Counter[str]) -> Iterator[Waiting]:
    if states[State.SUBMITTED]:
        what = counted("%(number)s application to screen", "%(number)s applications to screen", states[State.SUBMITTED])
        yield Waiting(
            what,
            _("In the order in which they came."),
            reverse("manage:screening", args=[call.slug]),
            button=_("Screen"),
        )
    elif call.can_start_review:
        step = reverse("manage_fund:call_step", args=[call.slug, "start_review"])
        yield Waiting(
            _("The review to start"), _("The deadline has passed and all is screened."), step, button=_("Start")
        )
    prepared = Decision.objects.visible_to(viewer).filter(application__call=call).values_list("state", "prepared_by")
    drafts = sum(state == Decision.State.DRAFT and by != viewer.pk for state, by in prepared)
    approved = sum(state == Decision.State.APPROVED for state, __ in prepared)
    if drafts:
        what = counted("%(number)s decision to approve", "%(number)s decisions to approve", drafts)
        yield Waiting(
            what, _("Prepared by somebody else."), reverse("manage:decisions", args=[call.slug]), button=_("Approve")
        )
    if approved:
        what = counted("%(number)s decision to release", "%(number)s decisions to release", approved)
        yield Waiting(
            what,
            _("Approved, and not known to anybody outside yet."),
            reverse("manage:decisions", args=[call.slug]),
            button=_("Open"),
        )


def _for_assignment(call: Call, results: Sequence[Result], held: Sequence[Work]) -> Iterator[Waiting]:
    proposed = sum(each.state == Assignment.State.PROPOSED for each in held)
    if proposed:
        what = counted("%(number)s assignment to release", "%(number)s assignments to release", proposed)
        yield Waiting(
            what,
            _("Proposed; no reviewer sees them yet."),
            reverse("manage:assignment", args=[call.slug]),
            button=_("Look"),
        )
    in_review = [each for each in results if each.application.state == State.IN_REVIEW]
    places = sum(max(call.reviews_each - each.expected, 0) for each in in_review) - proposed
    if places > 0:
        what = counted("%(number)s place without a reviewer", "%(number)s places without a reviewer", places)
        yield Waiting(
            what,
            _("Each application gets %(reviews_each)s.") % {"reviews_each": call.reviews_each},
            reverse("manage:assignment", args=[call.slug]),
            button=_("Assign"),
        )
