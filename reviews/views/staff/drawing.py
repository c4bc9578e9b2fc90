"""The funding line of a call: its rule, and the draw among those that the scores do not tell apart."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from core.states import WrongState
from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews.access import DECIDE, call_for, has_right
from reviews.actions import drawing
from reviews.models import Draw
from reviews.models.selection import calls_partly_shut_to, rule_of
from reviews.order_seen import seen_by
from reviews.ranking import ticket
from reviews.selection import pool_of
from reviews.selection_forms import AnnulForm, RuleForm, SeedForm
from reviews.views.staff.call import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what happens at the funding line."""
    call = call_for(request, slug, to_see=DECIDE, to_post=DECIDE)
    form = RuleForm(request.POST or None, instance=rule_of(call))
    if request.method == "POST" and form.is_valid():
        try:
            drawing.set_rule(call=call, by=request.user, **form.cleaned_data)
        except (ValidationError, WrongState) as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("The rule is set. The ranking draws its line by it."))
            return redirect("manage:ranking", slug)
    context = {"form": form, "is_fixed": Draw.objects.in_force().filter(call=call).exists()}
    return show(request, "reviews/staff/funding_rule.html", call, context, status=422 if form.errors else 200)


class Place(NamedTuple):
    """One application of a pool; without a place as long as nothing is drawn."""

    application: Application | None
    reference: str
    amount: Any
    ticket: str
    place: int | None
    is_funded: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show what would be drawn, what is fixed, or what was drawn; a POST takes the next step."""
    call = call_for(request, slug, to_post=DECIDE)
    steps = {"fix": SeedForm(), "annul": AnnulForm()}
    if request.method == "POST":
        taken = request.POST.get("step", "")
        form = steps[taken] = FORMS.get(taken, forms.Form)(request.POST)
        if _take(request, call, taken, form):
            return redirect("manage:draw", slug)
    if calls_partly_shut_to(request.user).filter(call=call).exists():
        return show(request, "reviews/staff/draw.html", call, {"is_shut": True})
    draws = list(Draw.objects.visible_to(request.user).filter(call=call).select_related("fixed_by", "drawn_by", "run"))
    held = next((each for each in draws if each.annulled_at is None), None)
    context = {
        "rule": rule_of(call), "draw": held, "annulled": [each for each in draws if each.annulled_at],
        "places": list(_places(call, held)) if held else [], "seed_form": steps["fix"], "annul_form": steps["annul"],
        "undecided": drawing.undecided(held).count() if held else 0,
        "may_decide": has_right(request.user, DECIDE, call), **({} if held else _now(call, request.user)),
    }  # fmt: skip
    faulty = any(form.is_bound and form.errors for form in steps.values())
    return show(request, "reviews/staff/draw.html", call, context, status=422 if faulty else 200)


FORMS: dict[str, type[forms.Form]] = {"fix": SeedForm, "annul": AnnulForm}


def _take(request: SignedInRequest, call: Call, step: str, form: forms.Form) -> bool:
    """Take a step, and say whether it was taken; what is refused stands at its form or on top of the page."""
    if step not in ("fix", "draw", "annul", "prepare"):
        raise Http404
    if not form.is_valid():
        return False
    try:
        if step == "fix":
            drawing.fix(call=call, by=request.user, **form.cleaned_data)
        else:
            held = get_object_or_404(Draw.objects.visible_to(request.user).in_force().filter(call=call))
            action = {"draw": drawing.draw, "annul": drawing.annul, "prepare": drawing.prepare_decisions}[step]
            action(draw=held, by=request.user, **form.cleaned_data)  # type: ignore[operator]
    except ValidationError as error:
        take_errors(form, error)
        return False
    except WrongState as refusal:
        messages.error(request, str(refusal))
    return True


def _places(call: Call, held: Draw) -> Iterator[Place]:
    """Return the pool as it stands: in the order of the draw, or by reference before it."""
    found = Application.objects.filter(call=call, reference__in=[lot.reference for lot in held.lots]).only(
        "reference", "title"
    )
    known = {str(each.reference): each for each in found}
    amounts = {lot.reference: lot.amount for lot in held.lots}
    for number, reference in enumerate(held.order or amounts, start=1):
        yield Place(
            known.get(reference), reference, amounts[reference], ticket(held.seed, reference),
            number if held.order else None, reference in held.funded,
        )  # fmt: skip


def _now(call: Call, viewer: Any) -> dict[str, Any]:
    """Return what would be drawn from the present scores."""
    chosen = rule_of(call)
    seen = seen_by(call, viewer)
    pool = pool_of(seen.order, chosen, call)
    known = {str(each.application.reference): each.application for each in seen.results}
    return {
        "pool": pool, "lots": [(known[lot.reference], lot.amount) for lot in pool.lots],
        "lacks_ranking": chosen.draw == "tie" and seen.order.ranking is None,
    }  # fmt: skip
