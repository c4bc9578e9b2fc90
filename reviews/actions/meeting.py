"""The panel meets: planned with an agenda, opened, who is there, and its minutes; `discussing` has its items."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application, TeamMember
from applications.models.tied import SUBJECT
from core import audit, clock, jobs, mail
from core.interests.models import Declaration
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.agenda import arrange
from reviews.models import Attendance, Meeting, MeetingItem, PanelMember
from reviews.models.meeting import DISCUSSED


@transaction.atomic
def plan(
    *,
    call: Call,
    starts_at: datetime,
    place: str = "",
    quorum: int,
    least_groups: int = 2,
    minutes_each: int = 10,
    references: Collection[str] | None = None,
    by: User | None,
) -> Meeting:
    """Plan a meeting on the applications with the panel, or on those named, in the order with the fewest departures."""
    call = Call.lock(call.pk)
    meeting = Meeting(
        call=call, starts_at=starts_at, place=place.strip(), quorum=quorum, least_groups=least_groups,
        minutes_each=minutes_each,
    )  # fmt: skip
    must_run(meeting, by)
    if starts_at <= clock.now():
        raise ValidationError({"starts_at": _("This moment has passed. Choose one to come.")})
    if call.meetings.filter(starts_at=starts_at).exists():
        raise ValidationError({"starts_at": _("A meeting on this call at this moment is planned already.")})
    rows = Application.objects.filter(call=call, state__in=DISCUSSED).order_by("reference")
    chosen = list(rows if references is None else rows.filter(reference__in=references))
    _must_be_known(chosen, references)
    meeting.save()
    MeetingItem.objects.bulk_create(
        [MeetingItem(meeting=meeting, application=row, position=place) for place, row in enumerate(chosen, start=1)]
    )
    _arrange(meeting)
    for member in PanelMember.objects.serving().filter(call=call).select_related("person").order_by("pk"):
        mail.queue("reviews/mail/meeting.txt", to=member.person, call=call, meeting=meeting)
    audit.record("meeting:plan", by=by, subject=meeting, call=call.pk, items=len(chosen))
    return meeting


def must_run(meeting: Meeting, by: User | None) -> None:
    """Refuse who does not run the meeting; no person is the system."""
    if by is not None and not by.has_perm("reviews.run_meeting", meeting):
        raise PermissionDenied(_("A meeting is run by an administrator or the chair of the panel."))


def _must_be_known(chosen: Iterable[Application], references: Collection[str] | None) -> None:
    found = {row.reference for row in chosen}
    if missing := sorted(set(references or []) - found):
        names = ", ".join(missing[:10])
        raise ValidationError(
            {"references": _("Not with the panel of this call: %(names)s. Leave them out.") % {"names": names}}
        )
    if not found:
        raise ValidationError(
            {"references": _("No application is with the panel yet, so there is nothing to discuss.")}
        )


def absent_from(call: int, applications: Collection[int]) -> dict[int, set[int]]:
    """Return the keys of the members who leave the room, by application."""
    members = dict(PanelMember.objects.serving().filter(call=call).values_list("person", "pk"))
    out: dict[int, set[int]] = defaultdict(set)
    for application, person in ties_among(applications, members).leaving:
        out[application].add(members[person])
    return out


@dataclass(frozen=True)
class Ties:
    """Pairs of an application and a person: who leaves the room for it, and who stays there but does not vote on it."""

    leaving: set[tuple[int, int]]
    observing: set[tuple[int, int]]

    @property
    def voteless(self) -> set[tuple[int, int]]:
        """The pairs of which a vote does not count."""
        return self.leaving | self.observing


def ties_among(applications: Collection[int], people: Collection[int]) -> Ties:
    """Return who is recused from what, is of its team, or is there to observe, in two queries."""
    found = Declaration.objects.filter(subject_type=SUBJECT, subject__in=applications, person__in=people)
    rows = list(found)
    teams = TeamMember.objects.filter(application__in=applications, user__in=people)
    recused = {(row.subject, row.person_id) for row in rows if row.is_recusing}
    observing = {(row.subject, row.person_id) for row in rows if row.ruling == Declaration.Ruling.OBSERVE}
    return Ties(recused | set(teams.values_list("application", "user")), observing)


def _arrange(meeting: Meeting) -> None:
    """Put the items that are to come in the order in which the fewest leave the room."""
    items = list(meeting.items.filter(started_at=None).order_by("application__reference"))
    out = absent_from(meeting.call_id, [item.application_id for item in items])
    found = arrange([frozenset(out[item.application_id]) for item in items])
    first = meeting.items.exclude(started_at=None).count() + 1
    for position, place in enumerate(found.order, start=first):
        items[place].position = position
    MeetingItem.objects.bulk_update(items, ["position"], batch_size=200)
    meeting.departures, meeting.is_least = found.departures, found.is_least
    meeting.save(update_fields=["departures", "is_least"])


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User | None) -> Meeting:
    """Open it, with its agenda arranged again, since conflicts may have come up."""
    meeting = Meeting.lock(meeting.pk)
    meeting.take("open", by=by)
    meeting.opened_at = clock.now()
    meeting.save(update_fields=["opened_at"])
    _arrange(meeting)
    return meeting


@transaction.atomic
def mark_present(*, meeting: Meeting, members: Collection[int], by: User | None) -> None:
    """Say which members are in the meeting now; whoever is left out of the list has left it."""
    meeting = must_be_open(Meeting.lock(meeting.pk))
    must_run(meeting, by)
    may_come = set(PanelMember.objects.serving().agreed().filter(call=meeting.call_id).values_list("pk", flat=True))
    here, now = may_come & set(members), clock.now()
    known = dict(meeting.attendance.values_list("member", "pk"))
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, member_id=pk, came_at=now) for pk in sorted(here - set(known))]
    )
    meeting.attendance.filter(member__in=here).update(left_at=None)
    meeting.attendance.filter(left_at=None).exclude(member__in=here).update(left_at=now)
    audit.record("meeting:mark_present", by=by, subject=meeting, present=len(here))


def must_be_open(meeting: Meeting) -> Meeting:
    """Refuse what only an open meeting does."""
    if meeting.state != Meeting.State.OPEN:
        raise WrongState(_("This meeting is not open."))
    return meeting


@transaction.atomic
def write_minutes(*, meeting: Meeting, text: str, seen: str, by: User) -> Meeting:
    """Write what the minutes say beside the record of each application.

    `seen` is `Meeting.minutes_seen` of the text that was changed: what somebody else wrote since is not written over.
    """
    meeting = must_be_open(Meeting.lock(meeting.pk))
    must_run(meeting, by)
    if text.strip() == meeting.minutes and meeting.minutes_by_id is not None:
        return meeting
    if seen != meeting.minutes_seen:
        raise WrongState(
            _("Somebody changed the minutes since you opened them. Put your text into theirs, and save again.")
        )
    meeting.minutes, meeting.minutes_by = text.strip(), by
    meeting.save(update_fields=["minutes", "minutes_by"])
    audit.record("meeting:write_minutes", by=by, subject=meeting)
    return meeting


@transaction.atomic
def approve_minutes(*, meeting: Meeting, seen: str, by: User) -> Meeting:
    """Approve what somebody else wrote, as `seen`: the meeting is closed, and its minutes never change again."""
    meeting = Meeting.lock(meeting.pk)
    must_run(meeting, by)
    if meeting.state == Meeting.State.OPEN:
        _must_be_complete(meeting)
        if seen != meeting.minutes_seen:
            raise WrongState(_("The minutes were changed since you opened them. Read them again, then approve."))
    meeting.take("close", by=by)
    meeting.closed_at, meeting.closed_by = clock.now(), by
    meeting.save(update_fields=["closed_at", "closed_by"])
    jobs.put("meeting-minutes", key=f"minutes-{meeting.pk}", meeting=meeting.pk)
    return meeting


def _must_be_complete(meeting: Meeting) -> None:
    if meeting.items.filter(started_at__isnull=False, ended_at=None).exists():
        raise WrongState(_("An application is still under discussion. Conclude it or put it off first."))
    if meeting.minutes_by_id is None:
        raise WrongState(_("Write the minutes first; then somebody else approves them."))
