"""Feedback that a second person approves and that goes out with the decision; questions and complaints after it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core import clock
from core.audit.models import AuditEvent
from core.mail.models import Message
from core.people.models import Role, User
from core.states import WrongState
from reports.terms.outcome_letter import outcome_letter_terms
from reviews.actions import answering, deciding, feedback
from reviews.actions.lettering import letter_of
from reviews.models import DecisionInquiry, Feedback
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import recuse

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> Application:
    """Make an application of a call in review, with two reviews."""
    call = panels.make_call_in_review(applications=1)
    [one] = call.applications.all()
    for number, name in enumerate(["Rita", "Rolf"]):
        panels.submit(
            panels.assign(one, panels.make_member(call, name)), 4, public_comment=f"Point {number} of {name}."
        )
    return one


@pytest.fixture
def application(made: Application, db: None) -> Application:
    return Application.objects.get(pk=made.pk)


@pytest.fixture
def ines(db: None) -> User:
    """A third administrator, who has no hand in the decision."""
    return factories.make_user("Ines", Role.ADMINISTRATOR)


@pytest.fixture
def applicant(application: Application) -> User:
    member = application.team.get()
    assert member.user is not None
    return member.user


@pytest.fixture
def written(application: Application, helena: User) -> Feedback:
    """Feedback that Helena composed and edited."""
    begun = feedback.compose(application=application, by=helena)
    return feedback.edit(feedback=begun, texts={0: "Two points:\r\nfirst, second."}, by=helena)


def release(application: Application, by: tuple[User, User], *, at: Any = None) -> None:
    decision = panels.approved(application, "decline", by=by)
    deciding.release(call=application.call, decisions=[decision], visible_at=at, by=by[1])


def test_it_begins_with_the_comments_and_a_second_person_approves(
    application: Application, written: Feedback, helena: User, oluchi: User
) -> None:
    assert feedback.compose(application=application, by=helena).parts == [
        ["Overall", "Point 0 of Rita.\n\nPoint 1 of Rolf."]
    ]
    again = feedback.edit(feedback=written, texts={0: "Two points:\r\nfirst, second."}, by=helena)
    assert again.parts == [["Overall", "Two points:\nfirst, second."]]
    with pytest.raises(PermissionDenied, match="second administrator"):
        feedback.approve(feedback=again, by=helena)
    with pytest.raises(ValidationError, match="at least one part"):
        feedback.edit(feedback=again, texts={0: " "}, by=helena)
    assert feedback.approve(feedback=again, by=oluchi).approved_by == oluchi
    assert feedback.edit(feedback=again, texts={0: "Two points:\nfirst, second."}, by=helena).approved_by == oluchi
    assert feedback.edit(feedback=again, texts={0: "One point."}, by=helena).approved_at is None
    codes = AuditEvent.objects.filter(code__startswith="feedback:", root=application.pk).order_by("pk")
    assert list(codes.values_list("code", flat=True))[-3:] == ["feedback:edit", "feedback:approve", "feedback:edit"]


def test_nobody_writes_over_or_approves_what_they_never_saw(
    application: Application, written: Feedback, helena: User, oluchi: User, client: Client
) -> None:
    page = reverse("manage:afterwards", args=[application.call.slug, application.reference])
    client.force_login(oluchi)
    read = client.get(page).context["feedback"].seen
    feedback.edit(feedback=written, texts={0: "One point."}, seen=written.seen, by=helena)

    assert client.post(page, {"step": "approve", "seen": read}).status_code == 422
    refused = client.post(page, {"step": "edit", "seen": read, "part-0": "My text."})
    shown = refused.content.decode()
    assert (refused.status_code, "One point." in shown, "My text." in shown) == (422, True, True)
    assert (Feedback.objects.get().parts, Feedback.objects.get().approved_at) == ([["Overall", "One point."]], None)
    client.post(page, {"step": "edit", "seen": refused.context["feedback"].seen, "part-0": "My text."})
    assert Feedback.objects.get().parts == [["Overall", "My text."]]


def test_a_decision_waits_for_its_feedback_and_the_letter_carries_it(
    application: Application, written: Feedback, helena: User, oluchi: User, applicant: User
) -> None:
    with pytest.raises(WrongState, match=f"nobody has approved yet: {application.reference}"):
        release(application, (helena, oluchi))
    feedback.approve(feedback=written, by=oluchi)
    assert not Feedback.objects.visible_to(applicant).exists()
    decision = application.decisions.get()
    deciding.release(call=application.call, decisions=[decision], by=helena)

    decision = application.decisions.get()
    letter = outcome_letter_terms(decision, letter_of(decision))
    assert [(each.criterion, each.feedback) for each in letter.criteria] == [("Overall", "Two points:\nfirst, second.")]
    assert Feedback.objects.visible_to(applicant).exists()
    with pytest.raises(WrongState, match="went out"):
        feedback.edit(feedback=written, texts={0: "Later."}, by=helena)


def test_the_comments_are_shut_to_whom_the_application_is(application: Application, helena: User, oluchi: User) -> None:
    panels.assign(application, panels.make_member(application.call, helena, "ngo"))
    recuse(oluchi, application)
    for person in (helena, oluchi):
        with pytest.raises(PermissionDenied):
            feedback.compose(application=application, by=person)

    Feedback.objects.create(application=application, parts=[["Overall", "A secret."]], edited_at=clock.now())
    assert [Feedback.objects.visible_to(each).count() for each in (helena, oluchi)] == [0, 0]


def test_nothing_of_it_is_known_before_the_decision_is_visible(
    application: Application, written: Feedback, helena: User, oluchi: User, applicant: User, client: Client
) -> None:
    feedback.approve(feedback=written, by=oluchi)
    release(application, (helena, oluchi), at=clock.now() + timedelta(days=2))
    client.force_login(applicant)
    page, api = f"/my-decisions/{application.pk}/", "/api/v1/feedback/"

    assert (client.get(page).status_code, client.get(api).json()["results"]) == (404, [])
    assert "The decision, and" not in client.get(f"/apply/{application.pk}/").content.decode()
    with pytest.raises(WrongState, match="no decision yet"):
        answering.ask(
            application=Application.objects.get(pk=application.pk), kind="question", text="Why?", by=applicant
        )
    with clock.at(clock.now() + timedelta(days=3)):
        assert "first, second." in client.get(page).content.decode()
        assert client.get(api).json()["results"][0]["parts"] == [
            {"heading": "Overall", "text": "Two points:\nfirst, second."}
        ]


def test_an_applicant_asks_once_at_a_time_and_gets_one_answer(
    application: Application, helena: User, oluchi: User, ines: User, applicant: User, amir: User, client: Client
) -> None:
    release(application, (helena, oluchi))
    page = f"/my-decisions/{application.pk}/"
    client.force_login(applicant)
    refused = client.post(page, {"kind": "complaint", "text": " "})
    assert (refused.status_code, "Write what you want to say" in refused.content.decode()) == (422, True)
    assert client.post(page, {"kind": "complaint", "text": "We were not heard."}).status_code == 302
    asked = DecisionInquiry.objects.get()
    assert (asked.kind, asked.asked_by, asked.due_at - asked.asked_at) == ("complaint", applicant, timedelta(days=30))
    assert "has not answered" in client.post(page, {"kind": "question", "text": "And?"}).content.decode()
    client.force_login(amir)
    assert client.get(page).status_code == 404

    client.force_login(ines)
    assert "Answer a complaint about a decision" in client.get("/home/").content.decode()
    staff = f"/manage/calls/{application.call.slug}/decisions/of/{application.reference}/after/"
    client.post(staff, {"step": "answer", "inquiry": asked.pk, "answer": "We read it again."})
    assert "Answer a complaint about a decision" not in client.get("/home/").content.decode()
    with pytest.raises(WrongState, match="answered already"):
        answering.answer(inquiry=asked, text="Twice.", by=ines)
    assert Message.objects.filter(person=applicant, subject__contains="has answered you").count() == 1
    client.force_login(applicant)
    assert "We read it again." in client.get(page).content.decode()
    recuse(oluchi, application)
    assert not DecisionInquiry.objects.visible_to(oluchi).exists()


@pytest.fixture
def complaint(application: Application, helena: User, oluchi: User, applicant: User) -> DecisionInquiry:
    """A complaint about a decision that Helena prepared and Oluchi approved."""
    release(application, (helena, oluchi))
    return answering.ask(application=application, kind="complaint", text="We were not heard.", by=applicant)


def test_whoever_decided_does_not_answer_the_complaint(
    complaint: DecisionInquiry, helena: User, oluchi: User, ines: User, client: Client
) -> None:
    reference = complaint.application.reference
    staff = f"/manage/calls/{complaint.application.call.slug}/decisions/of/{reference}/after/"
    for person in (helena, oluchi):
        client.force_login(person)
        page = client.get(staff).content.decode()
        assert "neither prepared nor approved the decision: Ines" in page
        assert "Send the answer" not in page
        assert "complaint about a decision" not in client.get("/home/").content.decode()
        sent = {"step": "answer", "inquiry": complaint.pk, "answer": "We were right."}
        assert "an administrator who did neither" in client.post(staff, sent, follow=True).content.decode()
        api = client.post(
            f"/api/v1/decision-inquiries/{complaint.pk}/answer/", {"answer": "We were right."}, "application/json"
        )
        assert (api.status_code, "did neither" in api.json()["detail"]) == (403, True)

    assert answering.answer(inquiry=complaint, text="We read it again.", by=ines).answered_by == ines


def test_a_complaint_that_nobody_may_answer_is_told(
    complaint: DecisionInquiry, helena: User, ines: User, client: Client
) -> None:
    recuse(ines, complaint.application)
    client.force_login(helena)

    assert "Find somebody who may answer a complaint" in client.get("/home/").content.decode()
    reference = complaint.application.reference
    page = client.get(f"/manage/calls/{complaint.application.call.slug}/decisions/of/{reference}/after/")
    assert "Nobody may answer this complaint" in page.content.decode()


def test_a_plain_question_is_answered_by_whoever_decided(
    application: Application, helena: User, oluchi: User, applicant: User
) -> None:
    release(application, (helena, oluchi))
    asked = answering.ask(application=application, kind="question", text="Which panel was it?", by=applicant)

    assert answering.answer(inquiry=asked, text="The one of the call.", by=oluchi).answered_by == oluchi


def test_staff_compose_edit_and_approve_on_one_page(
    application: Application, helena: User, oluchi: User, client: Client
) -> None:
    staff = f"/manage/calls/{application.call.slug}/decisions/of/{application.reference}/after/"
    client.force_login(helena)
    client.post(staff, {"step": "compose"})
    empty = client.post(staff, {"step": "edit", "part-0": ""})
    assert (empty.status_code, "Leave at least one part" in empty.content.decode()) == (422, True)
    client.post(staff, {"step": "edit", "part-0": "Clear <and> useful."})
    page = client.get(staff).content.decode()
    assert "Clear &lt;and&gt; useful." in page
    assert "Approve the feedback" not in page
    assert "second administrator" in client.post(staff, {"step": "approve"}, follow=True).content.decode()
    client.force_login(oluchi)
    client.post(staff, {"step": "approve"})

    assert Feedback.objects.get().approved_by == oluchi
