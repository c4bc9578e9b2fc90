"""Reminds the owners of drafts before their deadline: at 14, 3 and 1 days, once each, saying what is still missing."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from applications.checks import problems_of
from applications.models import Application, Reminder, TeamMember
from core import clock, jobs, mail
from core.people.models import User
from core.web import moments
from fund.models import Call, DeadlineChange

DAYS = (14, 3, 1)
MOST_NAMED = 12
"""More missing things than these are only counted in the message; the check page lists all."""


@jobs.daily
def remind_owners() -> None:
    """Send what is due now; what was due while nothing ran is sent late, but only the nearest of it."""
    now = clock.now()
    for draft in _drafts_closing(now):
        days = due(draft.closes_at(), now, known_since=_known_since(draft))
        if days is not None:
            _remind(draft.pk, days)


def due(deadline: datetime, now: datetime, *, known_since: datetime, days_before: Iterable[int] = DAYS) -> int | None:
    """Return which reminder is due: the nearest one whose moment came after the person knew of the deadline."""
    days = next((each for each in sorted(days_before) if deadline - timedelta(days=each) <= now <= deadline), None)
    if days is None or known_since > deadline - timedelta(days=days):
        return None
    return days


def _drafts_closing(now: datetime) -> QuerySet[Application]:
    horizon = now + timedelta(days=max(DAYS))
    near = Q(call__closes_at__range=(now, horizon)) | Q(extended_to__range=(now, horizon))
    moved = DeadlineChange.objects.filter(call=OuterRef("call")).order_by("-changed_at").values("changed_at")[:1]
    drafts = Application.objects.filter(state=Application.State.DRAFT, call__state=Call.State.PUBLISHED)
    found = drafts.with_deadlines().filter(near)
    return found.annotate(given_at=Max("extensions__given_at"), moved_at=Subquery(moved)).order_by("pk")


def _known_since(draft: Application) -> datetime:
    """Return when the owner came to have the present deadline: at the start, or when it was moved."""
    moments_known: Iterable[datetime | None] = (draft.started_at, draft.given_at, draft.moved_at)  # type: ignore[attr-defined]
    return max(moment for moment in moments_known if moment is not None)


@transaction.atomic
def _remind(pk: int, days: int) -> None:
    """Write one message, unless it was written before or the draft is no longer one; the lock decides."""
    draft = Application.objects.for_writing(pk)
    owner = draft.team.select_related("user").filter(access=TeamMember.Access.OWNER).first()
    if draft.state != Application.State.DRAFT or owner is None or owner.user is None:
        return
    deadline = draft.closes_at()
    _, is_new = Reminder.objects.get_or_create(application=draft, days=days, deadline=deadline)
    if is_new:
        _write(draft, owner.user, deadline)


def _write(draft: Application, owner: User, deadline: datetime) -> None:
    problems = problems_of(draft)
    mail.queue(
        "applications/mail/reminder.txt",
        to=owner, application=draft, call=draft.call, closes=moments.in_both(deadline, draft.call.zone, owner.time_zone),
        left=moments.distance(deadline), problems=problems[:MOST_NAMED], more=max(0, len(problems) - MOST_NAMED),
    )  # fmt: skip
