"""Giving a reviewer another date."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, mail
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.models import Assignment


@transaction.atomic
def move_due(*, call: Call, assignments: Iterable[Assignment], due_at: datetime, by: User) -> list[Assignment]:
    """Give reviews that are owed another date, and tell each reviewer but those who pause; return what was moved.

    What the person who moves them may not see keeps its date.
    """
    if not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("Dates are moved by an administrator or the chair of the panel."))
    if due_at <= clock.now():
        raise ValidationError({"due_at": _("This date has passed. Choose one that leaves time to review.")})
    call = Call.lock(call.pk)
    if call.state != Call.State.IN_REVIEW:
        raise WrongState(_("The review of this call is over, so no date can be moved."))
    seen = Assignment.objects.visible_to(by).filter(application__call=call, pk__in=[each.pk for each in assignments])
    keys = list(seen.values_list("pk", flat=True))
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).in_hand().filter(pk__in=keys)
    found = list(rows.select_related("application", "member__person").order_by("pk"))
    if not found:
        raise WrongState(_("Nothing is owed here any more, so there is no date to move. Reload the page."))
    for assignment in found:
        assignment.due_at, assignment.due_moved_at = due_at, clock.now()
        audit.record("assignment:move_due", by=by, subject=assignment, due_at=due_at.isoformat())
    Assignment.objects.bulk_update(found, ["due_at", "due_moved_at"], batch_size=200)
    _tell(call, found, due_at)
    return found


def _tell(call: Call, moved: list[Assignment], due_at: datetime) -> None:
    by_member: dict[int, list[Assignment]] = {}
    for assignment in moved:
        by_member.setdefault(assignment.member_id, []).append(assignment)
    for mine in by_member.values():
        if mine[0].member.paused_at is None:
            mail.queue(
                "reviews/mail/due-moved.txt", to=mine[0].member.person, call=call, assignments=mine, until=due_at
            )
