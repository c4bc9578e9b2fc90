"""The form builder in the browser, without script."""

import json
import re

import pytest
from jsonschema import Draft202012Validator

from core.forms.faults import faults_in
from core.forms.models import FormVersion
from core.forms.schema import DEFINITION_SCHEMA
from fund import standard
from fund.building.edits import questions_in
from fund.models import Call

FORM = "/manage/calls/prevention-first/setup/form/"


@pytest.fixture
def as_helena(client, helena):
    client.force_login(helena)
    return client


def step(client, name, **more):
    return client.post(FORM, {"step": name, **more}, follow=True)


def keys(call):
    call = Call.objects.select_related("form").get(pk=call.pk)
    return {each["key"]: [one["key"] for one in each["questions"]] for each in call.form.content["sections"]}


def question(call, key):
    call = Call.objects.select_related("form").get(pk=call.pk)
    return next(each for each in questions_in(call.form.content) if each["key"] == key)


def test_many_questions_are_added_in_one_go_with_limits_and_answers(as_helena, draft):
    text = "Background (400 words)\nKeywords (80 characters, optional)\nMethod"
    step(as_helena, "add-questions:project", lines=text, kind="long_text")
    page = step(as_helena, "add-questions:money", lines="Status | Asked for | Approved", kind="choice")

    assert keys(draft) == {
        "project": ["title", "summary", "theme", "background", "keywords", "method"], "money": ["budget", "status"],
    }  # fmt: skip
    background, keywords = question(draft, "background"), question(draft, "keywords")
    assert (background["label"], background["max_words"], background["required"]) == ("Background", 400, True)
    assert (keywords["max_chars"], keywords["required"]) == (80, False)
    assert question(draft, "status")["choices"] == [["asked-for", "Asked for"], ["approved", "Approved"]]
    assert "Choose one · 2 answers" in page.content.decode()


def test_a_whole_form_is_typed_as_lines(as_helena, draft):
    text = """
        Length of the project (number)
        With children? (yes or no)
        # Method
        Method (600 words)
        What you use (several, optional) | Interviews | Platform data
        Milestones (table) | What is finished | By (date)
        What (if anything) is new (40 words)
        Notes (see the guide)
    """
    step(as_helena, "add-questions:money", lines=text, kind="long_text")

    assert keys(draft) == {
        "project": ["title", "summary", "theme"], "money": ["budget", "length-of-the-project", "with-children"],
        "method": ["method", "what-you-use", "milestones", "what-if-anything-is-new", "notes-see-the-guide"],
    }  # fmt: skip
    use, milestones = question(draft, "what-you-use"), question(draft, "milestones")
    assert (use["kind"], use["required"]) == ("choices", False)
    assert [(each["label"], each["kind"]) for each in milestones["columns"]] == [
        ("What is finished", "short_text"), ("By", "date"),
    ]  # fmt: skip
    assert question(draft, "with-children")["kind"] == "yes_no"
    assert question(draft, "notes-see-the-guide")["max_words"] == 300


def test_a_question_moves_over_the_edge_of_its_section_and_by_a_drop(as_helena, draft):
    step(as_helena, "question-down:theme")
    assert keys(draft) == {"project": ["title", "summary"], "money": ["theme", "budget"]}

    step(as_helena, "place:budget", section="project", before="summary")
    assert keys(draft) == {"project": ["title", "budget", "summary"], "money": ["theme"]}

    step(as_helena, "question-up:title")
    assert keys(draft) == {"project": ["title", "budget", "summary"], "money": ["theme"]}


def test_questions_and_sections_are_copied_and_removed(as_helena, draft):
    step(as_helena, "question-copy:summary")
    step(as_helena, "question-remove:theme")
    step(as_helena, "add-sections", titles="Team\nEthics")
    step(as_helena, "section-up:ethics")
    step(as_helena, "section-remove:team")

    assert keys(draft) == {"project": ["title", "summary", "summary-2"], "money": ["budget"], "ethics": []}
    assert "role" not in question(draft, "summary-2")


