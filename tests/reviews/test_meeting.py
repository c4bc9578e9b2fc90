"""A meeting of the panel: who is in the room, who may vote and lead, what is recorded, and what a recused member sees."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
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
from reviews.models import Attendance, Ballot, Meeting, PanelMember, Recommendation
from tests.access.world import recuse
from tests.browser import new_browser
from tests.reviews import panels
from tests.reviews.room import Panel, conclude, item_of, planned, voted

pytestmark = pytest.mark.django_db


def test_the_panel_is_told_by_mail_and_the_agenda_says_that_fewer_departures_are_impossible(three: Panel) -> None:
    meeting = planned(three, place="Room 4")
    assert (meeting.departures, meeting.is_least, meeting.items.count()) == (1, True, 2)
    told = Message.objects.filter(subject__startswith="Panel meeting")
    assert {each.person for each in told} == {three.nadia.person, three.pavel.person, three.ruth.person}
    assert reverse("review:meeting", args=[meeting.pk]) in told.first().body


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_at": clock.now() - timedelta(days=1)}, "starts_at"),
        ({"references": ["NONE-2026-001"]}, "references"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_with_a_sentence(three: Panel, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        planned(three, **changes)
    assert field in refused.value.message_dict
    assert not Meeting.objects.exists()


def test_a_meeting_planned_twice_is_one_meeting(three: Panel) -> None:
    at = clock.now() + timedelta(days=1)
    planned(three, starts_at=at)
    with pytest.raises(ValidationError, match="planned already"):
        planned(three, starts_at=at)
    assert Message.objects.filter(subject__startswith="Panel meeting").count() == 3


def test_who_is_recused_leaves_the_room_and_cannot_vote(three: Panel, meeting: Meeting) -> None:
    item = voted(meeting, three.first)
    assert (item.absent, item.present) == ([three.nadia.pk], [three.pavel.pk, three.ruth.pk])
    with pytest.raises(PermissionDenied):
        discussing.cast(item=item, advice="fund", by=three.nadia.person)
    discussing.cast(item=item, advice="decline", overall=2, by=three.pavel.person)
    discussing.cast(item=item, advice="fund", overall=5, by=three.pavel.person)
    assert list(Ballot.objects.values_list("advice", "overall")) == [("fund", 5)]


def test_a_tie_declared_after_the_vote_was_called_takes_the_vote_away(three: Panel, meeting: Meeting) -> None:
    item = voted(meeting, three.first)
    recuse(three.pavel.person, three.first)
    with pytest.raises(PermissionDenied):
        discussing.cast(item=item, advice="fund", by=three.pavel.person)


def test_a_tie_that_comes_up_after_a_vote_takes_it_out_of_every_figure(three: Panel, meeting: Meeting) -> None:
    item = voted(meeting, three.first)
    discussing.cast(item=item, advice="fund", overall=6, by=three.pavel.person)
    discussing.cast(item=item, advice="decline", overall=2, by=three.ruth.person)
    recuse(three.pavel.person, three.first)
    now = seen_by(meeting, three.ruth.person).now
    assert now is not None
    assert now.votes == 1
    conclude(item)
    shown = next(x for x in seen_by(meeting, three.ruth.person).items if x.row.application_id == three.first.pk)
    assert (shown.after, shown.tally) == (Decimal("2.0"), (("Do not fund", 1),))


def test_a_tie_declared_during_the_discussion_counts_against_the_quorum(three: Panel, meeting: Meeting) -> None:
    discussing.begin(item=item_of(meeting, three.first), by=None)
    recuse(three.pavel.person, three.first)
    with pytest.raises(WrongState, match="quorum"):
        discussing.call_vote(item=item_of(meeting, three.first), by=None)


def test_whoever_may_only_observe_stays_but_does_not_vote(three: Panel, meeting: Meeting) -> None:
    tie = recuse(three.pavel.person, three.first)
    type(tie).objects.filter(pk=tie.pk).update(ruling="observe")
    item = voted(meeting, three.first)
    with pytest.raises(PermissionDenied):
        discussing.cast(item=item, advice="fund", by=three.pavel.person)


def test_without_a_quorum_there_is_no_vote(three: Panel, meeting: Meeting) -> None:
    meetings.mark_present(meeting=meeting, members=[three.nadia.pk, three.pavel.pk], by=None)
    with pytest.raises(WrongState, match="quorum"):
        voted(meeting, three.first)
    discussing.put_off(item=item_of(meeting, three.first), by=None)
    assert voted(meeting, three.second).present == [three.nadia.pk, three.pavel.pk]


def test_two_of_one_group_are_no_quorum_of_two_groups(three: Panel, meeting: Meeting) -> None:
    PanelMember.objects.filter(pk=three.pavel.pk).update(group="research")
    with pytest.raises(WrongState, match="quorum"):
        voted(meeting, three.first)


def test_one_application_at_a_time_and_each_once(three: Panel, meeting: Meeting) -> None:
    discussing.begin(item=item_of(meeting, three.first), by=None)
    with pytest.raises(WrongState, match="Another application"):
        discussing.begin(item=item_of(meeting, three.second), by=None)
    with pytest.raises(WrongState, match="Call the vote first"):
        conclude(item_of(meeting, three.first))
    discussing.call_vote(item=item_of(meeting, three.first), by=None)
    conclude(item_of(meeting, three.first))
    with pytest.raises(WrongState, match="discussed already"):
        discussing.begin(item=item_of(meeting, three.first), by=None)


def test_the_conclusion_is_the_recommendation_and_the_reviews_stay_as_they_were(three: Panel, meeting: Meeting) -> None:
    review = panels.submit(panels.assign(three.first, three.pavel), 3, 3)
    item = voted(meeting, three.first)
    discussing.cast(item=item, advice="fund", overall=6, by=three.pavel.person)
    conclude(item, note="Ask for the protocol.")
    assert Recommendation.objects.get(application=three.first).amount == 40_000
    review.refresh_from_db()
    assert review.overall == 3
    found = seen_by(Meeting.objects.get(pk=meeting.pk), three.pavel.person)
    shown = next(each for each in found.items if each.row.application_id == three.first.pk)
    assert (shown.before, shown.after, shown.tally) == (Decimal("3.0"), Decimal("6.0"), (("Fund", 1),))


def test_a_vote_in_progress_tells_how_many_voted_and_not_how(three: Panel, meeting: Meeting) -> None:
    item = voted(meeting, three.first)
    discussing.cast(item=item, advice="fund", overall=6, by=three.pavel.person)
    now = seen_by(meeting, three.ruth.person).now
    assert now is not None
    assert (now.votes, now.tally, now.after, now.advice) == (1, (), None, "")


def test_whoever_still_owes_a_review_learns_nobodys_judgement(three: Panel, meeting: Meeting) -> None:
    panels.submit(panels.assign(three.first, three.pavel), 3, 3)
    panels.assign(three.first, three.ruth)
    item = voted(meeting, three.first)
    discussing.cast(item=item, advice="fund", overall=6, by=three.pavel.person)
    conclude(item)
    shown = next(x for x in seen_by(meeting, three.ruth.person).items if x.row.application_id == three.first.pk)
    assert (shown.before, shown.after, shown.tally) == (None, None, ())


def test_what_was_withdrawn_is_not_taken_up_and_whoever_leaves_for_it_is_not_told(
    three: Panel, meeting: Meeting
) -> None:
    Application.objects.filter(pk=three.first.pk).update(state="withdrawn", withdrawn_at=clock.now())
    with pytest.raises(WrongState, match="not with the panel any more"):
        discussing.begin(item=item_of(meeting, three.first), by=None)
    words = {}
    for person in (three.ruth.person, three.nadia.person):
        found = seen_by(meeting, person)
        words[person] = next(x.state[0] for x in found.items if x.row.application_id == three.first.pk)
    assert words == {three.ruth.person: "Not with the panel any more", three.nadia.person: "To come"}


def test_whoever_has_not_accepted_the_terms_sees_nothing_and_is_not_in_the_room(three: Panel, meeting: Meeting) -> None:
    Call.objects.filter(pk=three.call.pk).update(panel_terms="Keep it.", panel_terms_version=7)
    PanelMember.objects.filter(pk=three.ruth.pk).update(terms_version=7)
    browser = new_browser()
    browser.force_login(three.pavel.person)
    page = browser.get(reverse("review:meeting", args=[meeting.pk]))
    assert page["Location"] == reverse("review:terms", args=[three.pavel.pk])
    assert browser.get(reverse("review:vote", args=[meeting.pk, 1])).status_code == 404
    assert not Meeting.objects.visible_to(three.pavel.person).exists()
    meetings.mark_present(meeting=meeting, members=[three.pavel.pk, three.ruth.pk], by=None)
    assert seen_by(meeting, three.ruth.person).here == {three.ruth.pk}


def test_whoever_is_tied_does_not_lead_the_discussion(three: Panel, meeting: Meeting, helena: User) -> None:
    recuse(helena, three.first)
    with pytest.raises(PermissionDenied):
        discussing.begin(item=item_of(meeting, three.first), by=helena)
    assert discussing.begin(item=item_of(meeting, three.second), by=helena).started_at


def test_leaving_and_coming_back_keeps_when_somebody_came(three: Panel, meeting: Meeting) -> None:
    meetings.mark_present(meeting=meeting, members=[three.pavel.pk], by=None)
    assert Attendance.objects.exclude(left_at=None).count() == 2
    meetings.mark_present(meeting=meeting, members=[three.pavel.pk, three.ruth.pk, 999_999], by=None)
    assert Attendance.objects.count() == 3
    assert Attendance.objects.filter(left_at=None).count() == 2
