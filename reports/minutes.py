"""The minutes of a panel meeting as PDF: a copy for each of its panel once they are approved, and for others on order."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, jobs
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from core.states import WrongState
from reports.builders.minutes import build_minutes
from reports.personal import next_copy, reader_of
from reports.terms.minutes import minutes_terms
from reports.unset import set_quietly
from reviews.models import Meeting, MeetingItem, PanelMember

KIND = "meeting-minutes"
COPY = "meeting-minutes-copy"


@jobs.handles(KIND, lazy("Ordering of minutes"))
def order_copies(claim: Claim) -> None:
    """Order a copy for every member of the panel, and for who wrote and who approved the minutes; once each."""
    meeting = Meeting.objects.get(pk=claim.payload["meeting"])
    members = PanelMember.objects.serving().agreed().filter(call=meeting.call_id).values("person")
    people = User.objects.filter(Q(pk__in=members) | Q(pk__in=[meeting.minutes_by_id, meeting.closed_by_id]))
    with claim.filing():
        for person in people.filter(is_active=True).order_by("pk"):
            _put(meeting, person, key=f"minutes-{meeting.pk}-{person.pk}")


@transaction.atomic
def ask_for_minutes(*, meeting: Meeting, by: User) -> Batch:
    """Order one's own copy of approved minutes."""
    if meeting.state != Meeting.State.CLOSED:
        raise WrongState(_("The minutes are printed once somebody has approved them."))
    batch = jobs.open_batch(title=_("Minutes of %(call)s") % {"call": meeting.call.title}, by=by)
    audit.record("minutes:order", by=by, subject=meeting.call, meeting=meeting.pk)
    _put(meeting, by, batch=batch)
    return batch


def _put(meeting: Meeting, person: User, *, batch: Batch | None = None, key: str | None = None) -> None:
    jobs.put(
        COPY, batch=batch, key=key, priority=jobs.Priority.NORMAL if batch else jobs.Priority.BULK,
        meeting=meeting.pk, person=person.pk,
    )  # fmt: skip


@jobs.handles(COPY, lazy("Minutes of a meeting"))
def make_copy(claim: Claim) -> None:
    """Make one person's copy with the rights that they have now."""
    person = reader_of(claim)
    meetings = Meeting.objects.visible_to(person).select_related("call__fund", "closed_by")
    meeting = meetings.filter(pk=claim.payload["meeting"], state=Meeting.State.CLOSED).first()
    if meeting is None:
        return
    copy = next_copy(KIND, meeting, person)
    content = set_quietly(build_minutes, minutes_terms(meeting, recipient=person, copy=copy.number))
    name = f"minutes-{meeting.call.slug}-{meeting.pk}-copy-{copy.number}.pdf"
    with claim.filing():
        copy.file(claim, content, title=_("Minutes of %(call)s") % {"call": meeting.call.title}, name=name)


def _meetings(user: Any) -> QuerySet[Meeting]:
    """Return the meetings of which the person may know every word: a character that has no glyph is one of them."""
    shut = MeetingItem.objects.filter(application__in=Application.objects.shut_to(user).values("pk"))
    return Meeting.objects.visible_to(user).exclude(pk__in=shut.values("meeting")).select_related("call")


jobs.concerns(KIND, "meeting", _meetings)
jobs.concerns(COPY, "meeting", _meetings)
