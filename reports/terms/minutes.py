"""What the minutes of a meeting say to one recipient: what their page of it shows."""

from core import clock
from core.people.models import User
from reports.builders.application_summary import Copy
from reports.builders.minutes import Discussed, MinutesTerms
from reports.terms.issuing import issue_of
from reviews.meeting_seen import Item, seen_by
from reviews.models import Meeting


def minutes_terms(meeting: Meeting, *, recipient: User, copy: int) -> MinutesTerms:
    """Gather the minutes of a closed meeting as the recipient may read them."""
    seen = seen_by(meeting, recipient)
    closed_at = meeting.closed_at or clock.now()
    return MinutesTerms(
        issue=issue_of(meeting.call.fund),
        copy=Copy(copy, recipient.name, clock.now()),
        call=meeting.call.title,
        place=meeting.place,
        opened_at=meeting.opened_at or closed_at,
        closed_at=closed_at,
        approved_by=meeting.closed_by.name if meeting.closed_by else "",
        present=seen.came,
        text=meeting.minutes,
        items=tuple(_discussed(item) for item in seen.items if item.row.ended_at),
    )


def _discussed(item: Item) -> Discussed:
    application = item.row.application
    name = Discussed(item.position, str(application.reference), application.title, is_shut=item.is_shut)
    if item.is_shut:
        return name
    return Discussed(
        name.position, name.reference, name.title, advice=item.advice, votes=item.tally, out=item.out,
        before="" if item.before is None else str(item.before), after="" if item.after is None else str(item.after),
        note=item.row.note,
    )  # fmt: skip
