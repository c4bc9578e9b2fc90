"""The searches that people keep under a name."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import SavedView
from core import audit, clock
from core.people.models import User
from fund.models import Call

MOST = 40
"""Views of a call that one person sees."""


@transaction.atomic
def keep(*, call: Call, name: str, address: str, is_shared: bool, by: User) -> SavedView:
    """Keep a search under a name, in place of one's own of that name; shared, the people of the fund see it too."""
    plain = " ".join(name.split())
    if not 0 < len(plain) <= 60 or "\0" in plain:
        raise ValidationError({"name": _("Give the view a name of at most 60 characters.")})
    if len(address) > 1500:
        raise ValidationError({"address": _("This search is too long to keep. Shorten it and keep it again.")})
    if is_shared and not by.is_insider:
        raise PermissionDenied(_("Only the people of the fund share views."))
    if SavedView.objects.filter(call=call, owner=by).exclude(name=plain).count() >= MOST // 2:
        raise ValidationError(_("You keep 20 views of this call. Take one away first."))
    view, _is_new = SavedView.objects.update_or_create(
        call=call, owner=by, name=plain, defaults={"address": address, "is_shared": is_shared, "kept_at": clock.now()}
    )
    audit.record("savedview:keep", by=by, subject=view, is_shared=is_shared)
    return view


@transaction.atomic
def forget(*, view: SavedView, by: User) -> None:
    """Take one of one's own views away."""
    if view.owner_id != by.pk:
        raise PermissionDenied(_("Only who keeps a view takes it away."))
    audit.record("savedview:forget", by=by, subject=view)
    view.delete()
