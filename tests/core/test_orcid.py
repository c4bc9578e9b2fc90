"""Sign-in through ORCID: a server of the test is ORCID; the pages, the client and the redirects are the product's."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.orcid.views import OrcidOAuth2Adapter
from django.test import Client
from django.urls import reverse

from core.audit.models import AuditEvent
from core.mail.models import Message
from core.people import actions
from core.people.models import User

CARBERRY, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"
PASSWORD = "four words in a row"


class Orcid(ThreadingHTTPServer):
    """ORCID with one person at a time: whose iD it gives, what their record says, and what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.orcid = CARBERRY
        self.record: Any = None
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


def record(orcid: str, email: str = "") -> dict[str, Any]:
    """Write a record as ORCID's public interface gives it, in part."""
    name = {"given-names": {"value": "Josiah"}, "family-name": {"value": "Carberry"}}
    return {
        "orcid-identifier": {"uri": f"https://orcid.org/{orcid}", "path": orcid, "host": "orcid.org"},
        "person": {"name": name, "emails": {"email": [{"email": email, "verified": True}] if email else []}},
    }


class Answer(BaseHTTPRequestHandler):
    """Gives a token for the right code and secret, and the record of the iD."""

    server: Orcid

    def do_POST(self) -> None:
        given = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.server.asked.append((self.path, given))
        is_right = (given.get("code"), given.get("client_secret")) == ("right", "of the test")
        token = {"access_token": "a-token", "token_type": "bearer", "orcid": self.server.orcid, "expires_in": 600}
        self._answer(token if is_right else {"error": "invalid_grant"}, 200 if is_right else 400)

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {}))
        self._answer(self.server.record or record(self.server.orcid))

    def _answer(self, body: Any, status: int = 200) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def orcid(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Orcid]:
    """Start ORCID on this machine, and give the product credentials for it."""
    server = Orcid()
    settings.SOCIALACCOUNT_PROVIDERS = {"orcid": {"APP": {"client_id": "APP-FUND", "secret": "of the test"}}}
    monkeypatch.setattr(OrcidOAuth2Adapter, "authorize_url", f"{server.url}/oauth/authorize")
    monkeypatch.setattr(OrcidOAuth2Adapter, "access_token_url", f"{server.url}/oauth/token")
    monkeypatch.setattr(OrcidOAuth2Adapter, "profile_url", f"{server.url}/v3.0/%s/record")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def go(client: Client, query: str = "", **answer: str) -> Any:
    """Go to ORCID and come back with its answer."""
    there = client.post(reverse("orcid_login") + query)
    assert there.status_code == 302
    asked = parse_qs(urlsplit(there.url).query)
    back = {"state": asked["state"][0], **(answer or {"code": "right"})}
    return client.get(asked["redirect_uri"][0], back, follow=True)


def texts(response: Any) -> list[str]:
    return [str(each) for each in response.context["messages"]]


def test_without_credentials_there_is_no_trace_of_it(as_ada: Client) -> None:
    pages = [Client().get(reverse("account_login")), as_ada.get(reverse("people:profile"))]

    assert all("account/orcid" not in page.content.decode() for page in pages)
    assert all("ORCID.org" not in page.content.decode() for page in pages)
    assert "Sign in with ORCID" not in pages[0].content.decode()
    assert as_ada.post(reverse("orcid_login")).status_code == 404
    assert as_ada.get(reverse("orcid_callback")).status_code == 404


def test_only_the_page_whose_form_leads_to_orcid_lets_it(orcid: Orcid, client: Client, ada: User) -> None:
    page = client.get(reverse("orcid_login"))
    others = [client.get(reverse("account_login")), client.get("/")]

    assert f"form-action 'self' {orcid.url};" in page.headers["Content-Security-Policy"]
    assert "default-src 'self';" in page.headers["Content-Security-Policy"]
    assert all("form-action 'self';" in each.headers["Content-Security-Policy"] for each in others)
    assert f'href="{reverse("orcid_login")}"' in others[0].content.decode()
    assert orcid.asked == []


def test_whoever_is_signed_in_connects_an_id_which_is_verified_then(orcid: Orcid, as_ada: Client, ada: User) -> None:
    assert "Connect ORCID" in as_ada.get(reverse("people:profile")).content.decode()

    profile = go(as_ada, "?process=connect")

    found = User.objects.get(pk=ada.pk)
    assert texts(profile) == ["ORCID is connected, and your ORCID iD is verified."]
    assert (found.orcid, found.orcid_verified_at is not None) == (CARBERRY, True)
    assert "Verified by signing in at ORCID" in profile.content.decode()
    assert AuditEvent.objects.filter(code="user:verify-orcid").count() == 1
    assert [path for path, _ in orcid.asked] == ["/oauth/token", f"/v3.0/{CARBERRY}/record"]
    assert SocialAccount.objects.get().extra_data == {}


def test_a_connected_id_is_not_typed_over(orcid: Orcid, as_ada: Client, ada: User) -> None:
    go(as_ada, "?process=connect")
    as_ada.post(reverse("people:profile"), {"name": "Ada", "orcid": OTHER})

    found = User.objects.get(pk=ada.pk)
    assert (found.orcid, found.orcid_verified_at is not None) == (CARBERRY, True)


