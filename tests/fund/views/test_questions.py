"""Questions about a call: asked by applicants, answered or declined by the fund."""

import pytest

from applications.actions import drafts
from core import clock
from core.audit.models import AuditEvent
from core.mail.models import Message
from fund.actions import questions
from fund.models import PublicQuestion

ASK = "/calls/prevention-first/ask/"
ANSWERS = "/manage/calls/prevention-first/setup/answers/"


@pytest.fixture
def asked(call, ada):
    return questions.ask(call=call, question="May Ada’s hotline be a partner?", by=ada)


def test_a_question_is_held_until_it_is_answered_and_who_asked_is_told(client, call, ada, amir, helena):
    client.force_login(ada)
    client.post(ASK, {"question": "May Ada’s hotline be a partner?"})
    own, public = client.get(ASK).content.decode(), client.get("/calls/prevention-first/").content.decode()
    row = PublicQuestion.objects.get()
    assert "Waits for an answer" in own
    assert "hotline" not in public

    client.force_login(helena)
    assert "Answer what was asked about a call" in client.get("/home/").content.decode()
    client.post(
        ANSWERS,
        {"step": f"answer:{row.pk}", f"q{row.pk}-question": "May a hotline be a partner?", f"q{row.pk}-answer": "Yes."},
    )

    client.force_login(amir)
    page = client.get("/calls/prevention-first/").content.decode()
    assert "May a hotline be a partner?" in page
    assert "Ada" not in page
    (message,) = Message.objects.all()
    assert (message.address, "Yes." in message.body) == (ada.email, True)


def test_a_question_can_be_declined_with_a_reason_that_only_who_asked_reads(client, asked, ada, amir, helena):
    client.force_login(helena)
    fields = {"step": f"decline:{asked.pk}", f"q{asked.pk}-question": asked.question}

    refused = client.post(ANSWERS, fields).content.decode()
    client.post(ANSWERS, fields | {f"q{asked.pk}-reason": "It is about one project only."})

    assert "Say why: who asked reads it." in refused
    assert "one project only" in Message.objects.get().body
    client.force_login(ada)
    assert "It is about one project only." in client.get(ASK).content.decode()
    client.force_login(amir)
    assert "one project" not in client.get(ASK).content.decode()


def test_a_changed_answer_tells_nobody_again(asked, helena):
    for answer in ("Yes.", "Yes, without money."):
        questions.answer(question=asked, words=asked.question, answer=answer, by=helena)

    assert Message.objects.count() == 1
    assert PublicQuestion.objects.get().answer == "Yes, without money."


def test_what_is_sent_twice_is_there_once_and_tells_once(client, asked, ada, helena):
    assert questions.ask(call=asked.call, question=f" {asked.question} ", by=ada) == asked
    for _ in range(2):
        questions.add(call=asked.call, question="How long?", answer="Two years.", by=helena)
    client.force_login(helena)
    for reason in ("It is about one project only.", "Another reason."):
        client.post(
            ANSWERS,
            {"step": f"decline:{asked.pk}", f"q{asked.pk}-question": asked.question, f"q{asked.pk}-reason": reason},
        )

    assert asked.call.questions.count() == 2
    assert "one project only" in Message.objects.get().body
    asked.refresh_from_db()
    assert asked.reason == "It is about one project only."


def test_one_person_has_five_open_questions_at_most(client, call, ada):
    client.force_login(ada)
    for number in range(6):
        page = client.post(ASK, {"question": f"Question {number}?"})

    assert "Your last 5 questions still wait for an answer." in page.content.decode()
    assert "Question 5?" in page.content.decode()
    assert call.questions.count() == 5


def test_only_who_runs_calls_answers_and_the_audit_names_no_words(client, asked, ada, audrey):
    for person in (ada, audrey):
        client.force_login(person)
        assert client.post(ANSWERS, {"step": f"remove:{asked.pk}"}).status_code == 403

    assert "hotline" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_the_fund_writes_and_removes_questions_of_its_own(client, call, helena):
    client.force_login(helena)
    client.post(ANSWERS, {"step": "add", "new-question": "How long?", "new-answer": "Two years."})
    row = call.questions.get()
    assert "Two years." in client.get("/calls/prevention-first/").content.decode()

    client.post(ANSWERS, {"step": f"remove:{row.pk}"})

    assert not call.questions.exists()


def test_programs_ask_and_read_what_pages_do(client, asked, ada, amir, helena):
    address = "/api/v1/calls/prevention-first/questions/"
    questions.add(call=asked.call, question="How long?", answer="Two years.", by=helena)

    assert [each["question"] for each in client.get(address).json()] == ["How long?"]
    assert client.post(address, {"question": "When?"}, "application/json").status_code == 401
    client.force_login(amir)
    too_long = client.post(address, {"question": "?" * 2001}, "application/json")
    assert (too_long.status_code, "at most 2000 characters" in too_long.content.decode()) == (400, True)
    assert client.post(address, {"question": "When?"}, "application/json").status_code == 201
    assert {each["question"] for each in client.get(address).json()} == {"How long?", "When?"}


def test_who_writes_a_draft_sees_that_there_are_new_answers(client, call, ada, helena):
    client.force_login(ada)
    draft = drafts.start(call=call, by=ada, at=clock.now())
    questions.add(call=call, question="How long?", answer="Two years.", by=helena)

    page = client.get(draft.get_absolute_url()).content.decode()

    assert "1 question about this call was answered since you began" in page
