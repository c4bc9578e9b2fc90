"""The history of answers: written with every save, emptied when a draft is discarded or erased."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from applications.models import Answer, AnswerRevision, Application
from core.people.models import User


def record(
    draft: Application, changed: Iterable[Answer], *, by: User | None, at: datetime, is_apart: bool = False
) -> None:
    """Write a row for each answer that was just given its new revision, in the running transaction.

    Savings of one person within two minutes grow one row, as long as nobody else looked and nothing goes that somebody
    might want back. With `is_apart` each text gets a row of its own.
    """
    answers = {answer.key: answer for answer in changed}
    latest = {} if is_apart else _latest(draft, answers)
    seen_at = _last_look(draft, by) if latest else None
    fresh = []
    for key, answer in answers.items():
        row = latest.get(key)
        if row is not None and row.may_grow(answer.value, by=by, at=at, seen_at=seen_at):
            row.revision, row.value, row.saved_at = answer.revision, answer.value, at
            row.save(update_fields=["revision", "value", "saved_at"])
        else:
            fresh.append(_row(answer, by=by, at=at))
    AnswerRevision.objects.bulk_create(fresh)


def forget(application: Application) -> None:
    """Empty the history of an application."""
    application.answer_revisions.all().delete()


def _latest(draft: Application, answers: dict[str, Answer]) -> dict[str, AnswerRevision]:
    before = {key: answer.revision - 1 for key, answer in answers.items() if answer.revision > 1}
    if not before:
        return {}
    rows = draft.answer_revisions.filter(key__in=list(before), revision__in=set(before.values()))
    return {row.key: row for row in rows if row.revision == before[row.key]}


def _last_look(draft: Application, by: Any) -> datetime | None:
    """Return when somebody else last saw the application, whose rows stay locked so that nobody looks meanwhile."""
    team = draft.team.select_for_update(no_key=True).exclude(user=None).values_list("user", "seen_at")
    looks = [seen_at for user, seen_at in team if seen_at and (by is None or user != by.pk)]
    return max([*looks, *([draft.submitted_at] if draft.submitted_at else [])], default=None)


def _row(answer: Answer, *, by: User | None, at: datetime) -> AnswerRevision:
    return AnswerRevision(
        application_id=answer.application_id, key=answer.key, revision=answer.revision, value=answer.value,
        begun_at=at, saved_at=at, saved_by=by,
    )  # fmt: skip
