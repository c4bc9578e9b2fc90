"""The staff's page for a return: a text under each question that is to be opened."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core import clock
from core.mail.models import Message
from core.people.models import User
from fund.models import Call


@pytest.fixture
def page(submitted: Application, open_call: Call) -> str:
    """The page on which Ada's application is returned."""
    return reverse("manage:return", args=[open_call.slug, submitted.reference])


@pytest.fixture
def browser(client: Client, helena: User) -> Client:
    """A browser in which an administrator is signed in."""
    client.force_login(helena)
    return client


def test_what_is_written_under_a_question_opens_it(browser: Client, page: str, submitted: Application) -> None:
    day = clock.today() + timedelta(days=60)
    browser.post(page, {"ask-title": "Too long.", "ask-budget": "No yacht.", "until": day.isoformat()})
    found = Application.objects.get(pk=submitted.pk)

    assert (found.state, found.open_questions) == ("returned", ["title", "budget"])
    assert f"{found.closes_at():%Y-%m-%d %H:%M}" == f"{day} 23:59"
    assert "No yacht." in Message.objects.get(address="ada@example.org").body


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"text": "Kept."}, "__all__", "Write under a question what is to be corrected in it, or open everything."),
        ({"everything": "on"}, "text", "Say what is to be corrected. The applicant reads it at once."),
        (
            {"ask-title": "Kept.", "until": "2020-01-01"}, "until",
            "Choose a time that is later than the deadline in force.",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_returned(
    typed: dict[str, str], field: str, sentence: str, browser: Client, page: str, submitted: Application
) -> None:
    answer = browser.post(page, typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors[field]) == [sentence]
    assert "Kept." in answer.content.decode() or "Kept." not in typed.values()
    assert Application.objects.get(pk=submitted.pk).state == "submitted"


def test_staff_read_later_what_was_asked(browser: Client, page: str, submitted: Application, open_call: Call) -> None:
    browser.post(page, {"ask-title": "Too long."})
    read = browser.get(reverse("manage:application", args=[open_call.slug, submitted.reference])).content.decode()

    assert "Title: Too long." in read
    assert "To correct by" in read
    assert browser.get(page).status_code == 302


def test_the_whole_application_is_opened_on_purpose_only(browser: Client, page: str, submitted: Application) -> None:
    browser.post(page, {"everything": "on", "text": "Write it again."})

    assert Application.objects.get(pk=submitted.pk).open_questions == []
