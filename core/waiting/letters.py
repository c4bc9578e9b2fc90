"""What of the mail waits for an administrator: letters to look at, and mails that do not go on by themselves."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import waiting
from core.jobs.models import Batch
from core.mail.models import Message
from core.waiting import Waiting


@waiting.provider
def mail_to_see_to(user: Any) -> Iterator[Waiting]:
    """Name the batches of letters that nobody has let go yet, and how many mails did not arrive; in one query."""
    if not user.has_perm("core.send_mail"):
        return
    drafts = Q(pk__in=Message.objects.drafts().values("pk"), batch__in=batches_open_to(user))
    rows = Message.objects.visible_to_staff(user).filter(drafts | Q(state__in=Message.FOR_STAFF)).order_by()
    rows = rows.annotate(key=_of_drafts("batch"), title=_of_drafts("batch__title"))
    for each in rows.values("key", "title").annotate(number=Count("pk")).order_by("key"):
        if each["key"] is None:
            what = ngettext("%(number)s mail did not arrive", "%(number)s mails did not arrive", each["number"])
            where, url = _("Outbox"), reverse("manage_core:outbox") + "?state=for_staff"
        else:
            what = ngettext(
                "Look at %(number)s letter and send it", "Look at %(number)s letters and send them", each["number"]
            )
            where, url = each["title"], reverse("manage_core:letters", args=[each["key"]])
        yield Waiting(what % {"number": each["number"]}, where, url)


def _of_drafts(column: str) -> Case:
    return Case(When(state=Message.State.DRAFT, then=column), default=None)


def batches_open_to(user: Any) -> Any:
    """Return the keys of the batches that the person may see."""
    return Batch.objects.visible_to(user).values("pk")
