"""The published schemas: valid themselves, and as strict as a schema can be."""

import pytest
from jsonschema import Draft202012Validator

from core.forms.answers_schema import answers_schema
from core.forms.definition import FormDefinition
from core.forms.schema import DEFINITION_SCHEMA
from tests import factories

ANSWERS = answers_schema(FormDefinition.load(factories.FORM), themes=["prevention"])


def refused(schema, value) -> bool:
    return not Draft202012Validator(schema).is_valid(value)


def test_both_schemas_are_schemas():
    Draft202012Validator.check_schema(DEFINITION_SCHEMA)
    Draft202012Validator.check_schema(ANSWERS)


def test_the_form_of_the_tests_and_its_answers_fit():
    assert not refused(DEFINITION_SCHEMA, factories.FORM)
    assert not refused(ANSWERS, factories.ANSWERS)


@pytest.mark.parametrize(
    "change",
    [
        {"title": ""}, {"title": ["a"]}, {"theme": "other"}, {"children": "some"}, {"approved": "maybe"},
        {"true": ""}, {"months": "many"}, {"unknown": "x"}, {"children": "direct"},
        {"children": "data", "ages": ["14"]}, {"country": "1"},
    ],
)  # fmt: skip
def test_the_schema_of_the_answers_refuses_what_the_form_refuses(change):
    assert refused(ANSWERS, factories.ANSWERS | change)


def test_what_is_not_shown_is_not_read():
    assert not refused(ANSWERS, factories.ANSWERS | {"ages": ["14"], "consent": ""})


def test_what_a_schema_cannot_say_is_listed():
    rules = {(each["question"], each["rule"]) for each in ANSWERS["x-rules"]}
    assert ("title", "At most 140 characters.") in rules
    assert any(question == "summary" and rule.startswith("At most 50 words") for question, rule in rules)
    assert any((question == "budget" and "sum of the lines" in rule) or "their sum" in rule for question, rule in rules)


@pytest.mark.parametrize(
    "question",
    [{"kind": "essay"}, {"kind": "choice"}, {"kind": "table"}, {"label": ""}, {"colour": "red"}, {"role": "boss"}],
)
def test_the_schema_of_a_form_refuses_what_a_form_may_not_say(question):
    asked = {"key": "q", "kind": "short_text", "label": "Q", **question}
    assert refused(DEFINITION_SCHEMA, {"sections": [{"key": "s", "title": "S", "questions": [asked]}]})


def test_the_schemas_are_public(client, open_call):
    form = client.get("/schemas/form.json")
    answers = client.get(f"/api/v1/calls/{open_call.slug}/answers-schema/")
    assert form.json() == {"$id": "http://testserver/schemas/form.json", **DEFINITION_SCHEMA}
    assert answers.json()["properties"]["theme"]["enum"] == [theme.slug for theme in open_call.themes.all()]
