"""Who reviews one application and why, and changes by hand with what each costs."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest, number_in
from fund.models import Call
from reviews import costs, places
from reviews.access import application_of, call_for
from reviews.actions import assigning
from reviews.models import Assignment, PanelMember
from reviews.places import Load, assignments_of
from reviews.problem import TO_REVIEW
from reviews.staff_forms import AddReviewerForm
from reviews.views.staff.call import show

State = Assignment.State


class Price(NamedTuple):
    """What one change would cost; no cost where it cannot be worked out on a page."""

    member: PanelMember
    cost: costs.Cost | None
    adds: bool


class Match(NamedTuple):
    """One member's place on an application, and why."""

    assignment: Assignment
    why: list[str]
    is_proposed: bool
    is_owed: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_one(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show who reviews one application and why, and change it by hand."""
    call = call_for(request, slug)
    application = application_of(call=call, viewer=request.user, reference=reference)
    possible = _possible(call, application, request.user)
    step = request.POST.get("step", "")
    form = AddReviewerForm(request.POST if step in ("add", "cost_of_adding") else None, possible=_choices(possible))
    price = _price(request, application, form, step)
    if request.method == "POST" and price is None and _change(request, application, form, step):
        return redirect("manage:assign_one", slug, reference)
    found = assignments_of(call, request.user).filter(application=application)
    rows = list(found.select_related("member__person__organisation").order_by("pk"))
    reasons = places.runs_in(call, request.user, [application])[1]
    [place] = places.places_of(call, [application], [each for each in rows if each.state in Assignment.ANY], reasons)
    context = {
        "application": application, "form": form, "price": price, "possible": len(possible), "place": place,
        "matches": [_match(each) for each in rows if each.state in Assignment.ANY],
        "gone": [each for each in rows if each.state not in Assignment.ANY],
        "takes_more": application.state in TO_REVIEW,
    }  # fmt: skip
    return show(request, "reviews/staff/assign_one.html", call, context)


def _possible(call: Call, application: Application, user: Any) -> list[Load]:
    return places.possible_for(application, assignments_of(call, user).held())


def _choices(possible: list[Load]) -> dict[int, str]:
    return {
        each.member.pk: _("%(person)s, %(group)s: has %(held)s of %(most)s")
        % {
            "person": each.member.person.name,
            "group": each.member.get_group_display(),
            "held": each.held,
            "most": each.member.most_load,
        }
        for each in possible
    }


def _match(assignment: Assignment) -> Match:
    return Match(
        assignment,
        places.why_matched(assignment),
        assignment.state == State.PROPOSED,
        assignment.state in Assignment.OWED,
    )


def _price(request: SignedInRequest, application: Application, form: AddReviewerForm, step: str) -> Price | None:
    """Work out what a change would cost, if that is asked."""
    if step == "cost_of_adding" and form.is_valid():
        member, of = form.cleaned_data["member"], costs.of_adding
    elif step == "cost_of_removing":
        member, of = _chosen(request, application).member, costs.of_removing
    else:
        return None
    cost = of(application.call, request.user, application, member)
    return Price(member, cost, adds=step == "cost_of_adding")


def _chosen(request: SignedInRequest, application: Application) -> Assignment:
    key = request.POST.get("assignment", "")
    rows = assignments_of(application.call, request.user).filter(application=application)
    return get_object_or_404(rows.select_related("member__person"), pk=number_in(key) or 0)


def _change(request: SignedInRequest, application: Application, form: AddReviewerForm, step: str) -> bool:
    """Take one step, and say what was done; False if the form has to be shown again."""
    if step in ("add", "cost_of_adding"):
        if not form.is_valid():
            return False
        try:
            _add(request, application, form.cleaned_data["member"])
        except (ValidationError, WrongState) as refusal:
            take_errors(form, refusal)
            return False
        return True
    chosen = _chosen(request, application)
    try:
        done = STEPS[step](chosen, request.user)
    except KeyError:
        messages.error(request, _("This page did not understand what to do. Choose again."))
    except (WrongState, PermissionDenied) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return True


def _add(request: SignedInRequest, application: Application, member: PanelMember) -> None:
    assigning.add(application=application, member=member, by=request.user)
    messages.success(
        request, _("%(person)s is proposed. They learn of it with the next release.") % {"person": member.person.name}
    )


def _remove(chosen: Assignment, by: Any) -> str:
    assigning.remove(assignment=chosen, by=by)
    return _("%(person)s no longer has this application.") % {"person": chosen.member.person.name}


def _keep(chosen: Assignment, by: Any) -> str:
    assigning.keep(assignment=chosen, is_kept=True, by=by)
    return _("A new proposal leaves %(person)s on this application.") % {"person": chosen.member.person.name}


def _let_go(chosen: Assignment, by: Any) -> str:
    assigning.keep(assignment=chosen, is_kept=False, by=by)
    return _("A new proposal may choose somebody else than %(person)s.") % {"person": chosen.member.person.name}


STEPS: dict[str, Callable[[Assignment, Any], str]] = {"remove": _remove, "keep": _keep, "let_go": _let_go}
