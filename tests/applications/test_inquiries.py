"""What staff ask after the submission: answered once, read by the fund, and by the panel only when it is released."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from applications.actions import asking, screening, submission
from applications.models import Application, Inquiry
from core import clock
from core.mail.models import Message
from core.states import WrongState
from core.waiting import waiting_for
from tests.reviews import panels

WEEK = timedelta(days=7)


@pytest.fixture
def inquiry(submitted, helena):
    """What Helena asks about Ada's application."""
    return asking.ask(application=submitted, question="Who keeps the key?", due_at=clock.now() + WEEK, by=helena)


def waits(user):
    return [each.what for each in waiting_for(user)]


def test_a_question_is_mailed_and_waits_until_it_is_answered(inquiry, ada, helena):
    assert "Who keeps the key?" in Message.objects.get(person=ada).body
    assert "Answer a question of the fund" in waits(ada)

    asking.answer(inquiry=inquiry, text="The director.", by=ada)

    assert "Answer a question of the fund" not in waits(ada)
    assert "Read the answer of an applicant" in waits(helena)
    asking.settle(inquiry=inquiry, by=helena)
    assert "Read the answer of an applicant" not in waits(helena)


def test_an_answer_is_given_once(inquiry, ada):
    asking.answer(inquiry=inquiry, text="The director.", by=ada)

    with pytest.raises(WrongState, match="answered already"):
        asking.answer(inquiry=inquiry, text="Somebody else.", by=ada)
    assert Inquiry.objects.get().answer == "The director."


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001])
def test_an_answer_says_something_and_is_not_endless(inquiry, ada, text):
    with pytest.raises(ValidationError):
        asking.answer(inquiry=inquiry, text=text, by=ada)


def test_only_who_runs_the_call_asks_and_only_the_team_answers(inquiry, submitted, ada, amir, ruth, helena):
    for person in (ada, ruth, amir):
        with pytest.raises(PermissionDenied):
            asking.ask(application=submitted, question="Why?", due_at=clock.now() + WEEK, by=person)
    for person in (helena, amir):
        with pytest.raises(PermissionDenied):
            asking.answer(inquiry=inquiry, text="Because.", by=person)


def test_nobody_is_asked_about_what_is_withdrawn(submitted, ada, helena):
    submission.withdraw(application=submitted, reason="Other money", by=ada)

    with pytest.raises(WrongState):
        asking.ask(application=submitted, question="Why?", due_at=clock.now() + WEEK, by=helena)


def test_a_date_that_passed_waits_for_whoever_asked(inquiry, helena, oluchi):
    with clock.at(clock.now() + WEEK + timedelta(hours=1)):
        assert "No answer came by the date" in waits(helena)
        assert "No answer came by the date" not in waits(oluchi)


def test_the_panel_reads_only_what_was_released_to_it(db, helena, client):
    call = panels.make_call_in_review(applications=1, applicants_hidden=False)
    application = Application.objects.get(call=call)
    member = panels.make_member(call, "Reviewer")
    assignment = panels.assign(application, member)
    inquiry = asking.ask(application=application, question="Who?", due_at=clock.now() + WEEK, by=None)
    with pytest.raises(WrongState, match="no answer yet"):
        asking.share(inquiry=inquiry, by=helena)
    asking.answer(inquiry=inquiry, text="The director.", by=None)
    client.force_login(member.person)
    desk = reverse("review:desk", args=[assignment.pk])

    assert not Inquiry.objects.visible_to(member.person).exists()
    assert "The director." not in client.get(desk).content.decode()
    asking.share(inquiry=inquiry, by=helena)
    assert Inquiry.objects.visible_to(member.person).get() == inquiry
    assert "The director." in client.get(desk).content.decode()


