"""Approved minutes as PDF: a copy for each of the panel, which says what their page of the meeting does."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.test import Client

from core import clock, jobs
from core.audit.models import AuditEvent
from core.documents.models import Document
from core.jobs import work
from core.people.models import Role, User
from core.states import WrongState
from reports.minutes import KIND, ask_for_minutes
from reviews.actions import discussing
from reviews.actions import meeting as meetings
from reviews.models import Meeting
from tests import factories
from tests.access.world import recuse
from tests.core.pdf.reading import problems_of, words_of
from tests.reviews.room import Panel, conclude, hold, item_of, make_panel, voted

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def held(shared: None) -> tuple[Panel, Meeting]:
    """Hold a meeting of three on two applications; Nadia leaves the room for the first."""
    three = make_panel(factories.make_user("Ruth", Role.PANEL))
    meeting = hold(three)
    for application in (three.first, three.second):
        item = voted(meeting, application)
        discussing.cast(item=item, advice="fund", overall=5, by=three.pavel.person)
        conclude(item_of(meeting, application), note=f"Said of {application.reference} only.")
    return three, meeting


@pytest.fixture
def three(held: tuple[Panel, Meeting], db: None) -> Panel:
    return deepcopy(held[0])


@pytest.fixture
def closed(held: tuple[Panel, Meeting], helena: User, oluchi: User) -> Meeting:
    """The meeting with its minutes written by Helena and approved by Oluchi."""
    seen = Meeting.objects.get(pk=held[1].pk).minutes_seen
    written = meetings.write_minutes(meeting=held[1], text="All went well.", seen=seen, by=helena)
    found = meetings.approve_minutes(meeting=written, seen=written.minutes_seen, by=oluchi)
    work.run_all()
    return found


def copy_of(person: User) -> str:
    return words_of(Document.objects.visible_to(person).current().get(kind=KIND).read())


def test_each_of_the_panel_and_who_wrote_and_approved_get_a_copy_when_they_are_approved(
    closed: Meeting, three: Panel, helena: User, oluchi: User, audrey: User
) -> None:
    people = {three.nadia.person, three.pavel.person, three.ruth.person, helena, oluchi}
    copies = Document.objects.filter(kind=KIND)
    assert {each.recipient for each in copies} == people
    pdf = copies.get(recipient=three.pavel.person).read()
    text = words_of(pdf)

    assert problems_of(pdf) == ""
    assert "Copy 1 for Pavel Ruz" in text
    assert "Present Nadia Osei, Pavel Ruz, Ruth" in text
    assert "All went well." in text
    assert text.count("Recommendation Fund") == 2
    assert text.count("Votes Fund 1") == 2
    assert "Out of the room Nadia Osei" in text
    assert not Document.objects.visible_to(audrey).filter(kind=KIND).exists()


def test_whoever_left_the_room_reads_nothing_of_what_was_said(closed: Meeting, three: Panel) -> None:
    text = copy_of(three.nadia.person)

    assert text.count("The recipient was out of the room.") == 1
    assert (text.count("Recommendation Fund"), text.count("Votes Fund 1")) == (1, 1)
    assert f"Said of {three.first.reference}" not in text
    assert f"Said of {three.second.reference}" in text


def test_the_job_twice_makes_no_second_copy(closed: Meeting) -> None:
    before = set(Document.objects.values_list("pk", flat=True))
    jobs.put("meeting-minutes", meeting=closed.pk)
    work.run_all()

    assert set(Document.objects.values_list("pk", flat=True)) == before


def test_a_copy_is_shut_when_its_reader_is_recused_later_and_a_new_one_leaves_it_out(
    closed: Meeting, three: Panel, client: Client
) -> None:
    person = three.pavel.person
    first = Document.objects.visible_to(person).get(kind=KIND)
    client.force_login(person)
    with clock.at(clock.now() + timedelta(minutes=1)):
        recuse(person, three.second)
        assert client.get(first.get_absolute_url()).status_code == 404
    with clock.at(clock.now() + timedelta(minutes=2)):
        ask_for_minutes(meeting=closed, by=person)
        work.run_all()
        assert f"Said of {three.second.reference}" not in copy_of(person)


def test_it_is_ordered_from_the_page_by_whoever_may_see_the_meeting(
    closed: Meeting, audrey: User, felix: User, client: Client
) -> None:
    order = f"/reports/{closed.call.slug}/meetings/{closed.pk}/minutes/"
    page = f"/manage/calls/{closed.call.slug}/meetings/{closed.pk}/minutes/"
    client.force_login(audrey)
    assert "Make my copy (PDF)" in client.get(page).content.decode()
    client.post(order)
    work.run_all()
    assert "Your copy (PDF)" in client.get(page).content.decode()
    assert "Copy 1 for Audrey" in copy_of(audrey)
    ordered = AuditEvent.objects.get(code="minutes:order")
    assert (ordered.actor, ordered.subject, ordered.data) == (audrey.pk, closed.call_id, {"meeting": closed.pk})
    client.force_login(felix)
    assert client.post(order).status_code == 404


def test_minutes_are_printed_once_they_are_approved(held: tuple[Panel, Meeting], helena: User) -> None:
    with pytest.raises(WrongState, match="once somebody has approved"):
        ask_for_minutes(meeting=held[1], by=helena)
