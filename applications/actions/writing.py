"""The one door to a draft for all that writes in it."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from applications.models import Application
from applications.opening import closed_among
from core.people.models import User
from core.states import WrongState


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
    permission: str = "applications.edit_application",
) -> Application:  # fmt: skip
    """Lock the application and return it with its call and form, if the person may write and it is a draft.

    `parts` are the keys of the questions that are to be written; in a returned application only the named ones are
    open. Writing goes on after the deadline, so that no word is lost; only submitting is refused then.
    """
    draft = Application.objects.for_writing(application.pk)
    if by is not None and not by.has_perm(permission, draft):
        raise PermissionDenied(
            "You may read this application, but not change this in it. Its owner can change what you may do."
        )
    if not draft.is_draft:
        word = draft.applicant_wording.applicant
        raise WrongState(
            f"This application is at “{word}” now and cannot be changed any more. Your text is not saved in it; "
            "copy it if you need it."
        )
    if closed := closed_among(draft, parts):
        raise NotOpen(closed[0])
    return draft
