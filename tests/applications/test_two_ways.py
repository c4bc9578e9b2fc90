"""Pages and interface accept and refuse the same, sentence by sentence; the published schema refuses none of it."""

import html
import re

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from applications.forms import short
from applications.models import Answer, Application
from core.forms.answers import Problem, as_text, as_typed
from core.forms.definition import OWN_TABLE, FormDefinition, Kind
from core.forms.faults import faults_in
from core.forms.models import FormVersion
from core.forms.schema import DEFINITION_SCHEMA
from tests import factories
from tests.api.conftest import Program
from tests.applications import random_forms

LINE = re.compile(
    r'<a href="[^"]*/sections/([^/]+)/\?check=1#q-([^"]+)">(.*?)</a><br><span class="small quiet">(.*?)</span>',
    re.DOTALL,
)
SHARED = settings(deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)


def draft_of(call, person):
    return factories.drafts.start(call=call, by=person, at=call.opens_at + (call.closes_at - call.opens_at) / 2)


def by_pages(client, draft, form, answers):
    """Fill in every section by its page, as a browser without script sends it, and read what the check page says."""
    for section in form.sections:
        sent = {}
        for question in section.questions:
            sent |= controls_of(question, answers.get(question.key))
        assert client.post(reverse("apply:section", args=[draft.pk, section.key]), sent).status_code == 302
    return said_by_the_check_page(client, draft)


def controls_of(question, answer):
    if question.kind in OWN_TABLE:
        return {}
    seen = {f"{question.key}-revision": "0"}
    if answer is None:
        return seen
    if question.kind != Kind.TABLE:
        return seen | {question.key: answer}
    return seen | {
        f"{question.key}.{number}.{column.key}": cell
        for number, row in enumerate(answer)
        for column, cell in zip(question.columns, row, strict=True)
    }


def said_by_the_check_page(client, draft):
    page = client.get(reverse("apply:check", args=[draft.pk])).content.decode()
    return [tuple(html.unescape(part) for part in line) for line in LINE.findall(page)]


def by_typing(client, draft, form, answers):
    """Save each answer as the script of the page does."""
    for key, answer in answers.items():
        question = form.question(key)
        value = as_text(as_typed(question, answer)) if question.kind == Kind.TABLE else answer
        sent = {"key": key, "value": value, "revision": "0"}
        assert client.post(reverse("apply:autosave", args=[draft.pk]), sent).status_code == 200
    return said_by_the_check_page(client, draft)


def by_interface(program, draft, answers):
    saved = program("PATCH", f"my/applications/{draft.pk}/answers/", {"answers": answers})
    assert saved.status_code == 200, saved.data
    problems = [Problem(**each) for each in program.get(f"my/applications/{draft.pk}/problems/")]
    stored = program.get(f"my/applications/{draft.pk}/answers/")["answers"]
    return [(each.section, each.question, each.label, short(each)) for each in problems if each.section], stored


def compare(people, call, data):
    """Draw a form and answers, give them in three ways, and compare what is stored and what is said."""
    raw = data.draw(random_forms.forms())
    form = FormDefinition.load(raw)
    answers = data.draw(random_forms.answers(form))
    assert list(faults_in(raw)) == []
    assert Draft202012Validator(DEFINITION_SCHEMA).is_valid(raw)
    FormVersion.objects.filter(pk=call.form_id).update(content=raw)
    drafts = [draft_of(call, person) for person in people]
    Answer.objects.filter(application__in=drafts).delete()
    pages, typing, interface = (Program(person) for person in people)

    said = by_pages(pages.client, drafts[0], form, answers)
    typed = by_typing(typing.client, drafts[1], form, answers)
    told, stored = by_interface(interface, drafts[2], answers)

    assert said == typed == told
    kept = {key: value for key, value in stored_in(drafts[0]).items() if value or key in stored}
    assert kept == stored_in(drafts[1]) == stored
    schema = Draft202012Validator(interface.get(f"calls/{call.slug}/answers-schema/"))
    accepted = not [line for line in told if form.question(line[1]).kind not in OWN_TABLE]
    if accepted:
        assert [error.message for error in schema.iter_errors(stored)] == []
    if accepted and "\\x00" not in repr(answers):  # which the product takes out before it reads
        assert [error.message for error in schema.iter_errors(answers)] == []
    return accepted


def stored_in(draft):
    return {answer.key: answer.value for answer in Application.objects.get(pk=draft.pk).answers.all()}


@pytest.fixture
def three(db):
    """Three people who apply with the same answers, and of whom nothing is known that a draft would begin with."""
    return [factories.make_user(name) for name in ("First", "Second", "Third")]


def run(three, call, examples, **how):
    seen = {True: 0, False: 0}

    @settings(SHARED, max_examples=examples, **how)
    @given(st.data())
    def each(data):
        with transaction.atomic():
            seen[compare(three, call, data)] += 1
            transaction.set_rollback(True)

    each()
    print(f"accepted {seen[True]}, refused {seen[False]}")
    assert all(seen.values())


def test_pages_interface_and_schema_agree(three, open_call):
    run(three, open_call, 12, derandomize=True, phases=[Phase.generate])


@pytest.mark.soak
def test_pages_interface_and_schema_agree_on_thousands_of_forms(three, open_call):
    run(three, open_call, 3000)
