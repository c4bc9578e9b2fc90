"""Returning an application for correction: what is opened, until when, and what holds when nothing comes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions import history
from applications.actions.submission import give_time
from applications.columns import columns_for
from applications.models import Answer, Application, ApplicationVersion, BudgetLine, TeamMember
from applications.opening import part_of, parts_of
from core import clock, jobs, mail
from core.forms.definition import Kind
from core.jobs import Claim
from core.people.models import User
from core.web import moments

TIME_TO_CORRECT = timedelta(days=7)
SLACK = timedelta(minutes=15)
"""A request that arrived in time may still be waiting for its turn at the deadline."""


def rows_of(application: Application, asked: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what is asked of each question, in the form's order, refusing what the form does not have."""
    known = parts_of(application.form.definition)
    if unknown := [key for key in asked if key not in known]:
        raise ValidationError({"asked": _("This form has no question “%(key)s”.") % {"key": unknown[0]}})
    return [{"key": key, "label": label, "words": asked[key].strip()} for key, label in known.items() if key in asked]


def open_for_correction(
    application: Application, *, asked: list[dict[str, str]], until: datetime | None, text: str, by: User | None
) -> datetime:
    """Open what is asked for until a date, tell the owner, and return the date; in the running transaction."""
    chosen = until or clock.now() + TIME_TO_CORRECT
    if until is not None or chosen > application.closes_at():
        give_time(application, until=chosen, reason="Returned for correction", by=by)
    application.open_questions = [row["key"] for row in asked]
    application.save(update_fields=["open_questions"])
    ends = application.closes_at()
    jobs.put("correction-ends", due_at=ends + SLACK, application=application.pk)
    owner = _owner(application)
    if owner is not None:
        mail.queue(
            "applications/mail/returned.txt", to=owner, application=application, text=text, asked=asked,
            until=moments.full(ends, application.call.zone),
        )  # fmt: skip
    return ends


@jobs.handles("correction-ends")
def end_correction(claim: Claim) -> None:
    """Let the submitted version stand when its correction did not come; look again later if there is more time."""
    with claim.filing() as result:
        result["stands"] = let_stand(application=Application.objects.get(pk=claim.payload["application"]))


@transaction.atomic
def let_stand(*, application: Application) -> bool:
    """Close a return that was not answered in time and return whether it was one; the version submitted last stands.

    The answers go back to that version, so that a later return begins with what staff read.
    """
    found = Application.objects.for_writing(application.pk)
    if found.state != Application.State.RETURNED or found.current is None:
        return False
    if not found.is_late():
        jobs.put("correction-ends", due_at=found.closes_at() + SLACK, application=found.pk)
        return False
    _go_back(found, found.current)
    found.open_questions = []
    found.save()
    found.take("stand", by=None, version=found.current.number)
    owner = _owner(found)
    if owner is not None:
        mail.queue("applications/mail/stands.txt", to=owner, application=found, version=found.current)
    return True


def _owner(application: Application) -> User | None:
    return application.team.select_related("user").get(access=TeamMember.Access.OWNER).user


def _go_back(application: Application, version: ApplicationVersion) -> None:
    """Put the answers and the budget of a version in the place of what was written since; the columns follow."""
    form = application.form.definition
    kept = {each["key"]: each["value"] for part in version.content["sections"] for each in part["answers"]}
    for question in form.questions():
        if question.key in kept:
            _restore(application, question.key, kept[question.key])
            for column, value in columns_for(question, kept[question.key], application.call).items():
                setattr(application, column, value)
    if not application.open_questions or part_of(form, Kind.BUDGET) in application.open_questions:
        _restore_budget(application, version.content["budget"]["lines"])


def _restore(application: Application, key: str, value: Any) -> None:
    answer = application.answers.filter(key=key).first() or Answer(application=application, key=key, revision=0)
    if answer.value != value:
        answer.value, answer.saved_at, answer.saved_by = value, clock.now(), None
        answer.revision += 1
        answer.save()
        history.record(application, [answer], by=None, at=answer.saved_at, is_apart=True)


def _restore_budget(application: Application, lines: list[dict[str, Any]]) -> None:
    application.budget_lines.all().delete()
    rows = [
        BudgetLine(
            application=application, category=line["category"], description=line["description"], year=line["year"],
            amount=Decimal(line["amount"]),
        )
        for line in lines
    ]  # fmt: skip
    BudgetLine.objects.bulk_create(rows)
    application.amount = sum((row.amount for row in rows), Decimal(0)) if rows else None
