"""Decisions of a call: prepared from what the panel advises, approved by a second person, and what they come to."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.models import Application
from core.documents.models import Document
from core.language import lazy
from core.people.models import User
from core.states import WrongState
from core.web.forms import take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest, row_keys
from fund.models import Call
from reviews import basis, tally
from reviews.access import DECIDE, SEE_DECISIONS, application_of, call_for, has_right
from reviews.actions import deciding
from reviews.models import Decision, Recommendation, Release
from reviews.reserves import next_reserve
from reviews.staff_forms import DecisionForm
from reviews.tally import FROM_ADVICE, OUTCOME_ORDER, decisions_of, released_of
from reviews.views.staff.call import show

State = Decision.State
VIEWS = (
    ("", lazy("All")),
    (State.DRAFT, lazy("Prepared")),
    (State.APPROVED, lazy("Approved")),
    (State.RELEASED, lazy("Released")),
)


class Row(NamedTuple):
    """One decision in the list."""

    decision: Decision
    letter: Document | None
    is_mine: bool


class View(NamedTuple):
    """One view of the list."""

    label: str
    state: str
    number: int
    is_on: bool


def decision_call(request: HttpRequest, slug: str, *, to_see: str = SEE_DECISIONS) -> Call:
    """Return the call for the people of the fund: chairs see no decisions, auditors change none."""
    return call_for(request, slug, to_see=to_see, to_post=DECIDE)


@login_required
@require_safe
def decisions(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the decisions of a call with what they come to, what waits, and what was released before."""
    call = decision_call(request, slug)
    state = request.GET.get("state", "")
    figures = tally.tally_of(call, request.user)
    found = decisions_of(call, request.user).filter(**{"state": state} if state in State.values else {})
    rows = found.select_related("application", "prepared_by", "approved_by").order_by(
        OUTCOME_ORDER, "application__reference"
    )
    page = paginate(request, rows)
    letters = tally.letters_of(page, request.user)
    views = [View(label, key, figures.counts.get(key, figures.total), key == state) for key, label in VIEWS]
    releases = Release.objects.visible_to(request.user).filter(pk__in=released_of(call, request.user).values("release"))
    context = {
        "tally": figures, "page": page, "views": views, "may_decide": has_right(request.user, DECIDE, call),
        "rows": [Row(each, letters.get(each.pk), each.prepared_by_id == request.user.pk) for each in page],
        "releases": list(releases.select_related("released_by").order_by("-pk")[:10]),
        "undecided": len(tally.undecided(call, request.user)), "drafts": figures.counts[State.DRAFT],
        "approved": figures.counts[State.APPROVED], "next": next_reserve(call, request.user),
    }  # fmt: skip
    return show(request, "reviews/staff/decisions.html", call, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what following the panel's advice comes to, and prepare these decisions in one step."""
    call = decision_call(request, slug, to_see=DECIDE)
    found = tally.undecided(call, request.user)
    if request.method == "POST":
        chosen = set(request.POST.getlist("application"))
        found = [each for each in found if str(each.application_id) in chosen]
        if _each(request, PREPARED, found, lambda advice: _follow(advice, request.user)):
            return redirect("manage:decisions", slug)
        found = tally.undecided(call, request.user)
    planned = [
        Decision(application=each.application, outcome=FROM_ADVICE[each.kind], amount=each.amount) for each in found
    ]
    figures = tally.tally_of(call, request.user)
    sums = tally.sums_of(planned)
    context = {
        "rows": list(zip(found, planned, strict=True)), "sums": sums, "tally": figures,
        "after": figures.left - sums.amount,
    }  # fmt: skip
    return show(request, "reviews/staff/prepare.html", call, context)


def _follow(advice: Recommendation, by: User) -> None:
    deciding.prepare(
        application=advice.application, outcome=FROM_ADVICE[advice.kind], amount=advice.amount,
        rationale=advice.rationale, by=by,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Prepare the decision on one application; it replaces one that is not released yet."""
    call = decision_call(request, slug, to_see=DECIDE)
    application = application_of(call=call, viewer=request.user, reference=reference)
    known = {
        each.state: each
        for each in decisions_of(call, request.user).filter(application=application).select_related("prepared_by")
    }
    before = known.get(State.DRAFT) or known.get(State.APPROVED) or known.get(State.RELEASED)
    advice = Recommendation.objects.visible_to(request.user).filter(application=application).first()
    figures = tally.tally_of(call, request.user)
    moves_up = before is not None and before.state == State.RELEASED and _is_next(application, request.user)
    begun = _moved_up(application, figures) if moves_up else _begun(before, advice)
    form = DecisionForm(request.POST or None, initial=begun, application=application)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.prepare(application=application, by=request.user, **form.cleaned_data)
        except (ValidationError, WrongState) as refusal:
            take_errors(form, refusal)
        else:
            messages.success(
                request,
                _("The decision on %(reference)s is prepared. Somebody else approves it.") % {"reference": reference},
            )
            return redirect("manage:decisions", slug)
    context = {
        "application": application, "form": form, "before": before, "advice": advice, "tally": figures,
        "is_open": before is None or moves_up or before.state != State.RELEASED, "moves_up": moves_up,
    }  # fmt: skip
    return show(request, "reviews/staff/decide.html", call, context)


def _is_next(application: Application, viewer: User) -> bool:
    found = next_reserve(application.call, viewer)
    return found is not None and found.application.pk == application.pk


def _moved_up(application: Application, figures: tally.Tally) -> dict[str, Any]:
    """Begin the decision on the next reserve with what it asks for, as far as the budget has it."""
    return {
        "outcome": Decision.Outcome.FUND, "amount": max(min(application.amount or Decimal(0), figures.left), Decimal(0)),
        "rationale": _("An award of this call was not taken up, and this application is the next on the reserve list."),
    }  # fmt: skip


def _begun(before: Decision | None, advice: Recommendation | None) -> dict[str, Any]:
    if before is not None:
        return {
            name: getattr(before, name) for name in ("outcome", "amount", "rationale", "special_conditions", "language")
        }
    if advice is None:
        return {}
    return {"outcome": FROM_ADVICE[advice.kind], "amount": advice.amount, "rationale": advice.rationale}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look through the decisions that others prepared, and approve the chosen ones."""
    call = decision_call(request, slug, to_see=DECIDE)
    mine = chosen_of(request, decisions_of(call, request.user).filter(state=State.DRAFT, prepared_by=request.user))
    drafts = decisions_of(call, request.user).filter(state=State.DRAFT).exclude(prepared_by=request.user)
    found = chosen_of(request, drafts)
    if request.method == "POST":
        seen = basis.before_eyes_of(call, request.user)
        if _each(request, APPROVED, found, lambda each: deciding.approve(decision=each, seen=seen, by=request.user)):
            return redirect("manage:decisions", slug)
    context = {
        "rows": found, "sums": tally.sums_of(found), "tally": tally.tally_of(call, request.user), "own": len(mine),
    }  # fmt: skip
    return show(request, "reviews/staff/approve.html", call, context)


@login_required
@require_POST
def unapprove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take an approval back before the release."""
    call = decision_call(request, slug)
    decision = get_object_or_404(decisions_of(call, request.user), pk=pk)
    try:
        deciding.unapprove(decision=decision, by=request.user)
    except (WrongState, PermissionDenied) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The approval is taken back. The decision waits for approval again."))
    return redirect("manage:decisions", slug)


def chosen_of(request: HttpRequest, found: Any) -> list[Decision]:
    """Return the decisions that the request names, or all of them if it names none."""
    keys = (request.POST if request.method == "POST" else request.GET).getlist("decision")
    if keys or request.method == "POST":
        found = found.filter(pk__in=row_keys(keys))
    return list(found.select_related(
        "application__call__fund", "application__host", "prepared_by", "approved_by"
    ).order_by(
        OUTCOME_ORDER, "application__reference"
    ))  # fmt: skip


PREPARED = ngettext_lazy("%(number)s decision is prepared.", "%(number)s decisions are prepared.", "number")
APPROVED = ngettext_lazy("%(number)s decision is approved.", "%(number)s decisions are approved.", "number")


def _each[Item](request: HttpRequest, done: Any, chosen: Sequence[Item], step: Callable[[Item], Any]) -> bool:
    """Take one step for all chosen, or for none of them if one is refused; say what happened."""
    if not chosen:
        messages.error(request, _("Choose at least one that still waits for this."))
        return False
    try:
        with transaction.atomic():
            for item in chosen:
                _one(item, step)
    except ValidationError as error:
        messages.error(request, _("Nothing was done.") + " " + " ".join(error.messages))
        return False
    messages.success(request, str(done % {"number": len(chosen)}))
    return True


def _one[Item](item: Item, step: Callable[[Item], Any]) -> None:
    reference = item.application.reference  # type: ignore[attr-defined]
    try:
        step(item)
    except ValidationError as error:
        raise ValidationError([f"{reference}: {message}" for message in error.messages]) from error
    except (WrongState, PermissionDenied) as refusal:
        raise ValidationError(f"{reference}: {refusal}") from refusal
