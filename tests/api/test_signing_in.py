"""Who speaks with the interface: by session, by personal token, or not at all."""

from datetime import timedelta

import pytest
from django.test import Client

from core import clock
from core.people import actions
from core.people.models import ApiToken

pytestmark = pytest.mark.django_db
MINE = "/api/v1/my/applications/"


def with_token(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def secret(ada):
    return actions.make_token(user=ada, name="Scripts", days=30)[1]


def test_without_a_sign_in_the_answer_is_401_and_says_how(client):
    response = client.get(MINE)
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert response.json() == {"detail": "Authentication credentials were not provided."}


def test_calls_are_open_to_everybody(client, open_call):
    assert [row["slug"] for row in client.get("/api/v1/calls/").json()["results"]] == ["prevention-first"]


def test_a_session_signs_in(as_ada, draft):
    assert [row["id"] for row in as_ada.get(MINE).json()["results"]] == [draft.pk]


def test_a_session_cannot_be_used_from_a_foreign_page(ada, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    response = browser.post(f"{MINE}{draft.pk}/submit/")
    draft.refresh_from_db()
    assert (response.status_code, draft.state) == (403, "draft")


def test_a_token_signs_in_and_needs_no_csrf_token(secret, draft):
    program = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})
    response = program.post(f"{MINE}{draft.pk}/submit/", {}, content_type="application/json")
    draft.refresh_from_db()
    assert (response.status_code, draft.state) == (200, "submitted")


def test_a_token_notes_when_it_was_used(secret, ada):
    moment = clock.now()
    with clock.at(moment):
        with_token(secret).get(MINE)
    assert ApiToken.objects.get().used_at == moment


@pytest.mark.parametrize("wrong", ["sorf_unknown", "x" * 400, "ä"])
def test_an_unknown_token_is_refused_with_a_sentence(db, wrong):
    response = with_token(wrong.encode().decode("latin-1")).get(MINE)
    assert response.status_code == 401
    assert response.json() == {
        "detail": "This token is unknown, expired or revoked. Make a new one on your account page."
    }


def test_a_token_ends_with_its_time(secret):
    with clock.at(clock.now() + timedelta(days=31)):
        assert with_token(secret).get(MINE).status_code == 401


def test_a_revoked_token_opens_nothing(secret, ada):
    actions.revoke_token(token=ApiToken.objects.get(), by=ada)
    assert with_token(secret).get(MINE).status_code == 401


def test_a_token_of_somebody_who_was_shut_out_opens_nothing(secret, ada):
    ada.is_active = False
    ada.save()
    assert with_token(secret).get(MINE).status_code == 401


def test_a_token_carries_no_more_than_its_owners_rights(secret, open_call, amir):
    assert with_token(secret).get("/api/v1/decisions/").json()["results"] == []


def test_only_the_hash_of_a_token_is_stored(secret):
    stored = ApiToken.objects.values().get()
    assert secret not in str(stored)
    assert len(stored["digest"]) == 64
