"""Meetings of a panel: planned, led by the chair, minuted."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest, row_keys
from fund.models import Call
from reviews.access import RUN, call_for
from reviews.actions import discussing
from reviews.actions import meeting as meetings
from reviews.meeting_forms import ConclusionForm, MinutesForm, PlanForm
from reviews.meeting_seen import Seen, copy_for, seen_by
from reviews.models import Meeting, MeetingItem
from reviews.staff_forms import advice_of
from reviews.views.live import live_part
from reviews.views.staff.call import show
from reviews.votes import votes_on


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def all_meetings(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the meetings on a call, and plan another."""
    call = call_for(request, slug)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = meetings.plan(call=call, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The meeting is planned, and the panel is told by mail."))
            return redirect("manage:meeting", slug, made.pk)
    rows = Meeting.objects.visible_to(request.user).filter(call=call).order_by("-starts_at")
    return show(request, "reviews/staff/meetings.html", call, {"rows": rows[:50], "form": form})


def _meeting_of(call: Call, request: SignedInRequest, pk: int) -> Meeting:
    found = get_object_or_404(Meeting.objects.visible_to(request.user).filter(call=call), pk=pk)
    found.call = call
    return found


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Lead a meeting: who is there, which application is taken up, when they vote."""
    call = call_for(request, slug)
    found = _meeting_of(call, request, pk)
    if request.method == "POST":
        _step(request, found)
        return redirect("manage:meeting", slug, pk)
    seen = seen_by(found, request.user)
    context = {"meeting": found, "seen": seen, "follows": found.state == Meeting.State.OPEN}
    return live_part(request, context) or show(request, "reviews/staff/meeting.html", call, context)


def _step(request: SignedInRequest, meeting: Meeting) -> None:
    """Take one step of the meeting, and say what was done or why it was not."""
    key = request.POST.get("item", "")
    item = meeting.items.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    name = request.POST.get("step", "")
    try:
        if name in STEPS:
            messages.success(request, STEPS[name](request, meeting))
        elif name in ITEM_STEPS and item is not None:
            messages.success(request, ITEM_STEPS[name](item, request.user))
        else:
            messages.error(request, _("This page did not understand what to do. Choose again."))
    except (WrongState, PermissionDenied) as refusal:
        messages.error(request, str(refusal))


def _open(request: SignedInRequest, meeting: Meeting) -> str:
    meetings.open_meeting(meeting=meeting, by=request.user)
    return _("The meeting is open. Its members see this page change by itself.")


def _present(request: SignedInRequest, meeting: Meeting) -> str:
    meetings.mark_present(meeting=meeting, members=row_keys(request.POST.getlist("member")), by=request.user)
    return _("Who is here is recorded.")


def _begin(item: MeetingItem, by: Any) -> str:
    discussing.begin(item=item, by=by)
    return _("%(reference)s is under discussion.") % {"reference": item.application.reference}


def _call_vote(item: MeetingItem, by: Any) -> str:
    discussing.call_vote(item=item, by=by)
    return _("The vote on %(reference)s is open.") % {"reference": item.application.reference}


def _put_off(item: MeetingItem, by: Any) -> str:
    discussing.put_off(item=item, by=by)
    return _("%(reference)s comes again at the end.") % {"reference": item.application.reference}


STEPS: dict[str, Callable[[SignedInRequest, Meeting], str]] = {"open": _open, "present": _present}
ITEM_STEPS: dict[str, Callable[[MeetingItem, Any], str]] = {
    "begin": _begin, "vote": _call_vote, "put_off": _put_off,
}  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: SignedInRequest, slug: str, pk: int, item_pk: int) -> HttpResponse:
    """Record what the panel recommends on the application under discussion."""
    call = call_for(request, slug, to_see=RUN)
    found = _meeting_of(call, request, pk)
    item = get_object_or_404(found.items.select_related("application"), pk=item_pk)
    item.application.call = call
    if not request.user.has_perm("applications.recommend_application", item.application):
        raise PermissionDenied(_("Whoever is tied to an application does not lead its discussion."))
    form = ConclusionForm(
        request.POST or None, initial=advice_of(None, item.application, call), application=item.application
    )
    if request.method == "POST" and form.is_valid():
        try:
            discussing.conclude(item=item, by=request.user, **form.cleaned_data)
        except (ValidationError, WrongState) as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("%(about)s is concluded.") % {"about": item.application.reference})
            return redirect("manage:meeting", slug, pk)
    context = {"meeting": found, "item": item, "votes": votes_on(item), "form": form}
    return show(request, "reviews/staff/conclude.html", call, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show the minutes, write them, and approve what somebody else wrote."""
    call = call_for(request, slug)
    found = _meeting_of(call, request, pk)
    if request.POST.get("step") == "approve":
        _approve(request, found)
        return redirect("manage:minutes", slug, pk)
    seen = seen_by(found, request.user)
    now = {"text": found.minutes or _drafted(found, seen), "seen": found.minutes_seen}
    form = MinutesForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid() and _write(request, found, form):
        return redirect("manage:minutes", slug, pk)
    may_approve = found.state == Meeting.State.OPEN and found.minutes_by_id and found.can("close", request.user)
    context = {
        "meeting": found, "seen": seen, "form": form, "may_approve": may_approve, "copy": copy_for(found, request.user),
    }  # fmt: skip
    return show(request, "reviews/staff/minutes.html", call, context)


def _approve(request: SignedInRequest, meeting: Meeting) -> None:
    try:
        meetings.approve_minutes(meeting=meeting, seen=request.POST.get("seen", ""), by=request.user)
        messages.success(request, _("The minutes are approved, and the meeting is closed."))
    except (WrongState, PermissionDenied) as refusal:
        messages.error(request, str(refusal))


def _write(request: SignedInRequest, meeting: Meeting, form: MinutesForm) -> bool:
    """Write the minutes; refused, the page shows what stands now, over which the typed text may then be saved."""
    try:
        meetings.write_minutes(meeting=meeting, by=request.user, **form.cleaned_data)
        messages.success(request, _("The minutes are saved. Somebody else approves them."))
    except (WrongState, PermissionDenied) as refusal:
        form.add_error(None, str(refusal))
        meeting.refresh_from_db(fields=["minutes", "state"])
        data = request.POST.copy()
        data["seen"] = meeting.minutes_seen
        form.data = data
    return form.is_valid()


def _drafted(meeting: Meeting, seen: Seen) -> str:
    """Begin the minutes with what the record knows of the meeting as a whole."""
    if meeting.opened_at is None:
        return ""
    return _("The meeting was opened on %(day)s at %(time)s UTC.\n\nPresent: %(names)s.") % {
        "day": f"{meeting.opened_at:%-d %B %Y}", "time": f"{meeting.opened_at:%H:%M}", "names": ", ".join(seen.came),
    }  # fmt: skip
