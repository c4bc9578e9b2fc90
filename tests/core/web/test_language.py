"""In which language a page speaks: the visitor's choice, where the catalogue has all of the page's words."""

import re

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.test import Client

from core.language import covers, offered
from tests.messages import collected, read_catalogue, sources, stale

pytestmark = pytest.mark.django_db
ARABIC = {"HTTP_COOKIE": f"{settings.LANGUAGE_COOKIE_NAME}=ar"}
ON_COVERED_PAGES = re.compile(
    r"""
    core/(forms/(answers|ethics|reading|tables)|files/sentences|registry|states/.*
        |documents/models|views/verify|people/(account_forms|forms|identifiers|models|orcid|register)|web/(errors|forms|moments)|money/.*)\.py
    |core/templates/(\d+(_csrf)?|base|account/\w+|socialaccount/\w+)\.html
    |core/templates/core/verify/check\.html
    |core/templates/core/(forms/\w+|pages/refusal|parts/(environment|footer|head|masthead|messages|sentences))\.html
    |applications/(budget|budget_form|budget_paste|checks|forms|ownership_forms|progress|table_form|upload_form)\.py
    |applications/(actions/(budget|drafts|files|ownership|profiles|team|writing)|models/(files|parts)
        |views/(budget|files|ownership|pages|parts|saving|sections))\.py
    |applications/templates/applications/(hand_over|kept|member|paste|section)\.html
    |applications/templates/applications/parts/(answer|budget|closed|crumbs|file|file_facts|file_name|late|limits|only
        |problems|sums|table-input|tasks|team)\.html
    |fund/(budget_plan\.py|templates/fund/public/home\.html)
    """,
    re.VERBOSE,
)
"""What says the words of these pages, also those of rare states and of what can be wrong."""


def test_a_page_is_in_english_from_left_to_right(client: Client) -> None:
    assert '<html lang="en" dir="ltr">' in client.get("/").content.decode()


@pytest.mark.parametrize("wish", [{"HTTP_ACCEPT_LANGUAGE": "ar-EG,ar;q=0.9"}, ARABIC], ids=["browser", "choice"])
def test_a_page_is_in_the_language_that_the_browser_or_the_visitor_asks_for(client: Client, wish: dict) -> None:
    page = client.get("/account/login/", **wish).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "تسجيل الدخول" in page


def test_the_choice_is_kept_in_a_cookie_and_leads_back_to_the_page(client: Client) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "/account/login/"})

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"
    assert 'dir="rtl"' in client.get("/account/login/").content.decode()


def test_the_choice_leads_nowhere_else(client: Client) -> None:
    assert client.post("/language/", {"language": "ar", "next": "https://evil.example/"})["Location"] == "/"


def test_the_languages_are_offered_in_their_own_names_where_they_are_complete(client: Client) -> None:
    page = client.get("/").content.decode()

    assert '<button class="link-button" type="submit" name="language" value="ar" lang="ar">العربية</button>' in page
    assert 'name="language"' not in client.get("/privacy/").content.decode()
    assert [code for code, _ in offered("/")] == ["en", "ar"]
    assert [code for code, _ in offered("/privacy/")] == ["en"]


def test_a_page_that_answers_a_form_offers_none_which_would_lose_what_was_typed(client: Client) -> None:
    refused = client.post("/account/login/", {"login": "ada@example.org", "password": ""}).content.decode()

    assert "ada@example.org" in refused
    assert 'name="language"' not in refused


def test_the_catalogue_has_every_sentence_that_a_covered_page_can_say() -> None:
    [source] = sources()
    catalogue = read_catalogue(source)
    missing = []
    for message in collected():
        if message.id and any(ON_COVERED_PAGES.fullmatch(file) for file, _ in message.locations):
            found = catalogue.get(message.id)
            if found is None or not (all(found.string) if isinstance(found.string, tuple) else found.string):
                missing.append(message.id)
    assert missing == []


@pytest.mark.parametrize(
    "path", ["/apply/", "/apply/3/", "/apply/3/check/", "/account/profile/", "/calls/x/", "/help/"]
)
def test_other_pages_are_not_offered_in_arabic(path: str) -> None:
    assert not covers("ar", path)


def test_a_page_that_a_catalogue_does_not_cover_is_in_english_as_a_whole(client: Client) -> None:
    assert not covers("ar", "/manage/calls/")
    assert '<html lang="en" dir="ltr">' in client.get("/privacy/", **ARABIC).content.decode()


def test_the_interface_answers_in_english(client: Client) -> None:
    assert client.get("/api/v1/applications/", **ARABIC).json()["detail"].isascii()


def test_mail_is_in_the_funds_language_whoever_causes_it(client: Client) -> None:
    client.post("/account/password/reset/", {"email": "nobody@nowhere.example"}, **ARABIC)

    from core.mail.models import Message  # noqa: PLC0415

    assert outbox.outbox == []
    assert "There is no account with this address" in Message.objects.get().body


def test_what_is_compiled_is_what_the_catalogues_say() -> None:
    assert sources()
    assert stale() == []
