"""The one door to a draft for all that writes in it, and what every change does to its being ready."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from applications.models import Application
from applications.opening import closed_among
from core import audit, clock
from core.people.models import User
from core.states import WrongState
from core.web import moments


class NotOpen(WrongState):
    """The application was returned for the correction of other questions than this one."""

    def __init__(self, label: str) -> None:
        super().__init__(
            _(
                "“%(label)s” stays as you submitted it: the fund opened other questions only. Your text is not saved "
                "in it. Write to the fund if this has to change too."
            )
            % {"label": label}
        )


def open_draft(
    application: Application, *, by: User | None, parts: Iterable[str] = (),
    permission: str = "applications.edit_application", at: datetime | None = None,
) -> Application:  # fmt: skip
    """Lock the application and return it with its call and form, if the person may write and it is a draft.

    `parts` are the keys of the questions that are to be written; in a returned application only the named ones are
    open. Writing goes on after the deadline, so that no word is lost; only submitting is refused then. But a draft
    that was ready at its deadline stays as it is during the grace period: a change would take its last chance away.
    """
    draft = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm(permission, draft):
        raise PermissionDenied(
            _("You may read this application, but not change this in it. Its owner can change what you may do.")
        )
    if not draft.is_draft:
        word = draft.applicant_wording.applicant
        raise WrongState(
            _(
                "This application is at “%(word)s” now and cannot be changed any more. Your text is not saved in it; copy it if you need it."
            )
            % {"word": word}
        )
    if closed := closed_among(draft, parts):
        raise NotOpen(closed[0])
    keep_in_grace(draft, at)
    return draft


def keep_in_grace(draft: Application, at: datetime | None = None) -> None:
    """Refuse to change a draft that can only be submitted as it was at its deadline."""
    if draft.is_in_grace(at):
        until = moments.full(draft.grace_until(), draft.call.zone)
        raise WrongState(
            _(
                "The deadline has passed. This draft was ready, so it can still be submitted as it is, until %(until)s, "
                "and nothing in it can change until then."
            )
            % {"until": until}
        )


def take_back_ready(draft: Application, *, by: User | None) -> None:
    """Note that a locked draft has changed: it is not ready any more, and what the host signed is void."""
    if draft.ready_at is None:
        return
    draft.ready_at = None
    draft.save(update_fields=["ready_at"])
    draft.signatures.filter(voided_at=None).update(voided_at=clock.now())
    audit.record("application:not_ready", by=by, subject=draft)
