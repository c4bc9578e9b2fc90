"""Says all that a call lacks before it can be published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core import clock
from core.forms.definition import Kind
from core.forms.faults import faults_in
from fund.models import Call

WHOLE = 100
"""What the weights of all criteria add up to, so that a reader can take them as per cent."""


def missing_from(call: Call) -> list[str]:
    """Return one sentence for each thing to mend, in the order of the setup page."""
    return [*_texts(call), *_dates(call), *_money(call), *_criteria(call), *_form(call)]


def _texts(call: Call) -> Iterator[str]:
    sentences = {
        "summary": _("Write the summary."),
        "text": _("Write the text of the call."),
        "eligibility": _("Write who can apply."),
    }
    for field, sentence in sentences.items():
        if not getattr(call, field).strip():
            yield sentence


def _dates(call: Call) -> Iterator[str]:
    if call.closes_at <= clock.now():
        yield _("The closing time has passed. Set one that is still to come.")
    if call.reviews_due_at is None:
        yield _("Set the day by which reviews are due.")
    elif call.reviews_due_at <= call.closes_at:
        yield _("Reviews are due before the call closes. Set a later day.")
    if call.decision_at is None:
        yield _("Set the day by which applicants hear the decision.")
    elif call.decision_at <= (call.reviews_due_at or call.closes_at):
        yield _("The decision comes before the reviews are due. Set a later day.")


def _money(call: Call) -> Iterator[str]:
    if not call.most_amount:
        yield _("Set the largest grant.")
    if call.budget < call.most_amount:
        yield _(
            "The money in all does not pay for one grant of the largest size. Raise it, or lower the largest grant."
        )
    if not call.budget_categories:
        yield _("Name the categories of the budget, such as staff and travel.")


def _criteria(call: Call) -> Iterator[str]:
    weights = [criterion.weight for criterion in call.rubric.criteria.all()]
    if not weights:
        yield _("Write the criteria by which applications are judged.")
    elif sum(weights) != WHOLE:
        yield _("The weights of the criteria add up to %(sum)s. Change them so that they add up to %(whole)s.") % {
            "sum": sum(weights),
            "whole": WHOLE,
        }


def _form(call: Call) -> Iterator[str]:
    yield from map(str, faults_in(call.form.content))
    definition = call.form.definition
    if definition.with_role("title") is None:
        yield _("The form has no question for the project’s title. Add a short text that is used as the title.")
    kinds = {question.kind for question in definition.questions()}
    if Kind.BUDGET not in kinds:
        yield _("The form has no budget. Add a question of the kind “Budget”.")
    if Kind.THEME in kinds and len(call.themes.all()) == 0:
        yield _("Name the themes: the form asks applicants to choose one.")
