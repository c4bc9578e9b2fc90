"""How far a draft is, section by section, without a database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.forms.answers import Problem
from core.forms.definition import FormDefinition, Kind, Section
from core.states import Shape


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section of the task list."""

    key: str
    title: str
    words: str
    shape: Shape
    is_ready: bool
    is_open: bool = True


def states_of(
    form: FormDefinition, problems: Iterable[Problem], begun: Collection[str], *, is_returned: bool = False,
    opened: Collection[str] | None = None,
) -> list[SectionState]:  # fmt: skip
    """Return each section's state; `begun` are the questions in which something stands.

    `opened` are those that are open for correction: a section without any stays as it was submitted.
    """
    left: dict[str, int] = {}
    for problem in problems:
        left[problem.section] = left.get(problem.section, 0) + 1
    return [
        _state_of(section, left.get(section.key, 0), begun, is_returned)
        if opened is None or any(question.key in opened for question in section.questions)
        else SectionState(section.key, section.title, _("As submitted"), Shape.DONE, is_ready=True, is_open=False)
        for section in form.sections
    ]


def _state_of(section: Section, left: int, begun: Collection[str], is_returned: bool) -> SectionState:
    is_begun = any(question.key in begun for question in section.questions)
    if left:
        words, shape = (_("Not started"), Shape.TO_COME)
        if is_begun:
            words, shape = (
                _("Under way, %(left)s left to do") % {"left": left},
                Shape.YOURS if is_returned else Shape.MOVING,
            )
    elif is_begun or any(question.required or question.kind == Kind.TEAM for question in section.questions):
        words, shape = _("Complete"), Shape.DONE
    else:
        words, shape = _("Optional, nothing yet"), Shape.TO_COME
    return SectionState(section.key, section.title, words, shape, not left)
