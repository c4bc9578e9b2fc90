"""What applicants ask or complain about after a decision, and the fund's answer."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application, TeamMember
from core import audit, clock, mail
from core.people.models import User
from core.states import WrongState
from reviews.complaints import is_decided_by
from reviews.models import DecisionInquiry

LONGEST = 4000
DAYS_TO_ANSWER = timedelta(days=30)
"""By when the fund answers; our own choice."""
SPEAKS = (TeamMember.Access.OWNER, TeamMember.Access.EDITOR)
"""Who of a team speaks for it."""


@transaction.atomic
def ask(*, application: Application, kind: str, text: str, by: User) -> DecisionInquiry:
    """Ask about the decision on one's own application, or complain; one at a time."""
    found = Application.lock(application.pk)
    if found.access_of(by) not in SPEAKS:
        raise PermissionDenied(_("The owner and the editors of an application ask about its decision."))
    if not found.has_outcome:
        raise WrongState(_("There is no decision yet that you could ask about."))
    if DecisionInquiry.objects.open().filter(application=found).exists():
        raise WrongState(_("The fund has not answered your last one yet. Write again when it has."))
    errors = {}
    if kind not in DecisionInquiry.Kind.values:
        errors["kind"] = _("Choose whether this is a question or a complaint.")
    if not text.strip() or len(text) > LONGEST:
        errors["text"] = _("Write what you want to say, in at most %(most)s characters.") % {"most": LONGEST}
    if errors:
        raise ValidationError(errors)
    now = clock.now()
    inquiry = DecisionInquiry.objects.create(
        application=found, kind=kind, text=text.strip(), asked_at=now, asked_by=by, due_at=now + DAYS_TO_ANSWER
    )
    audit.record("decision_inquiry:ask", by=by, subject=inquiry, kind=kind)
    return inquiry


@transaction.atomic
def answer(*, inquiry: DecisionInquiry, text: str, by: User) -> DecisionInquiry:
    """Answer once, and tell who asked; a complaint is answered by somebody who had no hand in the decision."""
    application = Application.lock(inquiry.application_id)
    if not by.has_perm("reviews.answer_applicant", application):
        raise PermissionDenied(_("Applicants are answered by administrators who have no tie to the application."))
    found = DecisionInquiry.objects.select_for_update(of=("self",), no_key=True).get(pk=inquiry.pk)
    found.application = application
    if found.kind == DecisionInquiry.Kind.COMPLAINT and is_decided_by(found, by):
        raise PermissionDenied(
            _("You prepared or approved this decision, so an administrator who did neither answers the complaint.")
        )
    if found.answered_at is not None:
        raise WrongState(_("This is answered already, and the answer stands."))
    if not text.strip() or len(text) > LONGEST:
        message = _("Write the answer, in at most %(most)s characters.") % {"most": LONGEST}
        raise ValidationError({"answer": message})
    found.answer, found.answered_at, found.answered_by = text.strip(), clock.now(), by
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("decision_inquiry:answer", by=by, subject=found, kind=found.kind)
    if found.asked_by is not None:
        link = settings.SITE_URL + reverse("decided:decision", args=[application.pk])
        mail.queue(
            "reviews/mail/decision_answered.txt", to=found.asked_by, application=application, inquiry=found, link=link
        )
    return found
