"""The eligibility check by staff, and the way to the panel. The applicant hears of nothing here but a return."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from applications.actions.submission import give_time
from applications.models import Application, Screening, TeamMember
from core import clock, mail
from core.people.models import User
from core.states import WrongState
from core.web import moments

ACTIONS = {"eligible": "find_eligible", "ineligible": "find_ineligible", "returned": "return"}
TIME_TO_CORRECT = timedelta(days=7)


@transaction.atomic
def screen(
    *, application: Application, outcome: str, by: User | None, reason: str = "", text: str = "",
    until: datetime | None = None,
) -> Screening:  # fmt: skip
    """Write down the outcome of the eligibility check: eligible, ineligible (with reason and text), or returned.

    A return needs a text, which the owner reads, and reopens the whole draft until a date (a week from now unless
    `until` says otherwise). An outcome can be changed until the review starts.
    """
    found = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm("applications.screen_application", found):
        raise PermissionDenied("Only fund administrators who have no interest in an application screen it.")
    _check(outcome, reason, text)
    found.take(ACTIONS[outcome], by=by, reason=reason)
    screening = Screening.objects.create(
        application=found, outcome=outcome, reason=reason, text=text.strip(), screened_at=clock.now(), screened_by=by
    )
    if outcome == "returned":
        _return(found, until, text.strip(), by)
    return screening


def _check(outcome: str, reason: str, text: str) -> None:
    errors = {}
    if outcome not in ACTIONS:
        errors["outcome"] = "Choose eligible, not eligible or returned for correction."
    if outcome == "ineligible" and reason not in Screening.Reason.values:
        errors["reason"] = "Choose why it is not eligible."
    if outcome == "ineligible" and not text.strip():
        errors["text"] = "Say in a sentence or two what is against it. The applicant reads it with the outcome."
    if outcome == "returned" and not text.strip():
        errors["text"] = "Say what is to be corrected. The applicant reads it at once."
    if errors:
        raise ValidationError(errors)


def _return(application: Application, until: datetime | None, text: str, by: User | None) -> None:
    chosen = until or clock.now() + TIME_TO_CORRECT
    if until is not None or chosen > application.closes_at():
        give_time(application, until=chosen, reason="Returned for correction", by=by)
    owner = application.team.select_related("user").get(access=TeamMember.Access.OWNER)
    if owner.user is not None:
        closes = moments.full(application.closes_at(), application.call.zone)
        mail.queue("applications/mail/returned.txt", to=owner.user, application=application, text=text, until=closes)


@transaction.atomic
def start_review(*, application: Application, by: User | None) -> Application:
    """Send an eligible application to the panel."""
    found = Application.lock(application.pk)
    if found.state == Application.State.IN_REVIEW:
        raise WrongState(f"{found.reference} is in review already. There is nothing more to do.")
    found.take("start_review", by=by)
    return found
