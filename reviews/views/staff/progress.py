"""How the reviews come in: by reviewer, by application and by group, with a reminder for those who owe some."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from core import clock
from core.language import counted
from core.states import WrongState
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest, number_in, row_keys
from fund.models import Call
from reviews import owed
from reviews.access import call_for
from reviews.actions import moving, reminding, reviewing
from reviews.models import Assignment, PanelMember
from reviews.owed import Piece
from reviews.places import assignments_of
from reviews.staff_forms import DueForm
from reviews.views.staff.call import show

MOST_SHOWN = 30  # applications with a review missing; the list of applications has them all


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how far everyone is; a POST reminds the chosen reviewers."""
    call = call_for(request, slug)
    if request.method == "POST":
        return _remind(request, call)
    pieces = owed.pieces_of(call, request.user)
    members = PanelMember.objects.filter(call=call, pk__in={piece.member for piece in pieces}).select_related("person")
    rows = owed.progress_of(members, pieces, clock.now())
    missing = _missing(call, request.user, pieces)
    context = {
        "page": paginate(request, rows), "groups": owed.by_group(rows), "missing": missing[:MOST_SHOWN],
        "missing_count": len(missing), "done": sum(piece.is_in for piece in pieces), "total": len(pieces),
        "late": sum(row.days_late > 0 for row in rows), "reviewers": len(rows),
        "late_reviews": sum(piece.days_late(clock.now()) > 0 for piece in pieces),
        "sees_pauses": request.user.reads_all, "owing": sum(row.owed > 0 for row in rows),
        "can_remind": any(row.can_be_reminded for row in rows),
    }  # fmt: skip
    return show(request, "reviews/staff/progress.html", call, context)


def _remind(request: SignedInRequest, call: Call) -> HttpResponse:
    keys = row_keys(request.POST.getlist("member"))
    members = PanelMember.objects.visible_to(request.user).filter(call=call, pk__in=keys)
    try:
        found = reminding.remind(call=call, members=members, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = counted(
            "%(number)s reviewer is reminded by mail.", "%(number)s reviewers are reminded by mail.", len(found)
        )
        messages.success(request, words)
    return redirect("manage:progress", call.slug)


def _missing(call: Call, user: Any, pieces: list[Piece]) -> list[dict[str, Any]]:
    """Return the applications in review that lack a review, those that lack most first."""
    done: dict[int, int] = {}
    total: dict[int, int] = {}
    for piece in pieces:
        done[piece.application] = done.get(piece.application, 0) + piece.is_in
        total[piece.application] = total.get(piece.application, 0) + 1
    seen = Application.objects.visible_to_fund(user).filter(call=call, state=Application.State.IN_REVIEW)
    rows = []
    for each in seen.only("pk", "reference", "title", "state").order_by("reference"):
        has = total.get(each.pk, 0)
        wanted, came = max(has, call.reviews_each), done.get(each.pk, 0)
        if came < wanted:
            rows.append(
                {"application": each, "done": came, "wanted": wanted, "places": max(call.reviews_each - has, 0)}
            )
    return sorted(rows, key=lambda row: (row["done"] - row["wanted"], -row["places"]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reviewer(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show what one reviewer has of this call; a POST gives them another date, or reopens a submitted review."""
    call = call_for(request, slug)
    member = get_object_or_404(
        PanelMember.objects.visible_to(request.user).filter(call=call).select_related("person__organisation"), pk=pk
    )
    rows = assignments_of(call, request.user).active().filter(member=member).select_related("application", "review")
    if "reopen" in request.POST:
        return _reopen(request, call, member, rows)
    form = DueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _move(request, form, call, rows):
        return redirect("manage:reviewer", slug, pk)
    found = list(rows.defer("why").order_by("due_at", "application__reference"))
    context = {
        "member": member, "rows": found, "done": sum(each.state in Assignment.COUNTED for each in found),
        "sees_pauses": request.user.reads_all, "form": form,
        "owed": sum(each.state in Assignment.OWED for each in found),
    }  # fmt: skip
    return show(request, "reviews/staff/reviewer.html", call, context)


def _move(request: SignedInRequest, form: DueForm, call: Call, rows: Any) -> bool:
    """Give a reviewer another date for what they owe; False if the form has to be shown again."""
    try:
        moved = moving.move_due(call=call, assignments=rows, due_at=form.cleaned_data["due_at"], by=request.user)
    except (ValidationError, WrongState) as refusal:
        take_errors(form, refusal)
        return False
    messages.success(
        request,
        counted("%(number)s review has another date now.", "%(number)s reviews have another date now.", len(moved)),
    )
    return True


def _reopen(request: SignedInRequest, call: Call, member: PanelMember, rows: Any) -> HttpResponse:
    key = request.POST.get("reopen", "")
    chosen = get_object_or_404(rows, pk=number_in(key) or 0)
    try:
        reviewing.reopen(assignment=chosen, by=request.user)
    except (WrongState, PermissionDenied) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The review of %(reference)s is a draft again.") % {"reference": chosen.application.reference}
        )
    return redirect("manage:reviewer", call.slug, member.pk)
