"""All that is done with a draft before it is submitted: its answers here, the rest gathered from where it is written.
Nothing typed is ever refused for its length or its sense; what is wrong is reported by the checks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions import history
from applications.actions.budget import StaleBudget, save_budget
from applications.actions.files import attach, detach
from applications.actions.ownership import change_access, give_ownership, hand_over, invite_again, let_editors_submit
from applications.actions.starting import start
from applications.actions.team import add_member, change_member, decline, join, remove_member
from applications.actions.writing import open_draft, take_back_ready
from applications.columns import columns_for
from applications.models import Answer, Application
from core.forms.answers import as_typed
from core.forms.definition import OWN_TABLE, Question
from core.forms.reading import storable
from core.people.models import User
from core.states import WrongState

__all__ = [
    "StaleAnswer",
    "StaleBudget",
    "add_member",
    "attach",
    "change_access",
    "change_member",
    "decline",
    "detach",
    "give_ownership",
    "hand_over",
    "invite_again",
    "join",
    "let_editors_submit",
    "remove_member",
    "restore",
    "save_answer",
    "save_answers",
    "save_budget",
    "start",
]  # fmt: skip


class StaleAnswer(WrongState):
    """Somebody else saved this answer in between; `theirs` is what they saved, `revision` its number."""

    def __init__(self, answer: Answer, by: User | None) -> None:
        sentence = _("Somebody else saved this answer at %(time)s UTC. Choose which text to keep.")
        if answer.saved_by is not None and answer.saved_by == by:
            sentence = _("In another window you saved this answer at %(time)s UTC. Choose which text to keep.")
        elif answer.saved_by is not None:
            sentence = _("%(person)s saved this answer at %(time)s UTC. Choose which text to keep.")
        super().__init__(sentence % {"person": answer.saved_by, "time": f"{answer.saved_at:%H:%M}"})
        self.key = answer.key
        self.theirs = answer.value
        self.revision = answer.revision


@transaction.atomic
def save_answer(
    *, application: Application, key: str, value: Any, by: User | None, at: datetime,
    revision: int | None = None,
) -> Answer:  # fmt: skip
    """Store one answer as it was typed and return it; an old `revision` raises StaleAnswer with what is there."""
    draft = open_draft(application, by=by, parts=[key], at=at)
    question = _question(draft, key)
    answer = _stored(draft, [key])[key]
    is_changed = _change(answer, draft, question, value, revision, by)
    _keep(draft, [answer] if is_changed else [], by, at)
    return answer


@transaction.atomic
def restore(
    *, application: Application, key: str, number: int, by: User | None, at: datetime, revision: int | None = None
) -> Answer:
    """Save the text of an earlier revision once more, as a text of its own in the history; nothing is taken away."""
    draft = open_draft(application, by=by, parts=[key], at=at)
    question = _question(draft, key)
    earlier = draft.answer_revisions.filter(key=key, revision=number).first()
    if earlier is None:
        raise WrongState(_("This earlier text is no longer kept as one of its own. Look at the history again."))
    answer = _stored(draft, [key])[key]
    is_changed = _change(answer, draft, question, earlier.value, revision, by)
    _keep(draft, [answer] if is_changed else [], by, at, is_apart=True)
    return answer


@transaction.atomic
def save_answers(
    *, application: Application, values: Mapping[str, Any], by: User | None, at: datetime,
    revisions: Mapping[str, int] | None = None,
) -> list[StaleAnswer]:  # fmt: skip
    """Store many answers; those that somebody else changed since `revisions` are left and returned as conflicts."""
    draft = open_draft(application, by=by, parts=values, at=at)
    questions = {key: _question(draft, key) for key in values}
    stored = _stored(draft, values)
    changed, conflicts = [], []
    for key, value in values.items():
        try:
            if _change(stored[key], draft, questions[key], value, (revisions or {}).get(key), by):
                changed.append(stored[key])
        except StaleAnswer as conflict:
            conflicts.append(conflict)
    _keep(draft, changed, by, at)
    return conflicts


def _question(draft: Application, key: str) -> Question:
    question = draft.form.definition.question(key)
    if question is None or question.kind in OWN_TABLE:
        raise ValidationError(
            _("This form has no question “%(key)s” to answer with a text. Reload the page.") % {"key": storable(key)}
        )
    return question


def _stored(draft: Application, keys: Iterable[str]) -> dict[str, Answer]:
    """Return the rows of some answers, new ones with revision 0."""
    rows = draft.answers.filter(key__in=list(keys)).select_related("saved_by")
    found = {answer.key: answer for answer in rows}
    return {key: found.get(key) or Answer(application=draft, key=key, revision=0) for key in keys}


def _change(
    answer: Answer, draft: Application, question: Question, value: Any, revision: int | None, by: User | None
) -> bool:
    """Put a text in an answer's row and in the draft's column that repeats it, and return whether it is a new one."""
    typed = as_typed(question, value)
    if answer.pk is not None and answer.value == typed:
        return False
    if answer.pk is not None and revision is not None and revision != answer.revision:
        raise StaleAnswer(answer, by)
    answer.value = typed
    for column, content in columns_for(question, typed, draft.call).items():
        setattr(draft, column, content)
    return True


def _keep(draft: Application, changed: list[Answer], by: User | None, at: datetime, *, is_apart: bool = False) -> None:
    """Write the changed answers in one statement, their history in others, and the draft's columns in the last."""
    for answer in changed:
        answer.saved_by, answer.saved_at = by, at
        answer.revision += 1
    Answer.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["application", "key"],
        update_fields=["value", "revision", "saved_at", "saved_by"],
    )  # fmt: skip
    if changed:
        take_back_ready(draft, by=by)
    history.record(draft, changed, by=by, at=at, is_apart=is_apart)
    _touch(draft, at)


def _touch(draft: Application, at: datetime) -> None:
    draft.changed_at = at
    draft.save(
        update_fields=[
            "changed_at", "title", "theme", "summary", "host", "host_name", "country", "months", "starts_on",
        ]
    )  # fmt: skip