def test_where_applicants_are_hidden_not_even_a_released_answer_is_read(db, helena):
    call = panels.make_call_in_review(applications=1, applicants_hidden=True)
    application = Application.objects.get(call=call)
    member = panels.make_member(call, "Reviewer")
    panels.assign(application, member)
    inquiry = asking.ask(application=application, question="Who?", due_at=clock.now() + WEEK, by=None)
    asking.answer(inquiry=inquiry, text="Northmere.", by=None)
    asking.share(inquiry=inquiry, by=helena)

    assert not Inquiry.objects.visible_to(member.person).exists()


def test_the_applicant_answers_on_a_page_and_reads_it_in_the_timeline(as_ada, inquiry, submitted):
    url = reverse("apply:inquiry", args=[submitted.pk, inquiry.pk])
    assert "Write your answer first." in as_ada.post(url, {"answer": " "}).content.decode()
    page = as_ada.post(url, {"answer": "The director."}, follow=True).content.decode()

    assert "Your answer is sent." in page
    assert "The fund asked you something" in page
    assert "The director." in as_ada.get(url).content.decode()


def test_an_answer_as_long_as_the_page_lets_it_be_is_taken_whatever_its_lines(as_ada, inquiry, submitted):
    text = "x\r\n" * 1999 + "yz"

    as_ada.post(reverse("apply:inquiry", args=[submitted.pk, inquiry.pk]), {"answer": text})

    assert Inquiry.objects.get().answer == text.replace("\r", "")


def test_staff_ask_on_a_page_and_release_the_answer(client, submitted, helena, ada):
    client.force_login(helena)
    day = (clock.today() + WEEK).isoformat()
    about = [submitted.call.slug, submitted.reference]
    assert (
        client.post(reverse("manage:ask", args=about), {"question": "Who?", "due_at": "2020-01-01"}).status_code == 422
    )
    client.post(reverse("manage:ask", args=about), {"question": "Who?", "due_at": day})
    inquiry = Inquiry.objects.get()
    asking.answer(inquiry=inquiry, text="The director.", by=ada)

    assert "The director." in client.get(reverse("manage:application", args=about)).content.decode()
    client.post(reverse("manage:inquiry", args=[*about, inquiry.pk]), {"step": "share"})
    assert Inquiry.objects.get().shared_at is not None


@pytest.fixture
def released(submitted, helena):
    """Ada's application with a decision that is released, and visible in two days."""
    screening.screen(application=submitted, outcome="eligible", by=None)
    screening.start_review(application=submitted, by=None)
    Application.objects.filter(pk=submitted.pk).update(
        state="decided", outcome="declined", outcome_released_at=clock.now() + timedelta(days=2)
    )
    return Application.objects.get(pk=submitted.pk)


def test_before_a_released_decision_is_visible_withdrawing_looks_the_same_as_ever(as_ada, released, helena):
    page = as_ada.get(reverse("apply:detail", args=[released.pk])).content.decode()
    assert "Withdraw this application" in page
    url = reverse("apply:withdraw", args=[released.pk])
    answer = as_ada.post(url, {"reason": "Other money"}, follow=True).content.decode()

    assert f"{released.reference} is withdrawn." in answer
    page = as_ada.get(reverse("apply:detail", args=[released.pk])).content.decode()
    assert "You withdrew this application" in page
    assert "Withdraw this application" not in page
    assert Message.objects.latest("pk").subject == f"{released.reference} is withdrawn"
    assert Message.objects.get(person=helena, subject__contains="after its decision")
    found = Application.objects.get(pk=released.pk)
    assert (found.state, found.withdrawal_reason) == ("decided", "Other money")
    with pytest.raises(WrongState, match="already withdrawn"):
        submission.withdraw(application=found, reason="Again", by=None)


def test_once_the_decision_is_visible_it_is_read_and_nothing_can_be_withdrawn(as_ada, released, ada):
    submission.withdraw(application=released, reason="Other money", by=ada)

    with clock.at(clock.now() + timedelta(days=3)):
        page = as_ada.get(reverse("apply:detail", args=[released.pk])).content.decode()
        assert "Not funded" in page
        with pytest.raises(WrongState, match="An offer can be declined"):
            submission.withdraw(application=released, reason="Other money", by=ada)
