"""A meeting of the panel: who is in the room, who may vote and lead, what is recorded, and what a recused member sees."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core import clock
from core.mail.models import Message
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import discussing
from reviews.actions import meeting as meetings
from reviews.meeting_seen import seen_by
from reviews.models import Attendance, Ballot, Meeting, MeetingItem, PanelMember, Recommendation
from tests.access.world import recuse
from tests.browser import new_browser
from tests.reviews import panels

pytestmark = pytest.mark.django_db


class Panel(NamedTuple):
    """A call with two applications; Nadia is recused from the first."""

    call: Call
    first: Application
    second: Application
    nadia: PanelMember
    pavel: PanelMember
    ruth: PanelMember


@pytest.fixture
def panel(ruth: User) -> Panel:
    call = panels.make_call_in_review(applications=2)
    first, second = Application.objects.filter(call=call).order_by("reference")
    nadia, pavel = panels.make_member(call, "Nadia Osei", "ngo"), panels.make_member(call, "Pavel Ruz", "police")
    member = panels.make_member(call, ruth, "research")
    recuse(nadia.person, first)
    return Panel(call, first, second, nadia, pavel, member)


def planned(panel: Panel, **changes: Any) -> Meeting:
    given = {"starts_at": clock.now() + timedelta(days=1), "quorum": 2, "by": None} | changes
    return meetings.plan(call=panel.call, **given)


@pytest.fixture
def meeting(panel: Panel) -> Meeting:
    found = meetings.open_meeting(meeting=planned(panel), by=None)
    meetings.mark_present(meeting=found, members=[panel.nadia.pk, panel.pavel.pk, panel.ruth.pk], by=None)
    return found


def item_of(meeting: Meeting, application: Application) -> MeetingItem:
    return meeting.items.select_related("application", "meeting").get(application=application)


def conclude(item: MeetingItem, **changes: Any) -> MeetingItem:
    given = {"kind": "fund", "amount": Decimal(40_000), "rationale": "Strong and needed.", "by": None} | changes
    return discussing.conclude(item=item, **given)


def voted(meeting: Meeting, application: Application) -> MeetingItem:
    discussing.begin(item=item_of(meeting, application), by=None)
    return discussing.call_vote(item=item_of(meeting, application), by=None)


def test_the_panel_is_told_by_mail_and_the_agenda_says_that_fewer_departures_are_impossible(panel: Panel) -> None:
    meeting = planned(panel, place="Room 4")
    assert (meeting.departures, meeting.is_least, meeting.items.count()) == (1, True, 2)
    told = Message.objects.filter(subject__startswith="Panel meeting")
    assert {each.person for each in told} == {panel.nadia.person, panel.pavel.person, panel.ruth.person}
    assert reverse("review:meeting", args=[meeting.pk]) in told.first().body


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": clock.now() - timedelta(days=1)}, "starts_at"),
        ({"references": ["NONE-2026-001"]}, "references"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_with_a_sentence(panel: Panel, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        planned(panel, **changes)
    assert field in refused.value.message_dict
    assert not Meeting.objects.exists()


def test_who_is_recused_leaves_the_room_and_cannot_vote(panel: Panel, meeting: Meeting) -> None:
    item = voted(meeting, panel.first)
    assert (item.absent, item.present) == ([panel.nadia.pk], [panel.pavel.pk, panel.ruth.pk])
    with pytest.raises(PermissionDenied):
        discussing.cast(item=item, advice="fund", by=panel.nadia.person)
    discussing.cast(item=item, advice="decline", overall=2, by=panel.pavel.person)
    discussing.cast(item=item, advice="fund", overall=5, by=panel.pavel.person)
    assert list(Ballot.objects.values_list("advice", "overall")) == [("fund", 5)]


def test_a_tie_declared_after_the_vote_was_called_takes_the_vote_away(panel: Panel, meeting: Meeting) -> None:
    item = voted(meeting, panel.first)
    recuse(panel.pavel.person, panel.first)
    with pytest.raises(PermissionDenied):
        discussing.cast(item=item, advice="fund", by=panel.pavel.person)


def test_whoever_may_only_observe_stays_but_does_not_vote(panel: Panel, meeting: Meeting) -> None:
    tie = recuse(panel.pavel.person, panel.first)
    type(tie).objects.filter(pk=tie.pk).update(ruling="observe")
    item = voted(meeting, panel.first)
    with pytest.raises(PermissionDenied):
        discussing.cast(item=item, advice="fund", by=panel.pavel.person)


def test_without_a_quorum_there_is_no_vote(panel: Panel, meeting: Meeting) -> None:
    meetings.mark_present(meeting=meeting, members=[panel.nadia.pk, panel.pavel.pk], by=None)
    with pytest.raises(WrongState, match="quorum"):
        voted(meeting, panel.first)
    discussing.put_off(item=item_of(meeting, panel.first), by=None)
    assert voted(meeting, panel.second).present == [panel.nadia.pk, panel.pavel.pk]


def test_two_of_one_group_are_no_quorum_of_two_groups(panel: Panel, meeting: Meeting) -> None:
    PanelMember.objects.filter(pk=panel.pavel.pk).update(group="research")
    with pytest.raises(WrongState, match="quorum"):
        voted(meeting, panel.first)


def test_one_application_at_a_time_and_each_once(panel: Panel, meeting: Meeting) -> None:
    discussing.begin(item=item_of(meeting, panel.first), by=None)
    with pytest.raises(WrongState, match="Another application"):
        discussing.begin(item=item_of(meeting, panel.second), by=None)
    with pytest.raises(WrongState, match="Call the vote first"):
        conclude(item_of(meeting, panel.first))
    discussing.call_vote(item=item_of(meeting, panel.first), by=None)
    conclude(item_of(meeting, panel.first))
    with pytest.raises(WrongState, match="discussed already"):
        discussing.begin(item=item_of(meeting, panel.first), by=None)


def test_the_conclusion_is_the_recommendation_and_the_reviews_stay_as_they_were(panel: Panel, meeting: Meeting) -> None:
    review = panels.submit(panels.assign(panel.first, panel.pavel), 3, 3)
    item = voted(meeting, panel.first)
    discussing.cast(item=item, advice="fund", overall=6, by=panel.pavel.person)
    conclude(item, note="Ask for the protocol.")
    assert Recommendation.objects.get(application=panel.first).amount == 40_000
    review.refresh_from_db()
    assert review.overall == 3
    found = seen_by(Meeting.objects.get(pk=meeting.pk), panel.pavel.person)
    shown = next(each for each in found.items if each.row.application_id == panel.first.pk)
    assert (shown.before, shown.after, shown.tally) == (Decimal("3.0"), Decimal("6.0"), (("Fund", 1),))


def test_a_vote_in_progress_tells_how_many_voted_and_not_how(panel: Panel, meeting: Meeting) -> None:
    item = voted(meeting, panel.first)
    discussing.cast(item=item, advice="fund", overall=6, by=panel.pavel.person)
    now = seen_by(meeting, panel.ruth.person).now
    assert now is not None
    assert (now.votes, now.tally, now.after, now.advice) == (1, (), None, "")


def test_whoever_still_owes_a_review_learns_nobodys_judgement(panel: Panel, meeting: Meeting) -> None:
    panels.submit(panels.assign(panel.first, panel.pavel), 3, 3)
    panels.assign(panel.first, panel.ruth)
    item = voted(meeting, panel.first)
    discussing.cast(item=item, advice="fund", overall=6, by=panel.pavel.person)
    conclude(item)
    shown = next(x for x in seen_by(meeting, panel.ruth.person).items if x.row.application_id == panel.first.pk)
    assert (shown.before, shown.after, shown.tally) == (None, None, ())


def test_whoever_is_tied_does_not_lead_the_discussion(panel: Panel, meeting: Meeting, helena: User) -> None:
    recuse(helena, panel.first)
    with pytest.raises(PermissionDenied):
        discussing.begin(item=item_of(meeting, panel.first), by=helena)
    assert discussing.begin(item=item_of(meeting, panel.second), by=helena).started_at


def test_minutes_are_approved_by_somebody_else_and_then_never_change(
    panel: Panel, meeting: Meeting, helena: User, oluchi: User
) -> None:
    with pytest.raises(WrongState, match="Write the minutes first"):
        meetings.approve_minutes(meeting=meeting, by=oluchi)
    meetings.write_minutes(meeting=meeting, text="All went well.", by=helena)
    with pytest.raises(PermissionDenied):
        meetings.approve_minutes(meeting=meeting, by=helena)
    assert meetings.approve_minutes(meeting=meeting, by=oluchi).state == "closed"
    with pytest.raises(WrongState):
        meetings.write_minutes(meeting=meeting, text="Something else.", by=helena)
    with pytest.raises(WrongState):
        discussing.begin(item=item_of(meeting, panel.first), by=None)


def test_leaving_and_coming_back_keeps_when_somebody_came(panel: Panel, meeting: Meeting) -> None:
    meetings.mark_present(meeting=meeting, members=[panel.pavel.pk], by=None)
    assert Attendance.objects.exclude(left_at=None).count() == 2
    meetings.mark_present(meeting=meeting, members=[panel.pavel.pk, panel.ruth.pk, 999_999], by=None)
    assert Attendance.objects.count() == 3
    assert Attendance.objects.filter(left_at=None).count() == 2


@pytest.fixture
def pages(panel: Panel, meeting: Meeting) -> dict[str, Client]:
    found = {}
    for name in ("nadia", "pavel"):
        found[name] = new_browser()
        found[name].force_login(getattr(panel, name).person)
    return found


def test_a_page_that_follows_is_sent_only_when_it_changed(
    panel: Panel, meeting: Meeting, pages: dict[str, Client]
) -> None:
    url = reverse("review:meeting", args=[meeting.pk])
    assert panel.first.title in pages["pavel"].get(url).content.decode()
    part = pages["pavel"].get(url, headers={"X-Poll": "1"})
    again = pages["pavel"].get(url, headers={"X-Poll": "1", "If-None-Match": part["ETag"]})
    assert (part.status_code, again.status_code, again.content) == (200, 304, b"")
    discussing.begin(item=item_of(meeting, panel.first), by=None)
    after = pages["pavel"].get(url, headers={"X-Poll": "1", "If-None-Match": part["ETag"]})
    assert after.status_code == 200
    assert after.content.startswith(b'<div id="live"')


def test_a_recused_member_is_asked_to_leave_and_gets_the_same_page_whatever_is_said(
    panel: Panel, meeting: Meeting, pages: dict[str, Client]
) -> None:
    url = reverse("review:meeting", args=[meeting.pk])
    item = voted(meeting, panel.first)
    before = pages["nadia"].get(url, headers={"X-Poll": "1"})
    other = pages["pavel"].get(url, headers={"X-Poll": "1"})
    assert "Please leave the room" in before.content.decode()
    discussing.cast(item=item, advice="fund", overall=6, by=panel.pavel.person)
    assert pages["nadia"].get(url, headers={"X-Poll": "1"})["ETag"] == before["ETag"]
    assert pages["pavel"].get(url, headers={"X-Poll": "1"})["ETag"] != other["ETag"]
    conclude(item, kind="decline", amount=None, rationale="SECRET rationale", note="SECRET note")
    page = pages["nadia"].get(url).content.decode()
    assert "SECRET" not in page
    assert "Do not fund" not in page
    assert "Do not fund" in pages["pavel"].get(url).content.decode()


def test_a_member_votes_on_a_page_and_what_is_missing_is_said(
    panel: Panel, meeting: Meeting, pages: dict[str, Client]
) -> None:
    item = voted(meeting, panel.first)
    url = reverse("review:vote", args=[meeting.pk, item.pk])
    assert "Choose how you vote." in pages["pavel"].post(url, {"overall": "4"}).content.decode()
    assert pages["pavel"].post(url, {"advice": "reserve", "overall": "4"}).status_code == 302
    assert Ballot.objects.get().advice == "reserve"
    assert pages["nadia"].get(url).status_code == 403
