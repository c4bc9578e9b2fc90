"""What waits for an applicant: drafts whose call closes, returns to correct, invitations to answer."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application, CallInvitation, HostSignature, Inquiry, TeamMember
from applications.models.parts import is_on_a_team
from core import clock
from core.waiting import Waiting, provider

WRITERS = [TeamMember.Access.OWNER, TeamMember.Access.EDITOR]
WRITABLE = [Application.State.DRAFT, Application.State.RETURNED]


@provider
def drafts(user: Any) -> Iterator[Waiting]:
    """Yield the drafts that can still be submitted, and what was returned for correction."""
    if not is_on_a_team(user):
        return
    mine = user.teams.filter(access__in=WRITERS)
    rows = Application.objects.filter(pk__in=mine.values("application"), state__in=WRITABLE).with_deadlines()
    for application in rows.annotate(access=Subquery(mine.filter(application=OuterRef("pk")).values("access")[:1])):
        application.knows_access(user, application.access)
        closes_at = application.closes_at()
        if application.is_in_grace() and user.has_perm("applications.submit_application", application):
            yield _last_chance(application)
        if closes_at < clock.now():
            continue
        is_returned = application.state == Application.State.RETURNED
        title = application.title or _("No title yet")
        yield Waiting(
            what=_("Correct your application and submit it again") if is_returned else _("Finish your draft"),
            where=f"{title} · {application.reference or application.call.title}",
            url=reverse("apply:detail", args=[application.pk]),
            due_at=closes_at,
            zone=application.call.zone,
            button=_("Correct") if is_returned else _("Go on"),
        )


def _last_chance(application: Application) -> Waiting:
    return Waiting(
        what=_("Submit your application as it is: the deadline has passed, and it was ready"),
        where=f"{application.title} · {application.reference or application.call.title}",
        url=reverse("apply:submit", args=[application.pk]),
        due_at=application.grace_until(),
        zone=application.call.zone,
        button=_("Submit"),
    )


@provider
def calls_to_answer(user: Any) -> Iterator[Waiting]:
    """Yield the calls to which the person is invited and has neither started nor declined."""
    for invitation in CallInvitation.objects.to_answer(user).select_related("call"):
        yield Waiting(
            what=_("Start the application to which you are invited, or decline"),
            where=invitation.call.title,
            url=reverse("apply:start", args=[invitation.call.slug]),
            due_at=invitation.call.closes_at,
            button=_("Open"),
        )


@provider
def signatures(user: Any) -> Iterator[Waiting]:
    """Yield the drafts that wait for the person's signature for the host organisation."""
    if not is_on_a_team(user):
        return
    mine = user.teams.filter(access=TeamMember.Access.SIGNATORY).values("application")
    ready = Application.objects.filter(
        pk__in=mine, state__in=WRITABLE, ready_at__isnull=False, call__needs_signatory=True
    )
    unsigned = ready.exclude(pk__in=HostSignature.objects.filter(voided_at=None).values("application"))
    for application in unsigned.with_deadlines():
        if application.may_arrive():
            yield Waiting(
                what=_("Sign for the host organisation"),
                where=f"{application.title} · {application.call.title}",
                url=reverse("apply:sign", args=[application.pk]),
                due_at=application.closes_at(),
                button=_("Read and sign"),
            )


@provider
def invitations(user: Any) -> Iterator[Waiting]:
    """Yield the teams that the person was asked to join."""
    for member in TeamMember.objects.invitations_of(user).select_related("application__call"):
        application = member.application
        yield Waiting(
            what=_("Answer an invitation to a team"),
            where=f"{application.title or _('No title yet')} · {application.call.title}",
            url=reverse("apply:home"),
            button=_("Answer"),
        )


@provider
def questions_to_answer(user: Any) -> Iterator[Waiting]:
    """Yield what the fund asked about the person's applications."""
    if not is_on_a_team(user):
        return
    mine = user.teams.filter(access__in=WRITERS).values("application")
    for inquiry in Inquiry.objects.open().filter(application__in=mine).select_related("application__call"):
        application = inquiry.application
        yield Waiting(
            what=_("Answer a question of the fund"),
            where=f"{application.title} · {application.reference}",
            url=reverse("apply:inquiry", args=[application.pk, inquiry.pk]),
            due_at=inquiry.due_at,
            zone=application.call.zone,
            button=_("Answer"),
        )
