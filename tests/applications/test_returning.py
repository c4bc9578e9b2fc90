"""Returned for correction: only the questions named are open, until a date; without a new submission the old stands."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from applications.actions import drafts, returning, screening, submission
from applications.actions.writing import NotOpen
from applications.models import Application, Attachment
from core import clock
from core.jobs.models import Job
from core.jobs.work import run_all
from core.mail.models import Message
from tests import factories


def give_back(application, *keys, until=None, **asked):
    wanted = dict.fromkeys(keys, "") | asked
    screening.screen(application=application, outcome="returned", text="Please.", asked=wanted, until=until, by=None)
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def closed(open_call, ada):
    """Ada's submitted application of a call that is closed by now."""
    submitted = factories.make_submitted(open_call, ada)
    factories.close(open_call)
    return Application.objects.get(pk=submitted.pk)


def test_only_the_questions_that_are_named_can_be_written(submitted, ada):
    returned = give_back(submitted, title="Shorten it.")
    drafts.save_answer(application=returned, key="title", value="First warnings", by=ada, at=clock.now())

    with pytest.raises(NotOpen, match="“Summary for the public” stays as you submitted it"):
        drafts.save_answer(application=returned, key="summary", value="Other.", by=ada, at=clock.now())
    with pytest.raises(NotOpen):
        drafts.save_answers(application=returned, values={"title": "A", "summary": "B"}, by=ada, at=clock.now())
    assert returned.answers.get(key="title").value == "First warnings"


def test_team_budget_and_files_are_shut_and_opened_by_their_keys(submitted, ada):
    def attempts(returned):
        yield lambda: drafts.save_budget(application=returned, lines=factories.LINES, by=ada, at=clock.now())
        yield lambda: drafts.add_member(application=returned, name="Second", by=ada)
        yield lambda: drafts.attach(
            application=returned, question="letter", name="a.pdf", content=factories.make_pdf(), attested=True, by=ada,
            at=clock.now(),
        )  # fmt: skip

    returned = give_back(submitted, "title")
    for attempt in attempts(returned):
        with pytest.raises(NotOpen):
            attempt()
    Application.objects.filter(pk=returned.pk).update(state="submitted")
    returned = give_back(returned, "team", "budget", "letter", until=clock.now() + timedelta(days=60))
    for attempt in attempts(returned):
        attempt()
    drafts.detach(attachment=Attachment.objects.get(), by=ada, at=clock.now())


def test_what_an_open_answer_brings_up_is_open_with_it(submitted, ada):
    returned = give_back(submitted, "children")
    drafts.save_answers(
        application=returned, values={"children": "direct", "consent": "They sign."}, by=ada, at=clock.now()
    )  # fmt: skip

    assert submission.submit(application=returned, by=ada, at=clock.now()).state == "submitted"


def test_a_return_without_names_opens_everything(submitted, ada):
    returned = give_back(submitted)

    assert drafts.save_answers(application=returned, values=factories.ANSWERS, by=ada, at=clock.now()) == []


def test_a_question_that_the_form_does_not_have_is_refused(submitted):
    with pytest.raises(ValidationError, match="no question “mood”"):
        give_back(submitted, "mood")


def test_submitting_again_makes_a_version_with_its_own_hash_and_closes_the_questions(submitted, ada):
    returned = give_back(submitted, "title")
    drafts.save_answer(application=returned, key="title", value="First warnings", by=ada, at=clock.now())
    again = submission.submit(application=returned, by=ada, at=clock.now())

    first, second = again.versions.all()
    assert (first.number, second.number, again.current, again.open_questions) == (1, 2, second, [])
    assert first.sha256 != second.sha256


def test_the_owner_reads_in_the_mail_what_each_question_needs(submitted, ada):
    give_back(submitted, title="It is too long.", team="Name the partner.")

    body = Message.objects.get(person=ada).body
    assert "- Title: It is too long.\n- Team: Name the partner." in body
    assert "Everything else stays as you submitted it." in body


def test_without_a_new_submission_the_submitted_version_stands(closed, ada):
    returned = give_back(closed, "title", "budget", until=clock.now() + timedelta(days=3))
    drafts.save_answer(application=returned, key="title", value="Half a correction", by=ada, at=clock.now())
    drafts.save_budget(application=returned, lines=factories.LINES[:1], by=ada, at=clock.now())

    with clock.at(returned.closes_at() + timedelta(minutes=20)):
        run_all()
        stands = Application.objects.get(pk=closed.pk)
        assert (stands.state, stands.title, stands.amount) == ("submitted", closed.title, closed.amount)
        assert stands.answers.get(key="title").value == closed.title
        assert stands.budget_lines.count() == len(factories.LINES)
        assert (stands.open_questions, stands.versions.count()) == ([], 1)
        message = Message.objects.filter(person=ada).latest("pk")
        assert message.subject == f"{closed.reference} stands as you submitted it"


def test_the_end_of_a_return_waits_for_more_time(closed, ada):
    returned = give_back(closed, "title", until=clock.now() + timedelta(days=3))
    ends = returned.closes_at()
    submission.extend(application=returned, until=ends + timedelta(days=2), reason="Illness", by=None)

    with clock.at(ends + timedelta(hours=1)):
        run_all()
        assert Application.objects.get(pk=closed.pk).state == "returned"
        assert Job.objects.filter(kind="correction-ends", state="waiting").get().due_at > ends + timedelta(days=2)


def test_an_answered_return_does_not_end_again(closed, ada):
    returned = give_back(closed, "title", until=clock.now() + timedelta(days=3))
    submission.submit(application=returned, by=ada, at=clock.now())

    assert returning.let_stand(application=returned) is False


def test_the_task_list_shows_only_what_is_asked(as_ada, submitted):
    returned = give_back(submitted, title="It is too long.")
    page = as_ada.get(reverse("apply:detail", args=[returned.pk])).content.decode()

    assert "It is too long." in page
    assert "Not changed yet" in page
    assert "Everything else stays as you submitted it" in page
    assert "Summary for the public" not in page


def test_a_section_has_fields_for_the_open_questions_only(as_ada, submitted):
    returned = give_back(submitted, title="It is too long.")
    project = as_ada.get(reverse("apply:section", args=[returned.pk, "project"])).content.decode()
    budget = as_ada.get(reverse("apply:section", args=[returned.pk, "budget"])).content.decode()

    assert 'name="title"' in project
    assert 'name="summary"' not in project
    assert factories.ANSWERS["summary"] in project
    assert "as submitted, not open" in budget
    assert "Save and add lines" not in budget


def test_saving_a_section_keeps_what_was_typed_for_a_shut_question(as_ada, submitted):
    returned = give_back(submitted, "title")
    url = reverse("apply:section", args=[returned.pk, "project"])
    answer = as_ada.post(url, {"summary": "From an old tab", "summary-revision": "1"})

    assert answer.status_code == 409
    assert "From an old tab" in answer.content.decode()
