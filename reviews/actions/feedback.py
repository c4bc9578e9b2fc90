"""Feedback to applicants: composed of the public comments, edited, and approved by a second person."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, clock
from core.people.models import User
from core.states import WrongState
from reviews.feedback import composed
from reviews.models import Decision, Feedback

LONGEST = 10_000


@transaction.atomic
def compose(*, application: Application, by: User) -> Feedback:
    """Begin the feedback with the public comments as they are now; what was written before is replaced."""
    found = _open(application, by)
    parts = composed(found)
    if not parts:
        raise WrongState(_("No reviewer wrote anything for the applicant, so there is nothing to begin with."))
    feedback, __ = Feedback.objects.update_or_create(application=found, defaults=_edited(parts, by))
    audit.record("feedback:compose", by=by, subject=feedback)
    return feedback


@transaction.atomic
def edit(*, feedback: Feedback, texts: Mapping[int, str], seen: str | None = None, by: User) -> Feedback:
    """Change the text of some parts, by their number; an approval falls with any change.

    `seen` is `Feedback.seen` of what was changed: what somebody else wrote since is not written over.
    """
    _open(feedback.application, by)
    found = _locked(feedback)
    if seen not in (None, found.seen):
        raise WrongState(
            _("Somebody changed this feedback since you opened it. Put your texts into theirs, and keep them again.")
        )
    if any(len(text) > LONGEST for text in texts.values()):
        raise ValidationError(_("A part has at most %(most)s characters.") % {"most": LONGEST})
    parts = [[label, _plain(texts.get(number, text))] for number, (label, text) in enumerate(found.parts)]
    if not any(text for __, text in parts):
        raise ValidationError(_("Leave at least one part with a text."))
    if parts != found.parts:
        Feedback.objects.filter(pk=found.pk).update(**_edited(parts, by))
        audit.record("feedback:edit", by=by, subject=found)
        found.refresh_from_db()
    return found


@transaction.atomic
def approve(*, feedback: Feedback, seen: str | None = None, by: User) -> Feedback:
    """Approve what somebody else wrote, as `seen`; it goes out with the decision."""
    _open(feedback.application, by)
    found = _locked(feedback)
    if seen not in (None, found.seen):
        raise WrongState(_("This feedback was changed since you opened it. Read it again, then approve."))
    if found.approved_at is not None:
        raise WrongState(_("This feedback is approved already."))
    if found.edited_by_id == by.pk:
        raise PermissionDenied(_("You edited it last, so a second administrator approves it."))
    found.approved_at, found.approved_by = clock.now(), by
    found.save(update_fields=["approved_at", "approved_by"])
    audit.record("feedback:approve", by=by, subject=found)
    return found


def _plain(text: str) -> str:
    return "\n".join(text.split("\r\n")).strip()


def _edited(parts: list[list[str]], by: User) -> dict[str, object]:
    return {"parts": parts, "edited_at": clock.now(), "edited_by": by, "approved_at": None, "approved_by": None}


def _locked(feedback: Feedback) -> Feedback:
    return Feedback.objects.select_for_update(of=("self",), no_key=True).get(pk=feedback.pk)


def _open(application: Application, by: User) -> Application:
    """Lock the application, and let only administrators who may read its reviews, before its decision is released."""
    found = Application.lock(application.pk)
    if not by.has_perm("reviews.answer_applicant", found):
        raise PermissionDenied(_("Feedback is written by administrators who have no tie to the application."))
    if Decision.objects.filter(application=found, state=Decision.State.RELEASED).exists():
        raise WrongState(_("The decision is released, and the feedback went out with it."))
    return found
