"""Minutes: written by one, approved by another, locked."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.people.models import User
from core.states import WrongState
from reviews.actions import discussing
from reviews.actions import meeting as meetings
from reviews.models import Meeting
from tests.browser import new_browser
from tests.reviews.room import Panel, item_of

pytestmark = pytest.mark.django_db


def write(meeting: Meeting, text: str, by: User, over: Meeting | None = None) -> Meeting:
    """Write the minutes over what `over` shows: what stands now, unless another page is given."""
    seen = (over or Meeting.objects.get(pk=meeting.pk)).minutes_seen
    return meetings.write_minutes(meeting=meeting, text=text, seen=seen, by=by)


def approve(meeting: Meeting, by: User, seen: str | None = None) -> Meeting:
    now = Meeting.objects.get(pk=meeting.pk).minutes_seen
    return meetings.approve_minutes(meeting=meeting, seen=now if seen is None else seen, by=by)


def test_minutes_are_approved_by_somebody_else_and_then_never_change(
    three: Panel, meeting: Meeting, helena: User, oluchi: User
) -> None:
    with pytest.raises(WrongState, match="Write the minutes first"):
        approve(meeting, oluchi)
    write(meeting, "All went well.", helena)
    with pytest.raises(PermissionDenied):
        approve(meeting, helena)
    assert approve(meeting, oluchi).state == "closed"
    with pytest.raises(WrongState):
        write(meeting, "Something else.", helena)
    with pytest.raises(WrongState):
        discussing.begin(item=item_of(meeting, three.first), by=None)


def test_what_somebody_else_wrote_meanwhile_is_neither_written_over_nor_approved_unread(
    meeting: Meeting, helena: User, oluchi: User
) -> None:
    opened = write(meeting, "All went well.", helena)
    write(meeting, "All went well, and late.", helena)
    with pytest.raises(WrongState, match="Somebody changed"):
        write(meeting, "All went quickly.", oluchi, over=opened)
    with pytest.raises(WrongState, match="Read them again"):
        approve(meeting, oluchi, seen=opened.minutes_seen)
    assert write(meeting, "All went well, and late.", oluchi, over=opened).minutes_by == helena


def test_minutes_typed_at_the_same_time_stay_on_the_page_beside_what_stands_now(
    meeting: Meeting, helena: User, oluchi: User
) -> None:
    browser, url = new_browser(), reverse("manage:minutes", args=[meeting.call.slug, meeting.pk])
    browser.force_login(oluchi)
    typed = {"step": "write", "text": "All went quickly.", "seen": meeting.minutes_seen}
    write(meeting, "All went well.", helena)
    refused = browser.post(url, typed)
    assert "All went quickly." in refused.content.decode()
    assert "<p>All went well.</p>" in refused.content.decode()
    again = typed | {"seen": refused.context["form"]["seen"].value()}
    assert browser.post(url, again).status_code == 302
    assert Meeting.objects.get().minutes == "All went quickly."
