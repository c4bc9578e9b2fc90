"""The pages that belong to no app, and the account's pages, in our design."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = [pytest.mark.urls("tests.core.web.addresses"), pytest.mark.django_db]
PAGES = ["/help/", "/support/", "/accessibility/", "/privacy/", "/patterns/"]
ACCOUNT = [
    "/account/login/", "/account/signup/", "/account/password/reset/", "/account/password/reset/done/",
    "/account/password/reset/key/done/", "/account/password/reset/key/1-wrong/", "/account/confirm-email/",
    "/account/confirm-email/wrong/", "/account/inactive/",
]  # fmt: skip

REFUSALS = ["/nothing/", "/wrong-state/", "/too-many/", "/too-large/", "/forbidden/", "/broken/"]
HERE = "This copy runs on this machine only (127.0.0.1)."


@pytest.mark.parametrize("address", PAGES + ACCOUNT)
def test_a_page_has_a_title_a_heading_and_the_same_help_at_its_foot(client: Client, address: str) -> None:
    html = client.get(address).content.decode()

    assert html.count("<h1>") == 1
    assert "· Safe Online Research Fund</title>" in html
    assert '<a href="/help/">Help and contact</a>' in html
    assert 'href="#main"' in html


@pytest.mark.parametrize("address", PAGES + ACCOUNT)
def test_a_page_keeps_the_content_policy(client: Client, address: str) -> None:
    response = client.get(address)
    html = response.content.decode()

    assert "unsafe" not in response["Content-Security-Policy"]
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<script>" not in html


@pytest.mark.parametrize("address", PAGES + ACCOUNT + REFUSALS)
def test_every_page_says_that_this_copy_runs_on_this_machine_only(client: Client, address: str) -> None:
    client.raise_request_exception = False

    assert HERE in client.get(address, headers={"Accept": "text/html"}).content.decode()


def test_a_refused_form_and_an_unknown_host_say_so_as_well(settings: Settings) -> None:
    client = Client(enforce_csrf_checks=True)
    settings.ALLOWED_HOSTS = ["testserver"]

    for response in (client.post("/form/"), client.get("/help/", headers={"host": "elsewhere.example"})):
        assert response.status_code in (400, 403)
        assert HERE in response.content.decode()


def test_a_deployment_says_nothing_of_the_sort_and_hides_the_patterns(client: Client, settings: Settings) -> None:
    settings.EMBEDDED = False
    client.raise_request_exception = False

    for address in ("/help/", "/account/login/", *REFUSALS):
        assert "this machine only" not in client.get(address).content.decode()
    assert client.get("/patterns/").status_code == 404


def test_a_visitor_costs_no_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        client.get("/help/")


def test_a_wrong_sign_in_keeps_the_address_and_leads_to_the_fault(client: Client) -> None:
    html = client.post("/account/login/", {"login": "ada@example.org", "password": "wrong"}).content.decode()

    assert 'value="ada@example.org"' in html
    assert "data-error-summary" in html
