"""The budget of a draft: its table, saved while it is typed, and pasting one from a spreadsheet."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.actions import drafts
from applications.actions.drafts import StaleBudget
from applications.budget import Budget, categories_of
from applications.budget_form import BudgetForm, PasteForm
from applications.budget_paste import Pasted, read_table
from applications.models import BudgetLine
from applications.views.pages import Draft, budget_form, next_after, open_draft, section_url
from applications.views.parts import home_of
from applications.views.sections import keep, show
from core import clock
from core.forms.definition import Kind, Section
from core.states import WrongState
from core.web.requests import SignedInRequest, number_in


@login_required
@require_POST
def budget(request: SignedInRequest, pk: int) -> HttpResponse:
    """Save the budget's table: as a whole, or while it is typed."""
    draft = open_draft(request, pk)
    home = home_of(draft, Kind.BUDGET)
    form = budget_form(draft, _without_dropped(request.POST))
    if request.htmx:
        return _save_as_typed(request, draft, form)
    if not form.is_valid():
        return show(request, draft, home, budget=form)
    try:
        _save(request, draft, form)
    except StaleBudget as stale:
        form.revision, form.stale = stale.revision, stale
        return show(request, draft, home, budget=form)
    except WrongState as refusal:
        return keep(request, draft, home.title, _typed_lines(form), refusal)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return show(request, draft, home, budget=form)
    return redirect(_after(request, draft, home))


def _without_dropped(data: QueryDict) -> QueryDict:
    """Return the table without the row whose button was pressed."""
    if not (row := data.get("drop")):
        return data
    kept = data.copy()
    for name in [name for name in data if name.startswith(f"{row}-")]:
        kept[name] = ""
    return kept


def _save(request: SignedInRequest, draft: Draft, form: BudgetForm) -> int:
    saved = drafts.save_budget(
        application=draft.application, lines=form.lines(), by=draft.user, at=request.arrived_at,
        revision=number_in(request.POST.get("revision", "")),
    )  # fmt: skip
    return saved.budget_revision


def _save_as_typed(request: SignedInRequest, draft: Draft, form: BudgetForm) -> HttpResponse:
    """Add up what stands in the table, and save it if it can be read."""
    told: dict[str, Any] = {"at": clock.now().isoformat()}
    try:
        if form.is_valid():
            told["revision"] = _save(request, draft, form)
        else:
            told["message"] = _("Not saved yet: %(fault)s") % {"fault": next(iter(form.errors.values()))[0]}
    except (WrongState, ValidationError) as refusal:
        told["message"] = " ".join(refusal.messages)
    stand = form.budget()
    context = draft.context(table=form, budget=stand, limits=draft.limits(stand))
    response = render(request, "applications/parts/sums.html", context)
    response["HX-Trigger"] = json.dumps({"budget": told})
    return response


def _after(request: SignedInRequest, draft: Draft, home: Section) -> str:
    if "stay" in request.POST or "drop" in request.POST:
        return section_url(draft, home, "#q-budget-table")
    if "back" in request.POST:
        messages.success(request, _("Saved: %(title)s.") % {"title": home.title})
        return reverse("apply:detail", args=[draft.application.pk])
    return next_after(draft, home.key)


def _typed_lines(form: BudgetForm) -> list[tuple[str, str]]:
    return [
        (
            _("%(category)s, year %(year)s") % {"category": form.categories[line["category"]], "year": line["year"]},
            f"{line['description']}: {line['amount']}",
        )
        for line in form.lines()
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a budget out of a spreadsheet, show what was understood, and then put it in place."""
    draft = open_draft(request, pk)
    home = home_of(draft, Kind.BUDGET)
    if not draft.can_write:
        return redirect("apply:read", pk)
    form = PasteForm(request.POST or None, initial={"revision": draft.application.budget_revision})
    pasted = _read(draft, form.cleaned_data["text"]) if form.is_bound and form.is_valid() else None
    if pasted and not pasted.problems and "confirm" in request.POST:
        try:
            _replace(request, draft, form, pasted)
        except (WrongState, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The pasted lines are in your budget."))
            return redirect(section_url(draft, home, "#q-budget-table"))
    rows = [(line, categories_of(draft.application.call)[line["category"]]) for line in pasted.lines] if pasted else []
    lines = [BudgetLine(**line) for line in pasted.lines] if pasted else []
    limits = draft.limits(Budget.of(_kept(draft, form) + lines)) if lines else []
    context = draft.context(form=form, pasted=pasted, rows=rows, section=home, limits=limits)
    return render(request, "applications/paste.html", context)


def _read(draft: Draft, text: str) -> Pasted:
    call = draft.application.call
    years = len(budget_form(draft).years)
    return read_table(text, categories=categories_of(call), years=years, currency=call.currency)


def _kept(draft: Draft, form: PasteForm) -> list[BudgetLine]:
    """Return the lines that stay beside the pasted ones."""
    return list(draft.application.budget_lines.all()) if form.cleaned_data["way"] == PasteForm.ADD else []


def _replace(request: SignedInRequest, draft: Draft, form: PasteForm, pasted: Pasted) -> None:
    stay = [
        {"category": line.category, "description": line.description, "year": line.year, "amount": line.amount}
        for line in _kept(draft, form)
    ]
    drafts.save_budget(
        application=draft.application, lines=stay + pasted.lines, by=draft.user, at=request.arrived_at,
        revision=form.cleaned_data["revision"],
    )  # fmt: skip
