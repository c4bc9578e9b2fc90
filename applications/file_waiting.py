"""What waits for administrators because of a file: an incident to look into, a scanner that does not answer."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.file_jobs import LONG
from applications.models import Attachment, Incident
from core import clock
from core.waiting import Waiting, provider


@provider
def incidents(user: Any) -> Iterator[Waiting]:
    """Yield the incidents that an administrator has to look into."""
    if not user.is_administrator:
        return
    for incident in Incident.objects.visible_to(user).filter(state=Incident.State.OPEN):
        yield Waiting(
            what=_("Look into a file that was closed"),
            where=_("Incident %(number)s") % {"number": incident.pk},
            url=incident.get_absolute_url(),
            due_at=incident.opened_at,
        )


@provider
def scanner(user: Any) -> Iterator[Waiting]:
    """Tell administrators when the virus scanner leaves files without an answer."""
    if not (settings.CLAMAV_SOCKET and user.is_administrator):
        return
    if Attachment.objects.filter(state=Attachment.State.CHECKING, added_at__lt=clock.now() - LONG).exists():
        yield Waiting(
            what=_("See why the virus scanner does not answer"),
            where=_("Files stay closed until it does"),
            url=reverse("jobs:batches"),
        )
