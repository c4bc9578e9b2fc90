"""Screening: one submitted application after the other, with what the figures say and what a person judges."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from applications.actions import screening as actions
from applications.models import Application, Tick
from core.language import lazy
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews.access import DECIDE, application_of, call_for, has_right
from reviews.checklist import checks_of
from reviews.desk import alike_of, checklist_of, labels_of, notes_of
from reviews.intake_forms import ScreeningForm
from reviews.listing import readable
from reviews.reading import reading_of
from reviews.views.staff.application import SCREENABLE
from reviews.views.staff.call import show

State = Application.State
LONGEST_QUEUE = 30
DONE = {
    "eligible": lazy("%(reference)s is eligible."),
    "ineligible": lazy("%(reference)s is not eligible. The applicant learns of it when the outcome is released."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the queue of submitted applications with one of them to screen; take its outcome."""
    call = call_for(request, slug, to_post=DECIDE)
    queue = readable(call, request.user).filter(state=State.SUBMITTED).order_by("submitted_at", "pk")
    arrived = list(queue.values("pk", "reference", "title", "submitted_at"))
    waiting = [str(each["reference"]) for each in arrived]
    found = _chosen(request, call, waiting)
    form = ScreeningForm(request.POST or None)
    if request.method == "POST" and found is not None and form.is_valid():
        try:
            actions.screen(application=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, DONE[form.cleaned_data["outcome"]] % {"reference": found.reference})
            return redirect(_onward(request, call, str(found.reference), waiting))
    context = {
        "application": found, "waiting": len(waiting), "upcoming": arrived[:LONGEST_QUEUE],
        "longest": LONGEST_QUEUE, "form": form, "states": _states(call, request.user),
        "may_screen": has_right(request.user, DECIDE, call), **(_facts(found, call, request.user) if found else {}),
    }  # fmt: skip
    return show(request, "reviews/staff/screening.html", call, context, status=422 if form.errors else 200)


def _chosen(request: SignedInRequest, call: Call, waiting: list[str]) -> Application | None:
    """Return the application that the address names, or the first of the queue."""
    reference = request.GET.get("application") or (waiting[0] if waiting else "")
    if not reference:
        return None
    found = application_of(call=call, viewer=request.user, reference=reference, is_read=True)
    if found.state not in SCREENABLE and request.method != "POST":
        raise Http404
    return found


def _onward(request: SignedInRequest, call: Call, reference: str, waiting: list[str]) -> str:
    """Return where to go on: the next of the queue, or the page of this one."""
    if "next" not in request.POST:
        return reverse("manage:application", args=[call.slug, reference])
    page = reverse("manage:screening", args=[call.slug])
    place = waiting.index(reference) if reference in waiting else -1
    following = waiting[place + 1 : place + 2]
    return f"{page}?application={following[0]}" if following else page


def _facts(found: Application, call: Call, viewer: Any) -> dict[str, Any]:
    files = found.attachments.open().count()
    return {
        "checks": checks_of(found, call, found.current.content),
        "parts": reading_of(found.current, is_blind=found.is_veiled, files=files).contents,
        "alike": alike_of(found, viewer), "notes": notes_of(found, viewer),
        **(_written(found) if viewer.reads_all else {}),
        "earlier": list(found.screenings.select_related("screened_by")),
    }  # fmt: skip


def _written(found: Application) -> dict[str, Any]:
    """Return what is for the fund's own people to see and to write."""
    return {"entries": checklist_of(found), "answers": Tick.Answer.choices, "labels": labels_of(found)}


def _states(call: Call, viewer: Any) -> dict[str, int]:
    """Return how many of the applications that the viewer may see are in each state."""
    rows = readable(call, viewer).order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)
