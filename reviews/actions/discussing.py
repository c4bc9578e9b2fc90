"""One application in a meeting: taken up, discussed by those who are free of ties, voted on, concluded or put off."""

from collections.abc import Collection
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, clock
from core.people.models import User
from core.states import WrongState
from reviews.actions import deciding
from reviews.actions import meeting as meetings
from reviews.models import Attendance, Ballot, Meeting, MeetingItem, PanelMember


def _lock_item(item: MeetingItem, by: User | None) -> MeetingItem:
    """Lock the application and the meeting, and return the item for somebody who may lead it."""
    application = Application.lock(item.application_id)
    meeting = Meeting.lock(item.meeting_id)
    meetings.must_run(meeting, by)
    if by is not None and not by.has_perm("applications.recommend_application", application):
        raise PermissionDenied(_("Whoever is tied to an application does not lead its discussion."))
    found = MeetingItem.objects.select_related("application__call__rubric", "meeting").get(pk=item.pk)
    meetings.must_be_open(found.meeting)
    return found


@transaction.atomic
def begin(*, item: MeetingItem, by: User | None) -> MeetingItem:
    """Take up an application: who has to leave does so now, and the room is kept as it is."""
    item = _lock_item(item, by)
    if item.meeting.items.filter(started_at__isnull=False, ended_at=None).exists():
        raise WrongState(_("Another application is under discussion. Conclude it or put it off first."))
    if item.ended_at is not None:
        raise WrongState(_("This application was discussed already."))
    if not item.is_with_panel:
        raise WrongState(_("This application is not with the panel any more, so there is nothing to discuss."))
    item.absent, item.started_at = _absent_now(item), clock.now()
    item.save(update_fields=["absent", "started_at"])
    audit.record("meetingitem:begin", by=by, subject=item, absent=item.absent)
    return item


def _absent_now(item: MeetingItem) -> list[int]:
    return sorted(meetings.absent_from(item.meeting.call_id, [item.application_id])[item.application_id])


def in_room(item: MeetingItem) -> list[PanelMember]:
    """Return the members who are in the meeting and stay for this application."""
    here = item.meeting.attendance.filter(left_at=None).exclude(member__in=item.absent)
    return [each.member for each in here.select_related("member__person").order_by("member")]


def is_quorate(meeting: Meeting, room: Collection[PanelMember]) -> bool:
    """Whether enough members of enough stakeholder groups are in the room."""
    return len(room) >= meeting.quorum and len({member.group for member in room}) >= meeting.least_groups


@transaction.atomic
def call_vote(*, item: MeetingItem, by: User | None) -> MeetingItem:
    """Let those in the room vote; not without a quorum, for which a tie that came up since the beginning counts too."""
    item = _lock_item(item, by)
    _must_be_under_discussion(item)
    if item.voting_at is not None:
        raise WrongState(_("The vote on this application is open already."))
    item.absent = _absent_now(item)
    room = in_room(item)
    if not is_quorate(item.meeting, room):
        raise WrongState(_("There is no quorum in the room for this application. Put it off, or wait for others."))
    item.present, item.voting_at = [member.pk for member in room], clock.now()
    item.save(update_fields=["absent", "present", "voting_at"])
    audit.record("meetingitem:call_vote", by=by, subject=item, present=item.present)
    return item


def _must_be_under_discussion(item: MeetingItem) -> None:
    if not item.is_now:
        raise WrongState(_("This application is not under discussion now."))


@transaction.atomic
def cast(*, item: MeetingItem, advice: str, overall: int | None = None, by: User) -> Ballot:
    """Vote on the application under discussion; voted again, the last one counts."""
    meeting = Meeting.lock(item.meeting_id)
    item = meeting.items.select_related("application__call__rubric").get(pk=item.pk)
    member = PanelMember.objects.serving().agreed().filter(call=meeting.call_id, person=by).first()
    if member is None or not may_vote(item, member):
        raise PermissionDenied(_("Those vote who are in the room and have no tie to the application."))
    meetings.must_be_open(meeting)
    if item.voting_at is None or item.ended_at is not None:
        raise WrongState(_("The vote on this application is not open now."))
    if advice not in Ballot.Advice.values:
        raise ValidationError({"advice": _("Choose how you vote.")})
    if overall is not None and overall not in item.application.call.rubric.scale:
        raise ValidationError({"overall": _("Choose a score of the scale.")})
    ballot, __ = Ballot.objects.update_or_create(
        item=item, member=member, defaults={"advice": advice, "overall": overall, "cast_at": clock.now()}
    )
    audit.record("meetingitem:cast", by=by, subject=item)
    return ballot


def may_vote(item: MeetingItem, member: PanelMember) -> bool:
    """Whether the member was in the room when the vote was called, is in the meeting, and is barred in no way since."""
    if member.pk not in item.present or meetings.ties_among([item.application_id], [member.person_id]).voteless:
        return False
    return Attendance.objects.filter(meeting=item.meeting_id, member=member, left_at=None).exists()


@transaction.atomic
def conclude(
    *,
    item: MeetingItem,
    kind: str,
    rationale: str,
    amount: Decimal | None = None,
    rank: int | None = None,
    note: str = "",
    by: User | None,
) -> MeetingItem:
    """End the discussion with the panel's recommendation."""
    item = _lock_item(item, by)
    _must_be_under_discussion(item)
    if item.voting_at is None:
        raise WrongState(_("Call the vote first; then record what the panel recommends."))
    deciding.recommend(
        application=item.application, kind=kind, rationale=rationale, amount=amount, rank=rank, by=by
    )  # fmt: skip
    item.kind, item.note, item.ended_at = kind, note.strip(), clock.now()
    item.save(update_fields=["kind", "note", "ended_at"])
    audit.record("meetingitem:conclude", by=by, subject=item, kind=str(kind))
    return item


@transaction.atomic
def put_off(*, item: MeetingItem, by: User | None) -> MeetingItem:
    """Leave an application for later in this meeting; what was voted on it falls."""
    item = _lock_item(item, by)
    _must_be_under_discussion(item)
    item.ballots.all().delete()
    last = item.meeting.items.order_by("-position").values_list("position", flat=True)[0]
    item.position, item.started_at, item.voting_at, item.present, item.absent = last + 1, None, None, [], []
    item.save(update_fields=["position", "started_at", "voting_at", "present", "absent"])
    audit.record("meetingitem:put_off", by=by, subject=item)
    return item
