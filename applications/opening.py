"""Which questions of a returned application are open: those that staff named, and what hangs on their answers."""

from collections.abc import Iterable

from applications.models import Application
from core.forms.definition import FormDefinition, Kind
from core.forms.reading import storable

TABLES = (Kind.TEAM, Kind.BUDGET)


def parts_of(form: FormDefinition) -> dict[str, str]:
    """Return all that can be opened, by key: every question, and the team and the budget where no question asks."""
    found = {question.key: question.label for question in form.questions()}
    asked = {question.kind for question in form.questions()}
    return found | {str(kind): kind.capitalize() for kind in TABLES if kind not in asked}


def part_of(form: FormDefinition, kind: Kind) -> str:
    """Return the key under which the team or the budget is opened."""
    return next((question.key for question in form.questions() if question.kind == kind), str(kind))


def open_keys(application: Application) -> frozenset[str] | None:
    """Return the keys of the open questions, or None where all are open.

    What is only shown because of an open answer is open with it: else the correction could not be completed.
    """
    if application.state != Application.State.RETURNED or not application.open_questions:
        return None
    found = set(application.open_questions)
    for question in application.form.definition.questions():
        # One pass is enough: a condition only names an earlier question.
        if question.shown_if is not None and question.shown_if.question in found:
            found.add(question.key)
    return frozenset(found)


def closed_among(application: Application, keys: Iterable[str]) -> list[str]:
    """Return the labels of the questions among these that are not open."""
    opened = open_keys(application)
    if opened is None:
        return []
    labels = parts_of(application.form.definition)
    return [labels.get(key) or storable(key) for key in keys if key not in opened]
