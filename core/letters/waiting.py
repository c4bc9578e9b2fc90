"""What of the letters waits for an administrator: those that are held until what they miss is mended."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import waiting
from core.documents.models import IssuedLetter
from core.waiting import Waiting


@waiting.provider
def held_letters(user: Any) -> Iterator[Waiting]:
    """Name how many letters are held."""
    if not user.has_perm("core.run_letters"):
        return
    number = IssuedLetter.objects.visible_to_fund(user).filter(state=IssuedLetter.State.HELD).count()
    if number:
        what = ngettext("%(number)s letter is held", "%(number)s letters are held", number) % {"number": number}
        yield Waiting(what, _("Register of letters"), reverse("letters:register") + "?state=held")
