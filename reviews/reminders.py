"""Reminds reviewers of what they owe: at 7, 3 and 1 days before its date, and once when the date has passed."""

from datetime import datetime, timedelta

from django.db import transaction

from applications.models import Application
from applications.reminders import due
from core import clock, jobs, mail
from fund.models import Call
from reviews.actions.reminding import owed_by
from reviews.models import Assignment, PanelMember, ReviewReminder
from reviews.models.assignment import AssignmentQuerySet

DAYS = (7, 3, 1)


@jobs.daily
def remind_reviewers() -> None:
    """Send what is due now, one mail to each reviewer of a call; of what was due while nothing ran only the nearest."""
    rows = _remindable().filter(due_at__lte=clock.now() + timedelta(days=max(DAYS)))
    for member in sorted(set(rows.values_list("member", flat=True))):
        _remind(member)


def _remindable() -> AssignmentQuerySet:
    """Return what is owed in calls that are being read, by people who do not pause."""
    return Assignment.objects.in_hand().filter(
        member__paused_at=None, due_at__isnull=False, application__call__state=Call.State.IN_REVIEW,
        application__state__in=[Application.State.IN_REVIEW, Application.State.RECOMMENDED],
    )  # fmt: skip


@transaction.atomic
def _remind(member: int) -> None:
    """Mail a reviewer all that they owe if any of it has a reminder due that was not sent; the lock decides."""
    person = (
        PanelMember.objects.select_for_update(of=("self",), no_key=True).select_related("person", "call").get(pk=member)
    )
    now = clock.now()
    new = [each for each in _remindable().filter(member=member).order_by("pk") if _is_new(each, now)]
    if not new:
        return
    mail.queue(
        "reviews/mail/reminder.txt", to=person.person, call=person.call, assignments=owed_by([member])[member]
    )  # fmt: skip
    PanelMember.objects.filter(pk=member).update(reminded_at=now)


def _is_new(assignment: Assignment, now: datetime) -> bool:
    """Write down the reminder that is due for an assignment, and say whether it was not sent before."""
    days = _due(assignment, now)
    if days is None or assignment.due_at is None:
        return False
    _, is_new = ReviewReminder.objects.get_or_create(assignment=assignment, days=days, due_at=assignment.due_at)
    return is_new


def _due(assignment: Assignment, now: datetime) -> int | None:
    """Return how many days before its date a review's reminder is due: none that fell before the date was known."""
    date, known = assignment.due_at, assignment.due_moved_at or assignment.released_at
    if date is None or known is None:
        return None
    return ReviewReminder.OVERDUE if date < now else due(date, now, known_since=known, days_before=DAYS)
