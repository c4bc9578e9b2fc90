"""Reminding reviewers of what they owe."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, mail
from core.people.models import User
from fund.models import Call
from reviews.models import Assignment, PanelMember

PAUSE = timedelta(hours=24)
"""How long nobody is reminded again; our own choice."""


def may_be_reminded(member: PanelMember) -> bool:
    """Whether the last reminder is long enough ago."""
    return member.reminded_at is None or member.reminded_at <= clock.now() - PAUSE


@transaction.atomic
def remind(*, call: Call, members: Iterable[PanelMember], by: User) -> list[PanelMember]:
    """Mail each chosen member one list of the reviews they owe, and return who was reminded.

    Who owes nothing or was reminded within a day is passed over; if that is all of them, nothing is sent. The mail
    lists all that is owed, but whom to send it to follows from what the reminding person may see, so that the
    answer tells them nothing of an application from which they are recused. Nobody is mailed while they pause;
    they count as reminded all the same, since a chair does not learn who pauses.
    """
    if not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("Reviewers are reminded by an administrator or the chair of the panel."))
    keys = [member.pk for member in members]
    if not keys:
        raise ValidationError({"members": _("Choose at least one reviewer to remind.")})
    locked = (
        PanelMember.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys, call=call).order_by("pk")
    )
    seen = set(Assignment.objects.visible_to(by).in_hand().filter(member__in=keys).values_list("member", flat=True))
    found = [each for each in locked.select_related("person") if each.pk in seen and may_be_reminded(each)]
    if not found:
        raise ValidationError(
            {
                "members": _(
                    "Whom you chose owes nothing, or was reminded within the last day. Choose others, or wait a day."
                )
            }
        )
    mailed = [each for each in found if each.paused_at is None]
    owed = owed_by([each.pk for each in mailed])
    for member in mailed:
        mail.queue("reviews/mail/reminder.txt", to=member.person, call=call, assignments=owed[member.pk])
    PanelMember.objects.filter(pk__in=[each.pk for each in found]).update(reminded_at=clock.now())
    audit.record("call:remind_reviewers", by=by, subject=call, members=[each.pk for each in mailed])
    return found


def owed_by(keys: list[int]) -> dict[int, list[Assignment]]:
    """Return what some members owe, the nearest date first."""
    owed: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.in_hand().filter(member__in=keys).select_related("application")
    for row in rows.order_by("due_at", "pk"):
        owed.setdefault(row.member_id, []).append(row)
    return owed
