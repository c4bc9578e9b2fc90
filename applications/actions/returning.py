"""Returning an application for correction: what is opened, until when, and what holds when nothing comes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions import budget, files, history, team
from applications.actions.submission import give_time
from applications.actions.writing import take_back_ready
from applications.columns import columns_for
from applications.content import canonical
from applications.models import Answer, Application, ApplicationVersion, TeamMember
from applications.opening import parts_of
from core import clock, jobs, mail
from core.forms.definition import Question
from core.forms.reading import storable
from core.jobs import Claim
from core.language import lazy
from core.people.models import User
from core.web import moments

TIME_TO_CORRECT = timedelta(days=7)
SLACK = timedelta(minutes=15)
"""A request that arrived in time may still be waiting for its turn at the deadline."""


def rows_of(application: Application, asked: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what is asked of each question, in the form's order, refusing what the form does not have."""
    known = parts_of(application.form.definition)
    if unknown := [key for key in asked if key not in known]:
        raise ValidationError({"asked": _("This form has no question “%(key)s”.") % {"key": storable(unknown[0])}})
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
    jobs.put("correction-ends", due_at=_ends(application), application=application.pk)
    owner = _owner(application)
    if owner is not None:
        mail.queue(
            "applications/mail/returned.txt", to=owner, application=application, text=text, asked=asked,
            until=moments.full(ends, application.call.zone),
        )  # fmt: skip
    return ends


@jobs.handles("correction-ends", lazy("End of a correction"))
def end_correction(claim: Claim) -> None:
    """Let the submitted version stand when its correction did not come; look again later if there is more time."""
    with claim.filing() as result:
        result["stands"] = let_stand(application=Application.objects.get(pk=claim.payload["application"]))


@transaction.atomic
def let_stand(*, application: Application) -> bool:
    """Close a return that was not answered in time and return whether it was one; the version submitted last stands.

    All that can be written goes back to that version, so that a later return begins with what staff read.
    """
    found = Application.objects.for_writing(application.pk)
    if found.state != Application.State.RETURNED or found.current is None:
        return False
    if clock.now() < (ends := _ends(found)):
        jobs.put("correction-ends", due_at=ends, application=found.pk)
        return False
    take_back_ready(found, by=None)
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


def _ends(application: Application) -> datetime:
    """Return when a return that was not answered is over; what was ready in time has its grace period first."""
    last = application.grace_until() if application.was_ready_in_time() else application.closes_at()
    return last + SLACK


def _go_back(application: Application, version: ApplicationVersion) -> None:
    """Put a version in the place of what was written since; the columns follow."""
    stored = {each.key: each for each in application.answers.all()}
    kept = {each["key"]: each["value"] for part in version.content["sections"] for each in part["answers"]}
    for question in application.form.definition.questions():
        if question.key in kept:
            answer = stored.get(question.key) or Answer(application=application, key=question.key, revision=0)
            _restore(application, question, answer, kept[question.key])
    budget.put_back(application, version)
    files.put_back(application, version)
    team.put_back(application, version)


def _restore(application: Application, question: Question, answer: Answer, value: Any) -> None:
    """Put a text of a version back in its answer; one that says the same stays as it was typed."""
    for column, content in columns_for(question, value, application.call).items():
        setattr(application, column, content)
    if canonical(question, answer.value, application.call.currency) == value:
        return
    answer.value, answer.saved_at, answer.saved_by = value, clock.now(), None
    answer.revision += 1
    answer.save()
    history.record(application, [answer], by=None, at=answer.saved_at, is_apart=True)
