"""The reviewer's pages beside the desk: queue, conflicts, pause, handing back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.models import Application, TeamMember
from applications.models.tied import SUBJECT
from core.interests.models import Declaration
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import bids, ties_shown
from reviews.actions import conflicts as declaring
from reviews.actions import panel, reviewing
from reviews.calibration import exercises_of
from reviews.duties import serves, terms_to_accept
from reviews.forms import DeclarationForm, HandBackForm, TieForm
from reviews.models import Assignment, PanelMember
from reviews.queue import Place, Queue, queue_of
from reviews.views.desk import own_assignment


@login_required
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """Show what was assigned to the person, by date or by state."""
    if (place := terms_to_accept(request.user)) is not None:
        return redirect("review:terms", place.pk)
    mine = queue_of(request.user)
    by_state = request.GET.get("by") == "state"
    exercises = list(exercises_of(request.user))
    invited = PanelMember.objects.filter(person=request.user, state=PanelMember.State.INVITED).select_related("call")
    context = {
        "queue": mine, "serves": serves(request.user), "by_state": by_state, "places": mine.by_state() if by_state else mine.places,
        "invitations": invited.order_by("invited_at"),
        "exercises": exercises, "held": _held_up(mine, exercises),
        "books": _calls_open_to(request.user, mine),
        "offline": _calls_of(mine.owed),
        "sent": _calls_of(place for place in mine.places if place.is_done),
        "bidding": bids.places_of(request.user).select_related("call").order_by("call__title"),
        "calls": sorted({place.assignment.application.call.title for place in mine.places}),
    }  # fmt: skip
    return render(request, "reviews/reviewer/queue.html", context)


def _calls_open_to(user: Any, queue: Queue) -> list[Call]:
    """Return the calls in the queue of which something is open to the person, so that there is a book of it."""
    found = {place.assignment.application.call_id for place in queue.places}
    readable = Application.objects.visible_to_fund(user).filter(call__in=found).under_review()
    return list(Call.objects.filter(pk__in=readable.values("call")).order_by("title"))


def _calls_of(places: Iterable[Place]) -> list[Call]:
    return sorted({place.assignment.application.call for place in places}, key=lambda call: call.title)


def _held_up(queue: Queue, exercises: list[Any]) -> Any:
    """Return the place whose exercise has to be done before the next application of the queue opens."""
    if queue.next is None or queue.next.assignment.state != Assignment.State.ACCEPTED:
        return None
    call = queue.next.assignment.application.call_id
    waits = (each for each in exercises if each.cases_left and each.call.calibration.is_required)
    return next((each for each in waits if each.call_id == call), None)


@login_required
@require_safe
def conflicts(request: SignedInRequest) -> HttpResponse:
    """Show what waits for a declaration, and the ties on record with their rulings."""
    context = {
        "queue": queue_of(request.user), "ties": ties_shown.of(request.user), "serves": serves(request.user),
    }  # fmt: skip
    return render(request, "reviews/reviewer/conflicts.html", context)


@login_required
def declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for ties before the text opens; later, take one that was found since."""
    assignment = own_assignment(request, pk)
    is_first = assignment.state == Assignment.State.RELEASED
    form = (DeclarationForm if is_first else TieForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        has_interest = not is_first or form.cleaned_data["has_interest"] == "yes"
        try:
            declaring.declare(
                assignment=assignment, has_interest=has_interest, kinds=form.cleaned_data["kinds"],
                note=form.cleaned_data["note"], by=request.user,
            )  # fmt: skip
        except ValidationError as error:
            take_errors(form, error)
        else:
            return _declared(request, assignment, has_interest)
    is_blind = assignment.application.call.applicants_hidden and assignment.state in Assignment.OWED
    return render(
        request,
        "reviews/reviewer/declare.html",
        {
            "assignment": assignment, "application": assignment.application, "form": form, "is_first": is_first,
            "is_blind": is_blind, "team": [] if is_blind else _team(assignment),
            "ruled": Declaration.objects.of(request.user, SUBJECT).filter(
                subject=assignment.application_id, ruling=Declaration.Ruling.NO_ACTION
            ).first(),
        },
    )  # fmt: skip


def _team(assignment: Assignment) -> list[TeamMember]:
    hidden = [TeamMember.Part.SIGNATORY]
    rows = TeamMember.objects.filter(application=assignment.application_id).exclude(part__in=hidden)
    return list(rows.select_related("organisation"))


def _declared(request: SignedInRequest, assignment: Assignment, has_interest: bool) -> HttpResponse:
    reference = assignment.application.reference
    if has_interest:
        messages.success(
            request,
            _("Thank you. %(reference)s is out of your queue until the fund has ruled on it.")
            % {"reference": reference},
        )
    waiting = queue_of(request.user).to_declare
    if waiting:
        return redirect(waiting[0].url)
    return redirect("review:queue") if has_interest else redirect("review:desk", pk=assignment.pk)


@login_required
def hand_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a review back with a reason."""
    assignment = own_assignment(request, pk)
    form = HandBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.hand_back(assignment=assignment, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(
                request,
                _("%(reference)s is handed back. The fund looks for somebody else.")
                % {"reference": assignment.application.reference},
            )
            return redirect("review:queue")
    return render(request, "reviews/reviewer/hand_back.html", {"assignment": assignment, "form": form})


@login_required
def pause(request: SignedInRequest) -> HttpResponse:
    """Offer a pause, and take it or end it."""
    places = PanelMember.objects.serving().filter(person=request.user)
    if not places.exists():
        raise PermissionDenied(_("A pause is for people who serve on a panel."))
    if request.method == "POST":
        return _set_pause(request)
    paused = places.filter(paused_at__isnull=False).order_by("paused_at").first()
    return render(request, "reviews/reviewer/pause.html", {"paused": paused})


def _set_pause(request: SignedInRequest) -> HttpResponse:
    if request.POST.get("action") == "resume":
        panel.resume(person=request.user, by=request.user)
        messages.success(request, _("Welcome back. Your queue is as you left it."))
        return redirect("review:queue")
    panel.pause(person=request.user, by=request.user)
    messages.success(request, _("Your reviews are paused. You get nothing new, and nothing reminds you."))
    return redirect("review:pause")
