"""The panel of a call: its members, invitations, and the conflicts that wait for a ruling."""

from collections import Counter
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.people.models import Role, User
from core.states import WrongState
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews.access import DECIDE, call_for, has_right
from reviews.actions import conflicts
from reviews.actions import panel as actions
from reviews.intake_forms import InvitationForm
from reviews.models import Assignment, PanelMember, PanelSuggestion, StakeholderGroup, Undertaking
from reviews.ruling import declarations_in, ties_in
from reviews.views.staff.call import show

SHAPES = {"invited": "moving", "accepted": "done", "declined": "stopped"}


MOST_TIES, MOST_RULED = 10, 20
"""How many the page shows at once; the next come up as these are ruled upon."""


class Seat(NamedTuple):
    """One member with what they carry, counted for the viewer."""

    member: PanelMember
    held: int
    done: int
    state: tuple[str, str]
    certified_at: datetime | None


@login_required
@require_safe
def panel(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the members by stakeholder group, and the ties to rule on."""
    call = call_for(request, slug)
    seats = _seats(call, request.user)
    ties = ties_in(call, request.user)
    waiting = [tie for tie in ties if not tie.declaration.ruling and not tie.declaration.by_system]
    found = [tie for tie in ties if not tie.declaration.ruling and tie.declaration.by_system]
    ruled = sorted((tie for tie in ties if tie.declaration.ruling), key=_ruled_at, reverse=True)
    may_invite = has_right(request.user, DECIDE, call)
    context = {
        "groups": _by_group(seats), "serving": sum(seat.member.state == "accepted" for seat in seats),
        "seats": seats, "missing": _missing_groups(seats), "waiting": waiting[:MOST_TIES], "waits": len(waiting),
        "found": paginate(request, found, per_page=MOST_TIES), "ruled": ruled[:MOST_RULED], "rulings_made": len(ruled),
        "suggestions": _suggestions(seats) if may_invite else [], "may_invite": may_invite,
        "rulings": [("no_action", _("No action")), ("observe", _("May observe")), ("recused", _("Recused"))],
    }  # fmt: skip
    return show(request, "reviews/staff/panel.html", call, context)


def _ruled_at(tie: Any) -> Any:
    return tie.declaration.ruled_at


def _seats(call: Call, viewer: Any) -> list[Seat]:
    given = Undertaking.objects.visible_to(viewer).filter(member=OuterRef("pk"), kind=Undertaking.Kind.CLOSING)
    members = PanelMember.objects.visible_to(viewer).filter(call=call).annotate(
        certified_at=Subquery(given.values("given_at")[:1])
    ).select_related("person__organisation", "suggestion")  # fmt: skip
    held, done = Counter[int](), Counter[int]()
    for member, state in (
        Assignment.objects.visible_to(viewer).held().filter(application__call=call).values_list("member", "state")
    ):
        held[member] += 1
        done[member] += state in Assignment.COUNTED
    rows: Any = members.prefetch_related("themes", "avoids").order_by("person__name")
    for each in rows:
        each.call = call
    return [Seat(each, held[each.pk], done[each.pk], _state(each, viewer), each.certified_at) for each in rows]


def _suggestions(seats: list[Seat]) -> list[PanelSuggestion]:
    """Return whom those who declined have named, for who may invite them."""
    return [named for seat in seats if (named := getattr(seat.member, "suggestion", None)) is not None]


def _state(member: PanelMember, viewer: Any) -> tuple[str, str]:
    # Reviewers are told that nobody on the panel sees their pause, and the chair is on the panel.
    if member.paused_at and viewer.reads_all:
        return _("Paused"), "to-come"
    if member.state == PanelMember.State.ACCEPTED and not member.has_agreed:
        return _("Terms not accepted"), "yours"
    return member.get_state_display(), SHAPES[member.state]


def _by_group(seats: list[Seat]) -> list[tuple[str, list[Seat]]]:
    """Return the seats by group, in the order in which groups are named everywhere."""
    order = StakeholderGroup.values
    ordered = sorted(seats, key=lambda seat: (order.index(seat.member.group), not seat.member.is_chair))
    return [(StakeholderGroup(group).label, list(each)) for group, each in groupby(ordered, lambda s: s.member.group)]


def _missing_groups(seats: list[Seat]) -> list[str]:
    there = {seat.member.group for seat in seats if seat.member.state != PanelMember.State.DECLINED}
    return [label for value, label in StakeholderGroup.choices if value not in there]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    """Invite somebody to the panel."""
    call = call_for(request, slug, to_see=DECIDE, to_post=DECIDE)
    form = InvitationForm(request.POST or None, call=call, people=_known(call))
    if request.method == "POST" and form.is_valid():
        try:
            member = _invite(call, form, request.user)
        except (ValidationError, WrongState) as error:
            take_errors(form, error)
        else:
            messages.success(request, _("%(person)s is invited. The mail is on its way.") % {"person": member.person})
            return redirect("manage:panel", slug)
    return show(request, "reviews/staff/invite.html", call, {"form": form}, status=422 if form.errors else 200)


def _known(call: Call) -> Any:
    """Return the people who review for the fund and are not on this panel."""
    there = call.panel.exclude(state=PanelMember.State.DECLINED).values("person")
    found = User.objects.filter(grants__role=Role.PANEL, grants__ended_at=None, is_active=True)
    return found.exclude(pk__in=there).distinct().order_by("name")


def _invite(call: Call, form: InvitationForm, by: User) -> PanelMember:
    place = {
        name: form.cleaned_data[name]
        for name in (
            "group", "country", "themes", "avoids", "statement", "least_load", "most_load", "most_content_notes",
            "is_chair",
        )
    }  # fmt: skip
    if person := form.cleaned_data["person"]:
        return actions.invite(call=call, person=person, by=by, **place)
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    return actions.invite_newcomer(call=call, name=name, email=email, by=by, **place)


@login_required
@require_POST
def suggestion(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Invite who was suggested by somebody who declined, or put the suggestion aside."""
    call = call_for(request, slug, to_see=DECIDE, to_post=DECIDE)
    rows = PanelSuggestion.objects.visible_to(request.user).filter(place__call=call)
    found = get_object_or_404(rows.select_related("place__call"), pk=pk)
    try:
        if request.POST.get("step") == "invite":
            member = actions.invite_suggested(suggestion=found, by=request.user)
            messages.success(request, _("%(person)s is invited. The mail is on its way.") % {"person": member.person})
        else:
            actions.put_aside(suggestion=found, by=request.user)
            messages.success(request, _("The suggestion is put aside, and nothing of it is kept."))
    except (ValidationError, WrongState) as error:
        messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else error.message)
    return redirect("manage:panel", slug)


@login_required
@require_POST
def look_for_conflicts(request: SignedInRequest, slug: str) -> HttpResponse:
    """Compare the panel with the teams of all applications, and record what is found."""
    call = call_for(request, slug)
    conflicts.raise_by_system(call=call, by=request.user)
    # Whether something is new could tell of an application that this person may not see.
    messages.success(request, _("The panel is compared with the teams. What the data shows is listed below."))
    return redirect("manage:panel", slug)


@login_required
@require_POST
def rule(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Rule on one tie."""
    call = call_for(request, slug)
    declaration = get_object_or_404(declarations_in(call, request.user).select_related("person"), pk=pk)
    try:
        conflicts.rule(
            declaration=declaration, ruling=request.POST.get("ruling", ""), note=request.POST.get("note", ""),
            by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The ruling on %(person)s is recorded.") % {"person": declaration.person})
    return redirect("manage:panel", slug)
