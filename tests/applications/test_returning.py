"""Returned for correction: only the questions named are open, until a date; without a new submission the old stands."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from applications.actions import drafts, readiness, returning, screening, submission
from applications.actions.writing import NotOpen
from applications.content import content_of
from applications.models import Application, Attachment, Incident
from core import clock
from core.files import store
from core.jobs.models import Job
from core.jobs.work import run_all
from core.mail.models import Message
from fund.models import Call
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


def lapse(returned) -> Application:
    """Let the date of a return pass without a new submission."""
    with clock.at(returned.closes_at() + timedelta(minutes=20)):
        assert returning.let_stand(application=returned)
    return Application.objects.get(pk=returned.pk)


def file_of(application, name: str) -> Attachment:
    """Put a file in an application whose content nobody reads here."""
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return Attachment.objects.create(
        application=application, question="letter", name=name, path=store.path_of(sha256), sha256=sha256, size=5,
        pages=2, attested=True,
    )  # fmt: skip


def test_what_says_the_same_stays_as_it_was_typed_when_a_correction_did_not_come(open_call, ada):
    factories.make_submitted(open_call, ada, answers={"title": "  First warnings  "})
    factories.close(open_call)
    returned = give_back(Application.objects.get(), "title", until=clock.now() + timedelta(days=3))
    before = set(returned.answers.values_list("key", "value", "revision"))

    assert set(lapse(returned).answers.values_list("key", "value", "revision")) == before


def test_the_files_of_the_version_stand_too(open_call, ada):
    draft = factories.make_draft(open_call, ada)
    taken, kept = file_of(draft, "taken.pdf"), file_of(draft, "kept.pdf")
    submitted = submission.submit(application=draft, by=ada, at=clock.now())
    factories.close(open_call)
    returned = give_back(submitted, until=clock.now() + timedelta(days=3))
    drafts.detach(attachment=taken, by=ada, at=clock.now())
    file_of(returned, "added.pdf")

    stands = lapse(returned)

    assert [each.name for each in stands.attachments.all()] == ["kept.pdf", "taken.pdf"]
    again = stands.attachments.get(name="taken.pdf")
    assert (stands.attachments.get(name="kept.pdf"), again.path, again.is_open) == (kept, taken.path, True)
    assert Job.objects.filter(kind="attachment-pages").get().payload == {"attachment": again.pk}
    files = {each["sha256"]: each for each in content_of(stands)["attachments"]}
    assert files == {each["sha256"]: each for each in stands.current.content["attachments"]}


def test_a_file_of_a_correction_is_not_read_before_it_is_submitted(submitted, ada, helena):
    returned = give_back(submitted)
    added = file_of(returned, "added.pdf")

    assert list(Attachment.objects.visible_to(ada)) == [added]
    assert list(Attachment.objects.visible_to(helena)) == []
    submission.submit(application=returned, by=ada, at=clock.now())
    assert list(Attachment.objects.visible_to(helena)) == [added]


def test_what_went_to_quarantine_meanwhile_does_not_come_back_open(open_call, ada):
    draft = factories.make_draft(open_call, ada)
    taken = file_of(draft, "taken.pdf")
    submitted = submission.submit(application=draft, by=ada, at=clock.now())
    factories.close(open_call)
    returned = give_back(submitted, until=clock.now() + timedelta(days=3))
    drafts.detach(attachment=taken, by=ada, at=clock.now())
    Incident.objects.create(sha256=taken.sha256, seen="A picture.", opened_at=clock.now())

    assert [each.state for each in lapse(returned).attachments.all()] == ["quarantined"]


def test_the_team_of_the_version_stands_too(open_call, ada, amir, ruth):
    draft = factories.make_draft(open_call, ada)
    editor = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=editor, by=amir)
    drafts.add_member(application=draft, name="Nour", part="investigator", organisation_name="Northmere", by=ada)
    submitted = submission.submit(application=draft, by=ada, at=clock.now())
    factories.close(open_call)
    returned = give_back(submitted, until=clock.now() + timedelta(days=3))
    drafts.remove_member(application=returned, member=editor, by=ada)
    drafts.change_member(member=returned.team.get(user=ada), name="Ada B.", part="investigator", by=ada)
    for __ in range(2):
        drafts.add_member(application=returned, name="Only named", by=ada)
    joined = drafts.add_member(application=returned, name="Ruth", email=ruth.email, access="viewer", by=ada)
    drafts.join(member=joined, by=ruth)

    stands = lapse(returned)

    assert [(each.name, each.part, each.access, each.user) for each in stands.team.all()] == [
        ("Ada", "co_investigator", "owner", ada),
        ("Amir", "co_investigator", "none", None),
        ("Nour", "investigator", "none", None),
        ("Ruth", "co_investigator", "viewer", ruth),
    ]
    assert stands.investigator_name == "Nour"
    assert content_of(stands)["team"][:3] == stands.current.content["team"]


def test_who_left_and_is_back_is_named_once(open_call, ada, amir):
    draft = factories.make_draft(open_call, ada)
    editor = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=editor, by=amir)
    submitted = submission.submit(application=draft, by=ada, at=clock.now())
    factories.close(open_call)
    returned = give_back(submitted, until=clock.now() + timedelta(days=3))
    drafts.remove_member(application=returned, member=editor, by=amir)
    again = drafts.add_member(application=returned, name="Amir", email=amir.email, access="viewer", by=ada)
    drafts.join(member=again, by=amir)

    assert [(each.name, each.user) for each in lapse(returned).team.all()] == [("Ada", ada), ("Amir", amir)]


def test_a_correction_that_was_ready_in_time_keeps_its_grace_period(open_call, ada):
    Call.objects.filter(pk=open_call.pk).update(grace_minutes=120)
    submitted = factories.make_submitted(open_call, ada)
    factories.close(open_call, timedelta(days=1))
    returned = give_back(submitted, "title", until=clock.now() + timedelta(days=3))
    drafts.save_answer(application=returned, key="title", value="Corrected", by=ada, at=clock.now())
    readiness.mark_ready(application=returned, by=ada, at=clock.now())
    ends = returned.closes_at()

    with clock.at(ends + timedelta(minutes=20)):
        run_all()
        assert Application.objects.get().state == "returned"
    corrected = submission.submit(application=returned, by=ada, at=ends + timedelta(minutes=119))
    assert (corrected.title, corrected.versions.count()) == ("Corrected", 2)


def test_a_correction_that_was_ready_and_never_came_is_ready_no_more(closed, ada):
    returned = give_back(closed, "title", until=clock.now() + timedelta(days=3))
    readiness.mark_ready(application=returned, by=ada, at=clock.now())

    assert lapse(returned).ready_at is None


def test_whoever_joins_changes_nothing_where_the_team_is_not_open(submitted, ada, amir):
    drafts.add_member(application=give_back(submitted), name="A. K.", email=amir.email, access="viewer", by=ada)
    again = submission.submit(application=submitted, by=ada, at=clock.now())
    returned = give_back(again, "title")

    drafts.join(member=returned.team.get(email=amir.email), by=amir)

    assert content_of(Application.objects.get()) == again.current.content
    assert returned.team.get(user=amir).name == "A. K."


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
