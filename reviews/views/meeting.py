"""A panel meeting as its members follow it, and their votes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from reviews.actions import discussing
from reviews.meeting_forms import BallotForm
from reviews.meeting_seen import Seen, copy_for, seen_by
from reviews.models import Ballot, Meeting, MeetingItem, PanelMember
from reviews.views.live import live_part


@login_required
@require_safe
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the meeting to somebody of its panel; it follows what the chair does."""
    place = _place_at(request, pk)
    if not place.has_agreed:
        return redirect("review:terms", place.pk)
    found = _meeting_for(request, pk)
    seen = seen_by(found, request.user)
    context = {
        "meeting": found, "seen": seen, "follows": found.state == Meeting.State.OPEN,
        "ballot": _ballot_on(seen, place), "is_here": place.pk in seen.here,
        "copy": copy_for(found, request.user),
    }  # fmt: skip
    return live_part(request, context) or render(
        request, "reviews/reviewer/meeting.html", context | {"may_have_book": _has_book(found, request.user)}
    )


def _has_book(found: Meeting, user: Any) -> bool:
    """Whether something of the call is open to the person, so that there is a book of it."""
    return Application.objects.visible_to_fund(user).filter(call=found.call_id).under_review().exists()


def _place_at(request: SignedInRequest, pk: int) -> PanelMember:
    """Return the person's place on the panel that meets: 403 for those who see the meeting without one, else 404."""
    serving = PanelMember.objects.serving().select_related("call", "person")
    place = serving.filter(call__meetings=pk, person=request.user).first()
    if place is None:
        _meeting_for(request, pk)
        raise PermissionDenied(_("This page is for the members of the panel."))
    return place


def _meeting_for(request: SignedInRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("call__rubric"), pk=pk)


def _ballot_on(seen: Seen, member: PanelMember) -> dict[str, Any] | None:
    """Return the open vote that the member may take part in, with what they voted so far."""
    now = seen.now
    if now is None or now.is_shut or now.row.voting_at is None or member.pk not in now.row.present:
        return None
    mine = Ballot.objects.filter(item=now.row, member=member).first()
    return {"item": now, "mine": mine}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: SignedInRequest, pk: int, item_pk: int) -> HttpResponse:
    """Take the member's vote on the application under discussion."""
    found = _meeting_for(request, pk)
    member = _place_at(request, pk)
    item = get_object_or_404(found.items.select_related("application", "meeting"), pk=item_pk)
    if not discussing.may_vote(item, member):
        raise PermissionDenied(_("Those vote who are in the room and have no tie to the application."))
    mine = Ballot.objects.filter(item=item, member=member).first()
    before = {"advice": mine.advice, "overall": mine.overall} if mine else None
    form = BallotForm(request.POST or None, initial=before, rubric=found.call.rubric)
    if request.method == "POST" and form.is_valid() and _cast(request, form, item):
        messages.success(request, _("Your vote is in. You may change it until the chair concludes."))
        return redirect("review:meeting", pk)
    context = {"meeting": found, "item": item, "form": form, "is_open": item.voting_at and not item.ended_at}
    return render(request, "reviews/reviewer/vote.html", context)


def _cast(request: SignedInRequest, form: BallotForm, item: MeetingItem) -> bool:
    try:
        discussing.cast(item=item, by=request.user, **form.cleaned_data)
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
    return form.is_valid()
