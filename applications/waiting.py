"""What waits for an applicant: drafts whose call closes, returns to correct, invitations to answer."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from applications.models import Application, TeamMember
from core import clock
from core.waiting import Waiting, provider

WRITERS = [TeamMember.Access.OWNER, TeamMember.Access.EDITOR]


@provider
def drafts(user: Any) -> Iterator[Waiting]:
    """Yield the drafts that can still be submitted, and what was returned for correction."""
    mine = user.teams.filter(access__in=WRITERS).values("application")
    states = [Application.State.DRAFT, Application.State.RETURNED]
    for application in Application.objects.filter(pk__in=mine, state__in=states).with_deadlines():
        closes_at = application.closes_at()
        if closes_at < clock.now():
            continue
        is_returned = application.state == Application.State.RETURNED
        title = application.title or "No title yet"
        yield Waiting(
            what="Correct your application and submit it again" if is_returned else "Finish your draft",
            where=f"{title} · {application.reference or application.call.title}",
            url=reverse("apply:detail", args=[application.pk]),
            due_at=closes_at,
            button="Correct" if is_returned else "Go on",
        )


@provider
def invitations(user: Any) -> Iterator[Waiting]:
    """Yield the teams that the person was asked to join."""
    for member in TeamMember.objects.invitations_of(user).select_related("application__call"):
        application = member.application
        yield Waiting(
            what="Answer an invitation to a team",
            where=f"{application.title or 'No title yet'} · {application.call.title}",
            url=reverse("apply:home"),
            button="Answer",
        )
