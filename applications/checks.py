"""All that is missing or wrong before an application can be submitted, at once."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications import budget
from applications.models import Application, TeamMember
from core.forms import answers as form_answers
from core.forms.answers import Problem
from core.forms.definition import OWN_TABLE, FormDefinition, Kind, Question, Section


class Incomplete(ValidationError):
    """The application cannot be submitted yet; `problems` says all that there is to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        by_question: dict[str, list[str]] = {}
        for problem in problems:
            by_question.setdefault(problem.question, []).append(problem.message)
        super().__init__(by_question)
        self.problems = problems


def answers_of(application: Application) -> dict[str, Any]:
    """Return the answers as they were typed, by question."""
    return {answer.key: answer.value for answer in application.answers.all()}


def problems_of(application: Application) -> list[Problem]:
    """Return everything to mend, in the form's order; empty when the application is ready to submit."""
    form = application.form.definition
    answers = answers_of(application)
    found = [problem for section in form.sections for problem in _section_problems(section, application, answers)]
    return found + list(_outside_problems(form, application))


def _section_problems(section: Section, application: Application, answers: dict[str, Any]) -> Iterator[Problem]:
    plain = {
        problem.question: problem
        for problem in form_answers.section_problems(section, answers, application.call.currency)
    }
    for question in section.questions:
        if not question.is_shown(answers):
            continue
        if question.key in plain:
            yield plain[question.key]
            continue
        for message in _call_problems(question, application, answers.get(question.key)):
            yield Problem(section.key, question.key, question.label, message)


def _call_problems(question: Question, application: Application, answer: Any) -> Iterator[str]:
    """Yield what the form alone cannot know: tables of their own, and what the call's own rules say of an answer."""
    if question.kind in OWN_TABLE:
        yield from _table_problems(question.kind, question, application)
    elif answer and question.kind == Kind.THEME and answer not in {each.slug for each in application.call.themes.all()}:
        yield _("Choose one of the themes of this call.")
    elif answer and question.role == "months":
        yield from _length_problems(application)


def _table_problems(kind: Kind, question: Question | None, application: Application) -> Iterator[str]:
    if kind == Kind.FILE and question is not None:
        kept = [each for each in application.attachments.all() if each.question == question.key]
        if question.required and not any(not each.is_quarantined for each in kept):
            yield _("Attach a file: %(question)s") % {"question": question.label}
    elif kind == Kind.TEAM:
        yield from _team_problems(application)
    elif kind == Kind.BUDGET:
        lines = budget.Budget.of(application.budget_lines.all())
        yield from budget.problems(lines, application.call, application.months)


def _outside_problems(form: FormDefinition, application: Application) -> Iterator[Problem]:
    """Yield problems of the team and the budget where the form has no question for them: the rules hold anyway."""
    asked = {question.kind for question in form.questions()}
    for kind, label in ((Kind.TEAM, _("Team")), (Kind.BUDGET, _("Budget"))):
        if kind not in asked:
            yield from (Problem("", kind, label, message) for message in _table_problems(kind, None, application))


def _length_problems(application: Application) -> Iterator[str]:
    call, months = application.call, application.months
    if months is None:
        yield _("Write the length as a whole number of months, such as 18.")
    elif not call.least_months <= months <= call.most_months:
        yield _("Projects of this call last %(least_months)s to %(most_months)s months. Change the length to fit.") % {
            "least_months": call.least_months,
            "most_months": call.most_months,
        }


def _team_problems(application: Application) -> Iterator[str]:
    team = list(application.team.all())
    lead = next((each for each in team if each.part == TeamMember.Part.INVESTIGATOR), None)
    if lead is None:
        yield _("Name the principal investigator. There is one for each application.")
    elif over_the_cap(application, lead):
        most = application.call.most_per_pi
        yield ngettext(
            "%(name)s is principal investigator of %(number)s submitted application of this call already, which is "
            "the most allowed. Name somebody else, or withdraw the other one.",
            "%(name)s is principal investigator of %(number)s submitted applications of this call already, which is "
            "the most allowed. Name somebody else, or withdraw the other one.",
            most,
        ) % {"name": lead.name, "number": most}


def over_the_cap(application: Application, lead: TeamMember) -> bool:
    """Whether this principal investigator has as many other submitted applications of the call as it allows."""
    others = (
        TeamMember.objects.leading_as(lead)
        .filter(application__call=application.call_id)
        .exclude(application=application.pk)
        .exclude(application__state__in=[Application.State.DRAFT, Application.State.WITHDRAWN])
    )
    return others.count() >= application.call.most_per_pi
