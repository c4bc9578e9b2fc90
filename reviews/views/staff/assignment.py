"""Who reviews what: the board of a call, a proposal for it, changes by hand, and the release to the reviewers."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.models import Application
from core import clock
from core.jobs.models import Job
from core.language import counted
from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.forms import add_errors
from fund.models import Call
from reviews import places
from reviews.actions import assigning
from reviews.models import Assignment, MatchingRun, PanelMember, StakeholderGroup
from reviews.places import Load, assignments_of
from reviews.problem import TO_REVIEW
from reviews.staff_forms import AddReviewerForm, DueForm
from reviews.views.staff.call import RUN, call_for, show
from reviews.views.staff.recommendation import application_of

State = Assignment.State
DAYS_TO_REVIEW = 21
"""How long reviewers get if the call names no date; our own choice."""


class Match(NamedTuple):
    """One member's place on an application, and why."""

    assignment: Assignment
    why: list[str]
    is_proposed: bool
    is_owed: bool


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
    run = MatchingRun.objects.visible_to(user).filter(call=call).order_by("-pk").first()
    reasons = {place["proposal"]: place["reason"] for place in run.open_places_for(user)} if run else {}
    only_open = request.GET.get("places") == "open"
    keys = sorted(counted.short) if only_open else [key for key, state in states.items() if state in TO_REVIEW]
    page = paginate(request, seen.filter(pk__in=keys).order_by("reference").only("pk", "reference", "title", "state"))
    rows = held.filter(application__in=[each.pk for each in page]).select_related("member__person")
    context = {
        "page": page, "groups": StakeholderGroup.labels, "count": counted, "run": run, "only_open": only_open,
        "rows": places.places_of(call, page, rows.defer("why").order_by("pk"), reasons),
        "loads": places.loads_of(call, [(member, state) for __, member, state in pairs]),
        "work": _work_under_way(call, user), "can_propose": call.state in (Call.State.PUBLISHED, Call.State.IN_REVIEW),
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


def _work_under_way(call: Call, user: Any) -> Job | None:
    under_way = Job.objects.visible_to(user).filter(
        kind="matching", batch__subject_type="fund.call", batch__subject=call.pk,
        state__in=[Job.State.WAITING, Job.State.RUNNING],
    )  # fmt: skip
    return under_way.order_by("-pk").first()


@login_required
@require_POST
def propose(request: SignedInRequest, slug: str) -> HttpResponse:
    """Have a worker propose who reviews what, and lead to its progress."""
    call = call_for(request, slug)
    if (under_way := _work_under_way(call, request.user)) is not None:
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
        except ValidationError as error:
            add_errors(form, error)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
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
        "loads": [load for load in per_member if load.proposed],
    }  # fmt: skip
    return show(request, "reviews/staff/release_assignments.html", call, context)


def _begun(call: Call) -> Any:
    if call.reviews_due_at and call.reviews_due_at > clock.now():
        return call.reviews_due_at
    return (clock.now() + clock.days(DAYS_TO_REVIEW)).replace(hour=17, minute=0, second=0, microsecond=0)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_one(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Show who reviews one application and why, and change it by hand."""
    call = call_for(request, slug)
    application = application_of(call, request.user, reference)
    possible = _possible(call, application, request.user)
    step = request.POST.get("step", "")
    form = AddReviewerForm(request.POST if step == "add" else None, possible=_choices(possible))
    if request.method == "POST" and _change(request, application, form, step):
        return redirect("manage:assign_one", slug, reference)
    rows = (
        assignments_of(call, request.user)
        .filter(application=application)
        .select_related("member__person__organisation")
    )
    context = {
        "application": application, "form": form, "possible": len(possible),
        "matches": [_match(each) for each in rows.order_by("pk") if each.state in Assignment.ANY],
        "gone": [each for each in rows if each.state not in Assignment.ANY],
        "takes_more": application.state in TO_REVIEW,
    }  # fmt: skip
    return show(request, "reviews/staff/assign_one.html", call, context)


def _possible(call: Call, application: Application, user: Any) -> list[Load]:
    held = assignments_of(call, user).held().values_list("member", "state")
    return places.possible_for(application, places.loads_of(call, held))


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


def _change(request: SignedInRequest, application: Application, form: AddReviewerForm, step: str) -> bool:
    """Take one step, and say what was done; False if the form has to be shown again."""
    if step == "add":
        if not form.is_valid():
            return False
        try:
            _add(request, application, form.cleaned_data["member"])
        except ValidationError as error:
            add_errors(form, error)
            return False
        except WrongState as refusal:
            form.add_error(None, str(refusal))
            return False
        return True
    key = request.POST.get("assignment", "")
    rows = assignments_of(application.call, request.user).filter(application=application)
    chosen = get_object_or_404(rows.select_related("member__person"), pk=key if key.isdecimal() else 0)
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
