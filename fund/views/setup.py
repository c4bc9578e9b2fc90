"""Setting up a call: its parts, criteria, questions and answers, its steps from draft to archive."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.language import lazy
from core.web.forms import take_errors
from fund import questions, setup, steps
from fund.access import run_calls, see_calls
from fund.actions import beginnings
from fund.actions import calls as actions
from fund.actions import criteria as rubrics
from fund.actions.forms import can_edit_form
from fund.completeness import missing_from
from fund.forms import DeadlineForm, ReasonForm
from fund.models import Call, Fund
from fund.new_call_form import NewCallForm
from fund.rubric_forms import CriteriaFormSet, ScaleForm

CHECKS = {
    "publish": lazy(
        "Everybody sees the call from now on, and can apply from its opening time. Criteria, form, amounts and "
        "themes stay as they are."
    ),
    "start_review": lazy(
        "Nobody can submit any more but those who were given more time, and what was found eligible goes to the panel."
    ),
    "decide": lazy("The public page says that the decisions are made."),
    "archive": lazy("The call stays readable and leaves the working lists."),
    "cancel": lazy("This ends the call for good. Everyone who is writing or has applied is told, with your reason."),
}
DONE = {
    "publish": lazy("The call is published."),
    "start_review": lazy("The review has begun."),
    "decide": lazy("The call is marked as decided."),
    "archive": lazy("The call is archived."),
    "cancel": lazy("The call is cancelled, and everyone concerned is being told."),
}


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def call_new(request: HttpRequest) -> HttpResponse:
    """Draft a call: a copy of an earlier one, or from nothing."""
    form = NewCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            call = _begin(form.cleaned_data, request.user)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The draft is made. Look through its parts, then publish it."))
            return redirect("manage_fund:call_edit", call.slug)
    return render(request, "fund/staff/call_new.html", {"form": form, "has_fund": Fund.objects.exists()})


@login_required
@see_calls
@require_safe
def call_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all parts of a call's setup, what is missing, and the step to take next, to those who may take it."""
    call = _call(slug)
    may_run = request.user.has_perm("fund.run_call")
    context = {
        "call": call,
        "parts": setup.PARTS,
        "may_run": may_run,
        "editable": {key for key, part in setup.PARTS.items() if may_run and setup.can_edit(part, call)},
        "missing": missing_from(call) if call.state == Call.State.DRAFT else [],
        "criteria": list(call.rubric.criteria.all()),
        "sections": call.form.definition.sections,
        "questions_count": questions.count_of(call.form.definition),
        "actions": [(name, Call.TABLE.transitions[name].label) for name in _offered(call, request.user)],
        "changes": call.deadline_changes.select_related("changed_by"),
        "steps": steps.of_call(call),
        "waiting_count": call.questions.waiting().count(),
        "form_changes": call.form_changes.select_related("old", "new"),
        "can_edit_form": may_run and can_edit_form(call),
    }
    return render(request, "fund/staff/call_edit.html", context)


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def call_part(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Edit one part of a call."""
    call = _call(slug)
    part = setup.PARTS.get(key)
    if part is None:
        raise Http404
    if not setup.can_edit(part, call):
        return _refused(request, part, call)
    if "standard" in request.POST and key in setup.STANDARD:
        actions.edit(call=call, by=request.user, **setup.STANDARD[key])
        return redirect("manage_fund:call_part", slug, key)
    form = setup.form_for(part, call, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.edit(call=call, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _saved(part, saved))
            if "more" in request.POST:
                return redirect("manage_fund:call_part", saved.slug, key)
            return redirect("manage_fund:call_edit", saved.slug)
    return render(request, "fund/staff/call_part.html", {"call": _call(slug), "part": part, "form": form})


def _saved(part: setup.Part, call: Call) -> str:
    if part.until and call.state == Call.State.IN_REVIEW:
        return _("%(part)s: saved. What is proposed already follows the rules before, so propose it anew.") % {
            "part": part.title
        }
    return _("%(part)s: saved.") % {"part": part.title}


def _refused(request: HttpRequest, part: setup.Part, call: Call) -> HttpResponse:
    """Say why a part that could be changed until now cannot any more; others have no page."""
    if part.until is None or call.state not in Call.UNDER_WAY:
        raise Http404
    messages.error(request, str(actions.SHARED_OUT))
    return redirect("manage_fund:call_edit", call.slug)


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def call_criteria(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit the criteria of a draft call."""
    call = _call(slug)
    rows = CriteriaFormSet(request.POST or None, queryset=call.rubric.criteria.all(), prefix="criteria")
    scale = ScaleForm(request.POST or None, rubric=call.rubric)
    if request.method == "POST" and all([rows.is_valid(), scale.is_valid()]):
        try:
            rubrics.set_criteria(call=call, criteria=_criteria(rows), by=request.user, **scale.cleaned_data)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Criteria: saved."))
            return redirect("manage_fund:call_edit", slug)
    return render(request, "fund/staff/call_criteria.html", {"call": call, "rows": rows, "scale": scale})


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def call_step(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    """Show what a step does, and take it."""
    call = _call(slug)
    if action not in CHECKS:
        raise Http404
    form = ReasonForm(request.POST or None) if action == "cancel" else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _take(call, action, request.user, form.cleaned_data["reason"] if form else "")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, DONE[action])
            return redirect("manage_fund:call_edit", slug)
    context = {
        "call": call,
        "action": action,
        "label": Call.TABLE.transitions[action].label,
        "effect": CHECKS[action],
        "form": form,
        "missing": missing_from(call) if action == "publish" else [],
    }
    return render(request, "fund/staff/call_step.html", context)


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def call_deadline(request: HttpRequest, slug: str) -> HttpResponse:
    """Move the deadline of a published call."""
    call = _call(slug)
    form = DeadlineForm(request.POST or None, call=call)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_deadline(call=call, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The deadline is moved. Everyone with a draft is being told."))
            return redirect("manage_fund:call_edit", slug)
    return render(request, "fund/staff/call_deadline.html", {"call": call, "form": form})


def _begin(given: dict[str, Any], by: Any) -> Call:
    """Make the draft, open for two months from in two weeks."""
    opens_at = (clock.now() + timedelta(days=14)).replace(hour=9, minute=0, second=0, microsecond=0)
    named = {name: given[name] for name in ("title", "slug", "prefix")}
    dates = {"opens_at": opens_at, "closes_at": opens_at + timedelta(days=60)}
    if given["start"] in ("standard", "empty"):
        is_standard = given["start"] == "standard"
        return beginnings.begin(fund=given["fund"], is_standard=is_standard, by=by, **named, **dates)
    return actions.copy(call=get_object_or_404(Call, pk=given["start"]), by=by, **named, **dates)


def _offered(call: Call, user: Any) -> list[str]:
    """Return the steps that can be taken now; the review starts once nothing more can arrive."""
    return [name for name in call.actions_for(user) if name != "start_review" or call.can_start_review]


def _take(call: Call, action: str, by: Any, reason: str) -> None:
    if action == "cancel":
        actions.cancel(call=call, reason=reason, by=by)
        return
    take = {
        "publish": actions.publish,
        "start_review": actions.start_review,
        "decide": actions.mark_decided,
        "archive": actions.archive,
    }
    take[action](call=call, by=by)


def _criteria(rows: Any) -> list[dict[str, Any]]:
    kept = [row.cleaned_data for row in rows if row.cleaned_data.get("label") and not _is_deleted(row)]
    own = {row.instance.label: row.instance.key for row in rows if row.instance.pk}
    return rubrics.with_keys([{name: row[name] for name in ("label", "question", "weight")} for row in kept], own)


def _is_deleted(row: Any) -> bool:
    return bool(row.cleaned_data.get("DELETE"))


def _call(slug: str) -> Call:
    calls = Call.objects.select_related("fund", "form", "rubric", "follows").prefetch_related(
        "themes", "rubric__criteria"
    )
    return get_object_or_404(calls, slug=slug)
