"""The two stages of one application: what its path says of the second, and what the second says of the first."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application
from applications.timeline import Step
from core.states import Shape


def next_stage(application: Application, user: Any) -> list[Step]:
    """Return the step that leads from an expression of interest to the full application, once there is one to send."""
    if application.submitted_at is None or not application.call.followed_by.exists():
        return []
    later = application.followed_by.filter(team__user=user).exclude(state=Application.State.WITHDRAWN)
    second = later.select_related("call").first()
    if second is not None:
        words = _("Full application: %(state)s") % {"state": second.applicant_wording.applicant}
        shape = second.applicant_wording.mark("applicant")
        return [Step(words, shape, second.submitted_at or second.started_at, url=second.get_absolute_url())]
    invitation = application.invitations_on.filter(withdrawn_at=None).select_related("call").first()
    if invitation is None:
        return []
    start = reverse("apply:start", args=[invitation.call.slug])
    if invitation.declined_at:
        return [Step(_("You declined to send a full application"), Shape.STOPPED, invitation.declined_at, url=start)]
    return [Step(_("You are invited to send a full application"), Shape.YOURS, invitation.invited_at, url=start)]
