"""The staff's page for a return: a text under each question that is to be opened."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.actions import drafts, submission
from applications.models import Application
from core import clock
from core.mail.models import Message
from core.people.models import User
from fund.models import Call
from reviews.version_changes import changes_between
from tests import factories


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
            {"everything": "on", "text": "All of it.", "ask-title": "Kept."}, "everything",
            "You wrote under single questions. Take this tick away, or move what you wrote into the text.",
        ),
        (
            {"ask-title": "Kept.", "until": "9999-12-31"}, "until",
            "Write a year that is not as far away, such as 2027.",
        ),
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


def test_staff_see_word_by_word_what_a_correction_changed(
    browser: Client, page: str, submitted: Application, open_call: Call, ada: User
) -> None:
    about = [open_call.slug, submitted.reference]
    assert browser.get(reverse("manage:changes", args=about)).status_code == 404
    browser.post(page, {"ask-title": "Too long.", "ask-budget": "No yacht."})
    drafts.save_answer(application=submitted, key="title", value="First warnings", by=ada, at=clock.now())
    drafts.save_budget(application=submitted, lines=factories.LINES[:1], by=ada, at=clock.now())
    submission.submit(application=submitted, by=ada, at=clock.now())
    changed = browser.get(reverse("manage:changes", args=about))

    assert [each.label for each in changed.context["changes"]] == ["Title", "Budget"]
    assert ("gone", ": what a nudge at the right second can prevent") in changed.context["changes"][0].pieces
    assert "What changed since version 1" in browser.get(reverse("manage:application", args=about)).content.decode()


def test_what_changed_names_nobody_where_applicants_are_hidden(submitted: Application) -> None:
    version = submitted.current
    assert version is not None
    other = {**version.content, "team": [], "attachments": [{"name": "x.pdf", "sha256": "0" * 64}]}
    form = version.form.definition

    assert [each.label for each in changes_between(version.content, other, form)] == ["Team", "Attachments"]
    assert changes_between(version.content, other, form, is_blind=True) == []