def test_a_question_says_when_it_is_shown_and_the_one_it_depends_on_stays(as_helena, draft):
    step(as_helena, "add-questions:project", lines="With children?", kind="yes_no")
    step(as_helena, "add-questions:project", lines="Their ages", kind="short_text")
    address = f"{FORM}questions/their-ages/"
    fields = {"label": "Their ages", "kind": "short_text", "required": "on", "max_chars": "100"}

    nothing = as_helena.post(address, fields | {"after": "with-children"}).content.decode()
    as_helena.post(address, fields | {"after": "with-children", "values-with-children": ["yes"]})
    refused = step(as_helena, "question-remove:with-children").content.decode()
    turned = step(as_helena, "question-up:their-ages").content.decode()

    assert "Choose the answers with which this question is shown." in nothing
    assert question(draft, "their-ages")["shown_if"] == {"question": "with-children", "values": ["yes"]}
    assert "“Their ages” is shown by the answer to “With children?”. Change that first." in refused
    assert "comes later" in turned
    assert keys(draft)["project"][-2:] == ["with-children", "their-ages"]


def test_what_makes_a_question_unusable_is_said_beside_its_field(as_helena, draft):
    page = as_helena.post(
        f"{FORM}questions/title/", {"label": "Title", "kind": "short_text", "max_words": "9", "max_chars": "9"}
    )

    assert "Limit the words or the characters, not both." in page.content.decode()
    assert question(draft, "title")["max_chars"] == 140


def test_an_answer_that_gets_other_words_keeps_its_value(as_helena, draft):
    step(as_helena, "add-questions:project", lines="Status | Asked for | Approved", kind="choice")

    fields = {"label": "Status", "kind": "choice", "choices": "Applied for\nApproved\nNot needed"}
    as_helena.post(f"{FORM}questions/status/", fields)

    assert question(draft, "status")["choices"] == [
        ["asked-for", "Applied for"], ["approved", "Approved"], ["not-needed", "Not needed"],
    ]  # fmt: skip


def test_a_table_takes_its_columns_as_lines(as_helena, draft):
    answer = step(as_helena, "add-questions:project", lines="Costs", kind="table")
    assert answer.request["PATH_INFO"] == f"{FORM}questions/costs/"

    fields = {"label": "Costs", "kind": "table", "columns": "What\nAmount (money)\nSince (date, optional)"}
    as_helena.post(f"{FORM}questions/costs/", fields)

    assert question(draft, "costs")["columns"] == [
        {"key": "what", "label": "What", "kind": "short_text", "required": True},
        {"key": "amount", "label": "Amount", "kind": "money", "required": True},
        {"key": "since", "label": "Since", "kind": "date", "required": False},
    ]


def test_a_form_that_another_call_has_is_copied_at_the_first_change(as_helena, draft, draft_fields):
    other = Call.objects.get(pk=draft.pk)
    other.pk, other.slug, other.prefix = None, "other", "OTHER"
    other.save()

    step(as_helena, "question-remove:summary")

    draft.refresh_from_db()
    assert draft.form.number == 2
    assert "summary" in {each["key"] for each in questions_in(Call.objects.get(slug="other").form.content)}


def test_only_the_changes_that_somebody_looked_through_are_put_in_force(as_helena, call):
    changes = f"{FORM}changes/"
    step(as_helena, "question-remove:summary")
    first = as_helena.get(changes).context["seen"]
    step(as_helena, "question-copy:title")

    refused = as_helena.post(changes, {"note": "One question less.", "seen": first})
    before = Call.objects.get(pk=call.pk).form_id
    as_helena.post(changes, {"note": "One question less.", "seen": refused.context["seen"]})

    assert "Look through the list once more." in refused.content.decode()
    assert before == call.form_id
    assert keys(call)["project"] == ["title", "title-2", "theme"]


def test_a_form_goes_out_as_a_file_and_comes_back_the_same(as_helena, draft):
    sent = as_helena.get(f"{FORM}form.json").content.decode()
    step(as_helena, "question-remove:summary")

    as_helena.post(f"{FORM}start/", {"text": sent})

    assert Call.objects.get(pk=draft.pk).form.content == json.loads(sent)


