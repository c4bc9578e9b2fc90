"""Asking the applicant something after the submission, and answering it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application, Inquiry, TeamMember
from core import audit, clock, mail
from core.people.models import User
from core.states import WrongState
from core.web import moments

LONGEST = 4000


@transaction.atomic
def ask(*, application: Application, question: str, due_at: datetime, by: User | None) -> Inquiry:
    """Ask the applicant something, until a date, and tell the owner; their page and a mail say who will read it."""
    found = _askable(application, by)
    check_question(question=question, due_at=due_at)
    inquiry = Inquiry.objects.create(
        application=found, question=question.strip(), due_at=due_at, asked_at=clock.now(), asked_by=by
    )
    audit.record("inquiry:ask", by=by, subject=inquiry)
    _tell_owner(inquiry, "applications/mail/inquiry.txt", due=moments.full(due_at, found.call.zone))
    return inquiry


def check_question(*, question: str, due_at: datetime) -> None:
    """Refuse a question that says nothing or too much, and a date that has passed, at their fields."""
    errors = {}
    if not question.strip():
        errors["question"] = _("Write what you want to know.")
    if len(question) > LONGEST:
        errors["question"] = _("Write at most %(most)s characters.") % {"most": LONGEST}
    if due_at <= clock.now():
        errors["due_at"] = _("Choose a day that is still to come.")
    if errors:
        raise ValidationError(errors)


def check_askable(application: Application) -> None:
    """Refuse an application about which there is nobody to ask."""
    if application.submitted_at is None or application.state == Application.State.WITHDRAWN or application.has_outcome:
        raise WrongState(_("This application is not being read any more, so there is nobody to ask."))


def _askable(application: Application, by: User | None) -> Application:
    found = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm("applications.screen_application", found):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application ask about it."))
    check_askable(found)
    return found


@transaction.atomic
def answer(*, inquiry: Inquiry, text: str, by: User | None) -> Inquiry:
    """Answer once, for the team; whoever asked finds it among what waits for them."""
    found = _locked(inquiry)
    if by is not None and not by.has_perm("applications.edit_application", found.application):
        raise PermissionDenied(_("Only the owner and the editors of an application answer for it."))
    if found.answered_at is not None:
        raise WrongState(_("This question is answered already. The fund asks again if it needs to know more."))
    if found.application.state == Application.State.WITHDRAWN:
        raise WrongState(_("You withdrew this application, so there is nothing to answer any more."))
    if not text.strip() or len(text) > LONGEST:
        message = _("Write your answer, in at most %(most)s characters.") % {"most": LONGEST}
        raise ValidationError({"answer": message})
    found.answer, found.answered_at, found.answered_by = text.strip(), clock.now(), by
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("inquiry:answer", by=by, subject=found)
    if found.asked_by is not None:
        mail.queue("applications/mail/inquiry-answered.txt", to=found.asked_by, inquiry=found,
                   application=found.application)  # fmt: skip
    return found


@transaction.atomic
def settle(*, inquiry: Inquiry, by: User | None) -> Inquiry:
    """Mark an answer as read, or a question as no longer waited for."""
    found = _for_staff(inquiry, by)
    if found.settled_at is None:
        found.settled_at = clock.now()
        found.save(update_fields=["settled_at"])
        audit.record("inquiry:settle", by=by, subject=found)
    return found


@transaction.atomic
def share(*, inquiry: Inquiry, by: User | None) -> Inquiry:
    """Release a question and its answer to the panel, which also settles it."""
    found = _for_staff(inquiry, by)
    if found.answered_at is None:
        raise WrongState(_("There is no answer yet that the panel could read."))
    if found.shared_at is None:
        found.shared_at = clock.now()
        found.settled_at = found.settled_at or clock.now()
        found.save(update_fields=["shared_at", "settled_at"])
        audit.record("inquiry:share", by=by, subject=found)
    return found


def _locked(inquiry: Inquiry) -> Inquiry:
    application = Application.objects.for_writing(inquiry.application_id)
    found = Inquiry.objects.select_related("asked_by").get(pk=inquiry.pk)
    found.application = application
    return found


def _for_staff(inquiry: Inquiry, by: User | None) -> Inquiry:
    found = _locked(inquiry)
    if by is not None and not by.has_perm("applications.screen_application", found.application):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application do this."))
    return found


def _tell_owner(inquiry: Inquiry, template: str, **context: Any) -> None:
    owner = inquiry.application.team.select_related("user").get(access=TeamMember.Access.OWNER)
    if owner.user is not None:
        mail.queue(template, to=owner.user, inquiry=inquiry, application=inquiry.application, **context)
