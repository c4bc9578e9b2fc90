"""The parts of a call's setup: what each is called, the form that edits it, and how its answers reach the action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fund import forms as shapes
from fund import standard, submitting_forms
from fund.actions.calls import can_change_panel_rules, editable
from fund.budget_plan_form import BudgetPlanForm
from fund.models import Call
from fund.quiz_form import QuizForm


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the setup. `fixed` parts can only be changed while the call is a draft, or `until` something ends it."""

    key: str
    title: str | Promise
    form: Callable[..., forms.BaseForm]
    fixed: bool = True
    until: Callable[[Call], bool] | None = None


STANDARD: dict[str, dict[str, Any]] = {
    "budget": {"budget_categories": standard.CATEGORIES},
    "quiz": {"quiz": standard.QUIZ},
}
"""What a part can start with."""

PARTS = {
    part.key: part
    for part in (
        Part("texts", _("Texts"), shapes.TextsForm, fixed=False),
        Part("dates", _("Dates"), shapes.DatesForm, fixed=False),
        Part("money", _("Money and limits"), shapes.MoneyForm),
        Part("budget", _("Budget"), BudgetPlanForm),
        Part("quiz", _("Eligibility quiz"), QuizForm),
        Part("themes", _("Themes"), shapes.ThemesForm),
        Part("submitting", _("Submitting"), submitting_forms.SubmittingForm),
        Part("review", _("Review"), shapes.ReviewForm, until=can_change_panel_rules),
        Part("panel", _("Terms of the panel"), shapes.PanelTermsForm, fixed=False),
    )
}


def form_for(part: Part, call: Call, data: Any = None) -> forms.BaseForm:
    """Make a part's form; of a published call, what is promised can be read and not changed."""
    form = part.form(data, instance=call)
    if call.state != Call.State.DRAFT:
        open_now = editable(call)
        for name, field in form.fields.items():
            field.disabled = name not in open_now
    return form


def can_edit(part: Part, call: Call) -> bool:
    """Whether a part can be changed in the call's present state."""
    if call.state == Call.State.DRAFT:
        return True
    return call.state in Call.UNDER_WAY and (part.until(call) if part.until else not part.fixed)