def test_a_connected_person_signs_in_and_comes_to_where_they_wanted(orcid: Orcid, as_ada: Client, ada: User) -> None:
    EmailAddress.objects.update_or_create(user=ada, email=ada.email, defaults={"verified": True, "primary": True})
    go(as_ada, "?process=connect")
    browser = Client()

    page = go(browser, f"?next={reverse('people:tokens')}")

    assert page.redirect_chain[-1][0] == reverse("people:tokens")
    assert page.context["user"] == ada


def test_one_id_belongs_to_one_account_and_one_account_has_one(
    orcid: Orcid, as_ada: Client, ada: User, amir: User
) -> None:
    go(as_ada, "?process=connect")
    other = Client()
    other.force_login(amir)

    [taken] = texts(go(other, "?process=connect"))
    orcid.orcid = OTHER
    [second] = texts(go(as_ada, "?process=connect"))

    assert taken.startswith("This ORCID iD belongs to another account here.")
    assert second == f"Your account is connected to the ORCID iD {CARBERRY} already. Disconnect it first."
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(ada.pk, CARBERRY)]
    assert User.objects.get(pk=amir.pk).orcid == ""


def test_somebody_unknown_makes_an_account_whose_address_is_verified_first(
    orcid: Orcid, client: Client, db: Any
) -> None:
    form = go(client)
    assert form.redirect_chain[-1][0] == reverse("socialaccount_signup")
    assert 'value="Josiah Carberry"' in form.content.decode()
    assert not User.objects.exists()

    sent = client.post(form.request["PATH_INFO"], {"name": "J. Carberry", "email": "Josiah@brown.example"}, follow=True)

    made = User.objects.get()
    assert sent.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    assert (made.name, made.email, made.orcid) == ("J. Carberry", "josiah@brown.example", CARBERRY)
    assert made.orcid_verified_at is not None
    assert not EmailAddress.objects.get().verified
    assert client.get(reverse("home")).status_code == 302
    assert list(Message.objects.values_list("subject", flat=True)) == ["Please confirm your e-mail address"]


def test_an_address_that_orcid_names_or_the_person_types_joins_no_account(
    orcid: Orcid, client: Client, ada: User
) -> None:
    EmailAddress.objects.update_or_create(user=ada, email=ada.email, defaults={"verified": True, "primary": True})
    orcid.record = record(CARBERRY, email=ada.email)

    form = go(client)
    sent = client.post(form.request["PATH_INFO"], {"name": "Josiah", "email": ada.email}, follow=True)

    assert sent.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    assert (list(User.objects.all()), SocialAccount.objects.count()) == ([ada], 0)
    assert User.objects.get().orcid_verified_at is None
    assert list(Message.objects.values_list("subject", flat=True)) == ["You already have an account"]


def test_disconnecting_takes_the_mark_and_needs_a_password(orcid: Orcid, as_ada: Client, ada: User) -> None:
    go(as_ada, "?process=connect")
    ada.set_unusable_password()
    ada.save(update_fields=["password"])
    as_ada.force_login(ada)
    [refusal] = texts(as_ada.post(reverse("orcid_disconnect"), follow=True))
    assert refusal == "Set a password first, so that you can still sign in without ORCID."
    assert SocialAccount.objects.count() == 1

    ada.set_password(PASSWORD)
    ada.save(update_fields=["password"])
    as_ada.force_login(ada)
    page = as_ada.post(reverse("orcid_disconnect"), follow=True)

    found = User.objects.get(pk=ada.pk)
    assert (found.orcid, found.orcid_verified_at, SocialAccount.objects.count()) == (CARBERRY, None, 0)
    assert "Connect ORCID" in page.content.decode()
    assert AuditEvent.objects.filter(code="user:disconnect-orcid").count() == 1


@pytest.mark.parametrize(
    ("answer", "named", "sentence"),
    [
        ({"error": "access_denied"}, None, "You turned back at ORCID, so nothing has changed."),
        ({"code": "wrong"}, None, "ORCID did not tell us who you are."),
        ({"code": "right"}, {"response-code": 404}, "ORCID did not tell us who you are."),
        ({"code": "right"}, record("0000-0002-1825-0098"), "ORCID did not tell us who you are."),
        ({"code": "right", "state": "another"}, None, "ORCID did not tell us who you are."),
    ],
)
def test_an_answer_that_is_none_leads_back_with_a_sentence(
    orcid: Orcid, as_ada: Client, ada: User, answer: dict[str, str], named: Any, sentence: str
) -> None:
    orcid.record = named

    [text] = texts(go(as_ada, "?process=connect", **answer))

    assert text.startswith(sentence)
    assert (SocialAccount.objects.count(), User.objects.get(pk=ada.pk).orcid) == (0, "")


def test_an_id_that_was_only_typed_opens_nothing(orcid: Orcid, client: Client, ada: User) -> None:
    actions.change_profile(user=ada, orcid=CARBERRY)

    assert go(client).redirect_chain[-1][0] == reverse("socialaccount_signup")
