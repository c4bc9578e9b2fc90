"""The eligibility check by staff, and the way to the panel. The applicant hears of nothing here but a return."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.actions.returning import open_for_correction, rows_of
from applications.models import Application, Screening
from core import clock
from core.people.models import User
from core.states import WrongState

ACTIONS = {"eligible": "find_eligible", "ineligible": "find_ineligible", "returned": "return"}


@transaction.atomic
def screen(
    *, application: Application, outcome: str, by: User | None, reason: str = "", text: str = "",
    asked: Mapping[str, str] | None = None, until: datetime | None = None,
) -> Screening:  # fmt: skip
    """Write down the outcome of the eligibility check: eligible, ineligible (with reason and text), or returned.

    A return says what to correct, in a text or for each question in `asked`, and opens these questions, or all where
    it names none, until a date: a week from now unless `until` says otherwise. An outcome can be changed until the
    review starts.
    """
    found = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm("applications.screen_application", found):
        raise PermissionDenied(_("Only fund administrators who have no interest in an application screen it."))
    wanted = rows_of(found, asked or {})
    _check(outcome, reason, text or " ".join(row["words"] for row in wanted))
    found.take(ACTIONS[outcome], by=by, reason=reason)
    screening = Screening.objects.create(
        application=found, outcome=outcome, reason=reason, text=text.strip(), asked=wanted,
        screened_at=clock.now(), screened_by=by,
    )  # fmt: skip
    if outcome == "returned":
        screening.until = open_for_correction(found, asked=wanted, until=until, text=text.strip(), by=by)
        screening.save(update_fields=["until"])
    return screening


def _check(outcome: str, reason: str, text: str) -> None:
    errors = {}
    if outcome not in ACTIONS:
        errors["outcome"] = _("Choose eligible, not eligible or returned for correction.")
    if outcome == "ineligible" and reason not in Screening.Reason.values:
        errors["reason"] = _("Choose why it is not eligible.")
    if outcome == "ineligible" and not text.strip():
        errors["text"] = _("Say in a sentence or two what is against it. The applicant reads it with the outcome.")
    if outcome == "returned" and not text.strip():
        errors["text"] = _("Say what is to be corrected. The applicant reads it at once.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def start_review(*, application: Application, by: User | None) -> Application:
    """Send an eligible application to the panel."""
    found = Application.lock(application.pk)
    if found.state == Application.State.IN_REVIEW:
        raise WrongState(
            _("%(reference)s is in review already. There is nothing more to do.") % {"reference": found.reference}
        )
    found.take("start_review", by=by)
    return found
