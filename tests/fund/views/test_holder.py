"""The pages of those who hold an award."""

from datetime import timedelta

import pytest

from core import clock
from fund.models import Award


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def test_the_offer_says_what_to_do_next_and_by_when(as_ada, award):
    page = as_ada.get(f"/my-awards/{award.number}/").content.decode()

    assert "What to do next: answer this offer" in page
    assert "USD\xa0132,750.00" in page
    assert "Thu 7 January 2027, 12:00 UTC" in page
    assert "First instalment" in page
    assert f"/my-awards/{award.number}/accept/" in page


def test_accepting_takes_a_check_step(as_ada, award):
    address = f"/my-awards/{award.number}/accept/"
    assert as_ada.get(address).status_code == 200

    check = as_ada.post(address, {"signatory": "Prof. Linnea Sørby"})
    award.refresh_from_db()
    assert award.state == "offered"
    assert "Check before you accept" in check.content.decode()
    assert 'value="Prof. Linnea Sørby"' in check.content.decode()

    done = as_ada.post(address, {"signatory": "Prof. Linnea Sørby", "confirmed": "yes"}, follow=True)
    award.refresh_from_db()
    assert (award.state, award.signatory) == ("accepted", "Prof. Linnea Sørby")
    assert done.redirect_chain == [(f"/my-awards/{award.number}/", 302)]
    assert "You accepted the offer." in done.content.decode()


@pytest.mark.parametrize("signatory", ["", "x" * 201, "a\x00b"])
def test_a_signatory_that_cannot_be_kept_is_asked_for_again(as_ada, award, signatory):
    page = as_ada.post(f"/my-awards/{award.number}/accept/", {"signatory": signatory, "confirmed": "yes"})

    assert page.status_code == 200
    assert "data-error-summary" in page.content.decode()
    award.refresh_from_db()
    assert award.state == "offered"


def test_declining_keeps_the_reason(as_ada, award):
    as_ada.post(f"/my-awards/{award.number}/decline/", {"reason": "We found other money."})

    award.refresh_from_db()
    assert (award.state, award.decline_reason) == ("declined", "We found other money.")


@pytest.mark.parametrize(("seconds", "state", "status"), [(0, "accepted", 302), (1, "offered", 409)])
def test_the_time_of_arrival_decides(as_ada, award, seconds, state, status):
    with clock.at(award.answer_by + timedelta(seconds=seconds)):
        response = as_ada.post(f"/my-awards/{award.number}/accept/", {"signatory": "Linnea", "confirmed": "yes"})

    award.refresh_from_db()
    assert (award.state, response.status_code) == (state, status)


@pytest.mark.parametrize("action", ["accept", "decline"])
def test_an_answered_offer_cannot_be_answered_again(as_ada, award, action):
    as_ada.post(f"/my-awards/{award.number}/decline/", {"reason": ""})

    response = as_ada.post(f"/my-awards/{award.number}/{action}/", {"signatory": "L", "confirmed": "yes"})

    assert response.status_code == 409
    assert "This offer was answered already." in response.content.decode()


@pytest.mark.parametrize("tail", ["", "accept/", "decline/"])
def test_an_award_of_others_is_not_found(client, award, amir, helena, tail):
    address = f"/my-awards/{award.number}/{tail}"
    assert client.get(address).status_code == 302
    for person in (amir, helena):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_an_offer_is_unknown_until_its_time(as_ada, award):
    Award.objects.filter(pk=award.pk).update(offered_at=clock.now() + timedelta(hours=1))

    assert as_ada.get(f"/my-awards/{award.number}/").status_code == 404
    assert award.number not in as_ada.get("/my-awards/").content.decode()
    assert award.number not in as_ada.get("/home/").content.decode()
    with clock.at(clock.now() + timedelta(hours=1)):
        assert as_ada.get(f"/my-awards/{award.number}/").status_code == 200


def test_an_offer_that_was_not_answered_reads_as_lapsed_at_once(as_ada, award):
    with clock.at(award.answer_by + timedelta(seconds=1)):
        page = as_ada.get(f"/my-awards/{award.number}/").content.decode()
        listed = as_ada.get("/my-awards/").content.decode()

    assert "This offer has lapsed" in page
    assert "/accept/" not in page
    assert "The offer lapsed" in listed


def test_the_list_without_awards_says_so(client, amir):
    client.force_login(amir)
    assert "No awards" in client.get("/my-awards/").content.decode()
