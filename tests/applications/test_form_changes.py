"""The form of an open call changes: drafts move on and are told, submitted applications keep theirs."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from applications.actions import readiness
from applications.models import Application
from core import clock
from core.forms.models import FormVersion
from core.jobs.work import run_all
from core.mail.models import Message
from core.states import WrongState
from fund.actions import forms
from fund.building import edits, lines
from fund.models import Call
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return factories.make_call("open")


@pytest.fixture
def helena():
    return factories.make_user("Helena", "administrator", email="helena@helena.example")


@pytest.fixture
def ada():
    return factories.make_user("Ada", email="ada@northmere.example")


def change(call, helena, edit):
    forms.change_form(call=call, edit=edit, step="test", by=helena)


def without_summary_with_reach(call, helena):
    change(call, helena, partial(edits.remove_question, key="summary"))
    new = [lines.question("Reach (50 words)", edits.Kind.LONG_TEXT)]
    change(call, helena, partial(edits.add_questions, section="project", questions=new))
    title = edits.question_of(call.form.content, "title") | {"label": "Name of the project"}
    change(call, helena, partial(edits.change_question, key="title", question=title))


def test_nobody_is_asked_by_a_changed_form_before_it_is_in_force(call, helena):
    before = call.form_id

    without_summary_with_reach(call, helena)

    call = Call.objects.get(pk=call.pk)
    assert call.form_id == before
    assert call.form.definition.question("summary") is not None
    assert call.next_form.definition.question("reach") is not None
    assert call.next_form.number == call.form.number + 1


def test_drafts_move_on_are_told_and_lose_no_answer(call, helena, ada, client):
    draft = factories.make_draft(call, ada, answers={"summary": "What happens after a report?"})
    without_summary_with_reach(call, helena)

    forms.put_in_force(call=call, note="We need to know whom it reaches.", by=helena)
    run_all()

    draft = Application.objects.get(pk=draft.pk)
    assert draft.form.definition.question("reach") is not None
    (message,) = Message.objects.filter(address=ada.email, subject__startswith="The form of")
    assert "* Reach (The project)" in message.body
    assert "Name of the project" in message.body
    client.force_login(ada)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "We need to know whom it reaches." in page
    assert "1 answer of yours is no longer asked" in page
    assert "What happens after a report?" in page


def test_a_draft_that_is_called_ready_with_the_new_form_stays_ready(call, helena, ada):
    draft = factories.make_draft(call, ada)
    readiness.mark_ready(application=draft, by=ada, at=clock.now())
    change(call, helena, partial(edits.change_question, key="title", question=renamed(call)))
    forms.put_in_force(call=call, note="A better word", by=helena)
    other = factories.make_draft(call, factories.make_user("Amir"))
    readiness.mark_ready(application=other, by=other.started_by, at=clock.now())

    run_all()

    assert Application.objects.get(pk=draft.pk).ready_at is None
    assert Application.objects.get(pk=other.pk).ready_at is not None


def renamed(call):
    return edits.question_of(call.form.content, "title") | {"label": "Name of the project"}


def test_a_submitted_application_keeps_its_form(call, helena, ada):
    submitted = factories.make_submitted(call, ada)
    without_summary_with_reach(call, helena)

    forms.put_in_force(call=call, note="We need to know whom it reaches.", by=helena)
    run_all()

    submitted = Application.objects.get(pk=submitted.pk)
    assert submitted.form.definition.question("summary") is not None
    assert submitted.call.form.definition.question("summary") is None
    assert not Message.objects.filter(subject__startswith="The form of").exists()


def test_changes_can_be_dropped(call, helena):
    without_summary_with_reach(call, helena)

    forms.drop_changes(call=call, by=helena)

    call.refresh_from_db()
    assert call.next_form is None
    assert not FormVersion.objects.filter(number=call.form.number + 1, title=call.form.title).exists()
    with pytest.raises(WrongState):
        forms.put_in_force(call=call, note="Why", by=helena)


def test_a_change_needs_a_reason_and_something_that_changed(call, helena):
    change(call, helena, partial(edits.copy_question, key="summary"))
    with pytest.raises(ValidationError, match="Say why the form changes"):
        forms.put_in_force(call=call, note=" ", by=helena)

    change(call, helena, partial(edits.remove_question, key="summary-2"))

    with pytest.raises(ValidationError, match="asks the same"):
        forms.put_in_force(call=call, note="Why", by=helena)
