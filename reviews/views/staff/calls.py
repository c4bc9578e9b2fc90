"""All calls, with what is going on in each and for whom it waits."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_safe

from applications.models import Application
from applications.models.tied import SUBJECT
from core.interests.models import Declaration
from core.people.models import Role
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews.models import Assignment, Decision
from reviews.models.panel import calls_chaired_by

State = Application.State
type Tally = Counter[tuple[int, str]]


@dataclass(frozen=True)
class Line:
    """One call with its figures, counted for the viewer."""

    call: Call
    closes_on: date
    submitted: int
    in_review: int
    reviews_in: int
    reviews: int
    waiting: tuple[str, ...]


@login_required
@require_safe
def calls(request: SignedInRequest) -> HttpResponse:
    """List the calls that the person runs or reads."""
    user = request.user
    if not user.reads_all and not user.has_role(Role.CHAIR):
        if user.is_insider:
            raise PermissionDenied(_("This page is for fund administrators, auditors and chairs of panels."))
        raise Http404
    rows = Call.objects.select_related("fund")
    page = paginate(request, rows if user.reads_all else rows.filter(pk__in=calls_chaired_by(user)))
    context = {
        "page": page, "lines": list(_lines(list(page), user)), "is_limited": Application.objects.left_out_for(user).exists(),
        "may_run": user.has_perm("fund.run_call"),
    }  # fmt: skip
    return render(request, "reviews/staff/calls.html", context)


def _lines(page: list[Call], viewer: Any) -> Iterator[Line]:
    """Yield the calls with their figures, all calls in one query for each figure."""
    visible = Application.objects.visible_to_fund(viewer).filter(call__in=page).submitted()
    states = _tally(visible, "call")
    work = Assignment.objects.visible_to(viewer).active().filter(application__call__in=page)
    reviews = _tally(work, "application__call")
    ties = Declaration.objects.filter(subject_type=SUBJECT, has_interest=True, ruling="", by_system=False)
    tied = visible.filter(pk__in=ties.exclude(person=viewer).values("subject"))
    conflicts = Counter(tied.values_list("call", flat=True))
    found = Decision.objects.visible_to(viewer) if viewer.reads_all else Decision.objects.none()
    decisions = _tally(found.filter(application__call__in=page), "application__call")
    for call in page:
        done = sum(reviews[call.pk, state] for state in Assignment.COUNTED)
        owed = sum(reviews[call.pk, state] for state in Assignment.OWED)
        yield Line(
            call, call.closes_at.astimezone(ZoneInfo(call.zone)).date(), sum(number for (key, __), number in states.items() if key == call.pk),
            states[call.pk, State.IN_REVIEW] + states[call.pk, State.RECOMMENDED], done, done + owed,
            tuple(_waiting(call, states, owed, conflicts[call.pk], decisions)),
        )  # fmt: skip


def _tally(rows: QuerySet[Any], call: str) -> Tally:
    """Count rows by call and state."""
    counted = rows.order_by().values_list(call, "state").annotate(Count("pk"))
    return Counter({(key, state): number for key, state, number in counted})


_WAITING = (
    ngettext_lazy("Staff: %(number)s application to screen", "Staff: %(number)s applications to screen", "number"),
    ngettext_lazy(
        "Applicants: %(number)s application to correct", "Applicants: %(number)s applications to correct", "number"
    ),
    ngettext_lazy("Panel: %(number)s review to write", "Panel: %(number)s reviews to write", "number"),
    ngettext_lazy(
        "Staff or chair: %(number)s conflict to rule on", "Staff or chair: %(number)s conflicts to rule on", "number"
    ),
    ngettext_lazy(
        "A second administrator: %(number)s decision to approve",
        "A second administrator: %(number)s decisions to approve",
        "number",
    ),
    ngettext_lazy("Staff: %(number)s decision to release", "Staff: %(number)s decisions to release", "number"),
)


def _waiting(call: Call, states: Tally, owed: int, conflicts: int, decisions: Tally) -> Iterator[str]:
    """Yield for whom the call waits, and for what."""
    screening, returned = states[call.pk, State.SUBMITTED], states[call.pk, State.RETURNED]
    draft, approved = decisions[call.pk, Decision.State.DRAFT], decisions[call.pk, Decision.State.APPROVED]
    if call.state == Call.State.DRAFT:
        yield _("Staff: to publish it")
    elif call.is_open():
        yield _("Applicants: drafts to submit")
    elif call.can_start_review and not screening:
        yield _("Staff: to start the review")
    for number, words in zip((screening, returned, owed, conflicts, draft, approved), _WAITING, strict=True):
        if number:
            yield str(words % {"number": number})