def test_a_file_that_cannot_be_used_is_reported_line_by_line_and_changes_nothing(as_helena, draft):
    content = json.dumps(draft.form.content, indent=1).replace("long_text", "essay").replace('"max_chars"', '"chars"')

    page = as_helena.post(f"{FORM}start/", {"text": content}).content.decode()
    broken = as_helena.post(f"{FORM}start/", {"text": '{"sections": [\n\n{"key": }]}'}).content.decode()

    assert "Nothing here is called “chars”. Take it out, or correct the name." in page
    assert "“essay” is no kind of question." in page
    line = next(n for n, each in enumerate(content.splitlines(), 1) if "essay" in each)
    assert f"Line {line}: " in page
    assert "Line 3: This is not JSON from here on" in broken
    assert FormVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"sections": NaN}', "This file holds a number that no form has."),
        ('{"sections": [{"most": %s}]}' % ("9" * 5000), "This file holds a number that no form has."),
        ('{"sections": ' + "[" * 700 + "]" * 700 + "}", "This file is nested too deep to be a form."),
    ],
)  # fmt: skip
def test_a_file_of_any_shape_gets_a_sentence(as_helena, draft, text, sentence):
    assert sentence in as_helena.post(f"{FORM}start/", {"text": text}).content.decode()


def test_lines_that_cannot_be_added_stay_typed_beside_what_is_wrong(as_helena, draft):
    for lines, sentence in (
        ("Another budget (budget)", "The form has a question of the kind “budget” already."),
        ("One\n" * 301, "Add at most 300 lines at a time."),
    ):
        page = step(as_helena, "add-questions:money", lines=lines, kind="long_text").content.decode()
        assert sentence in page
        assert lines.strip().splitlines()[-1] in page
    sections = step(as_helena, "add-sections", titles="One\n" * 51).content.decode()

    assert "Add at most 50 sections at a time." in sections
    assert keys(draft) == {"project": ["title", "summary", "theme"], "money": ["budget"]}


def test_a_question_may_be_called_as_the_page_calls_its_own_parts(as_helena, draft):
    lines = "Back\nLast revision\nA number of words (%s words)" % ("9" * 5000)
    step(as_helena, "add-questions:project", lines=lines, kind="short_text")

    assert keys(draft)["project"][3:5] == ["back-2", "last-revision-2"]


@pytest.mark.parametrize("kind", ["team", "budget"])
def test_the_preview_leads_to_no_page_of_a_draft_that_is_not_there(as_helena, draft, kind):
    section = {"key": "one", "title": "One", "questions": [{"key": kind, "kind": kind, "label": kind.capitalize()}]}
    FormVersion.objects.filter(pk=draft.form_id).update(content={"sections": [section]})

    assert "/apply/0/" not in linked(as_helena.get("/apply/preview/prevention-first/one/?bare=1"))


def linked(response):
    return " ".join(re.findall(r'<a [^>]*href="([^"]+)"', response.content.decode()))


def test_the_preview_shows_what_is_typed_and_saves_nothing(as_helena, draft):
    preview = "/apply/preview/prevention-first/project/"

    page = as_helena.get(preview).content.decode()
    typed = as_helena.post(f"{preview}?bare=1&question=title", {"label": "Name it", "kind": "short_text"})

    assert "Summary for the public" in page
    assert "Name it" in typed.content.decode()
    assert "Summary for the public" not in typed.content.decode()
    assert typed["X-Frame-Options"] == "SAMEORIGIN"
    assert "This copy runs on this machine only (127.0.0.1)." in typed.content.decode()
    assert question(draft, "title")["label"] == "Title"


@pytest.mark.parametrize("content", [standard.FORM, standard.EMPTY_FORM], ids=["standard", "empty"])
def test_what_a_form_starts_with_suits_the_published_schema(content):
    Draft202012Validator(DEFINITION_SCHEMA).validate(content)
    assert not list(faults_in(content))
