"""The one door to a draft for all that writes in it."""

from django.core.exceptions import PermissionDenied

from applications.models import Application
from core.people.models import User
from core.states import WrongState


def open_draft(
    application: Application, *, by: User | None, permission: str = "applications.edit_application"
) -> Application:
    """Lock the application and return it with its call and form, if the person may write and it is a draft.

    Writing goes on after the deadline, so that no word is lost; only submitting is refused then.
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
    return draft
