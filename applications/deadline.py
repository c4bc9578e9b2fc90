"""Tells the people who are writing, or have applied, when a call's deadline moves or the call is cancelled."""

from applications.models import Application, TeamMember
from core import jobs, mail
from core.jobs import Claim
from core.language import lazy
from core.people.models import User
from core.web import moments
from fund.models import Call, DeadlineChange


@jobs.handles("deadline-moved", lazy("News of a new deadline"))
def tell_of_deadline(claim: Claim) -> None:
    """Write to the owner of every draft of the call: old and new time, and the reason."""
    change = DeadlineChange.objects.select_related("call").get(pk=claim.payload["change"])
    state = Application.State
    with claim.filing() as result:
        owners = _owners(change.call, state.DRAFT, state.RETURNED)
        for owner, application in owners:
            mail.queue(
                "applications/mail/deadline-moved.txt",
                to=owner, change=change, call=change.call, application=application,
                old=moments.in_both(change.old, change.call.zone, owner.time_zone),
                new=moments.in_both(change.new, change.call.zone, owner.time_zone),
            )  # fmt: skip
        result["told"] = len(owners)


@jobs.handles("call-cancelled", lazy("News of a cancelled call"))
def tell_of_cancelling(claim: Claim) -> None:
    """Write to the owner of every draft and every application that is still in the call."""
    call = Call.objects.get(pk=claim.payload["call"])
    with claim.filing() as result:
        owners = _owners(call, Application.State.DRAFT, *Application.BEFORE_AWARD)
        for owner, application in owners:
            mail.queue("applications/mail/call-cancelled.txt", to=owner, call=call, application=application)
        result["told"] = len(owners)


def _owners(call: Call, *states: str) -> list[tuple[User, Application]]:
    found = TeamMember.objects.filter(application__call=call, application__state__in=states, user__isnull=False)
    owners = found.filter(access=TeamMember.Access.OWNER).select_related("user", "application").order_by("pk")
    return [(owner.user, owner.application) for owner in owners if owner.user]
