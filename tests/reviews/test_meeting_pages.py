"""The pages on which the members of a panel follow their meeting and vote."""

import pytest
from django.test import Client
from django.urls import reverse

from reviews.actions import discussing
from reviews.models import Ballot, Meeting
from tests.browser import new_browser
from tests.reviews.room import Panel, conclude, item_of, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(three: Panel, meeting: Meeting) -> dict[str, Client]:
    found = {}
    for name in ("nadia", "pavel"):
        found[name] = new_browser()
        found[name].force_login(getattr(three, name).person)
    return found


def test_a_page_that_follows_is_sent_only_when_it_changed(
    three: Panel, meeting: Meeting, pages: dict[str, Client]
) -> None:
    url = reverse("review:meeting", args=[meeting.pk])
    assert three.first.title in pages["pavel"].get(url).content.decode()
    part = pages["pavel"].get(url, headers={"X-Poll": "1"})
    again = pages["pavel"].get(url, headers={"X-Poll": "1", "If-None-Match": part["ETag"]})
    assert (part.status_code, again.status_code, again.content) == (200, 304, b"")
    discussing.begin(item=item_of(meeting, three.first), by=None)
    after = pages["pavel"].get(url, headers={"X-Poll": "1", "If-None-Match": part["ETag"]})
    assert after.status_code == 200
    assert after.content.startswith(b'<div id="live"')


def test_a_recused_member_is_asked_to_leave_and_gets_the_same_page_whatever_is_said(
    three: Panel, meeting: Meeting, pages: dict[str, Client]
) -> None:
    url = reverse("review:meeting", args=[meeting.pk])
    item = voted(meeting, three.first)
    before = pages["nadia"].get(url, headers={"X-Poll": "1"})
    other = pages["pavel"].get(url, headers={"X-Poll": "1"})
    assert "Please leave the room" in before.content.decode()
    discussing.cast(item=item, advice="fund", overall=6, by=three.pavel.person)
    assert pages["nadia"].get(url, headers={"X-Poll": "1"})["ETag"] == before["ETag"]
    assert pages["pavel"].get(url, headers={"X-Poll": "1"})["ETag"] != other["ETag"]
    conclude(item, kind="decline", amount=None, rationale="SECRET rationale", note="SECRET note")
    page = pages["nadia"].get(url).content.decode()
    assert "SECRET" not in page
    assert "Do not fund" not in page
    assert "Do not fund" in pages["pavel"].get(url).content.decode()


def test_a_member_votes_on_a_page_and_what_is_missing_is_said(
    three: Panel, meeting: Meeting, pages: dict[str, Client]
) -> None:
    item = voted(meeting, three.first)
    url = reverse("review:vote", args=[meeting.pk, item.pk])
    assert "Choose how you vote." in pages["pavel"].post(url, {"overall": "4"}).content.decode()
    assert pages["pavel"].post(url, {"advice": "reserve", "overall": "4"}).status_code == 302
    assert Ballot.objects.get().advice == "reserve"
    assert pages["nadia"].get(url).status_code == 403
