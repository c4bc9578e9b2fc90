"""The definition of a form: what it may say, and the sentences for what it may not."""

import copy

import pytest
from django.utils import translation

from core.forms.definition import FormDefinition, Kind
from core.forms.faults import faults_in
from core.forms.kinds import CELLS
from core.forms.models import FormVersion
from tests import factories

BASE = {"key": "q", "kind": "short_text", "label": "What?"}


def form(*questions):
    return {"sections": [{"key": "s", "title": "Part", "questions": [dict(each) for each in questions]}]}


def sentences(*questions):
    return [fault.message for fault in faults_in(form(*questions))]


def test_the_form_of_the_tests_has_no_fault():
    assert list(faults_in(factories.FORM)) == []


@pytest.mark.parametrize(
    ("question", "name", "sentence"),
    [
        ({"key": "a b"}, "key", "Give it a key of at most 60 letters from a to z, digits, “-” and “_”."),
        ({"key": "back"}, "key", "The page uses the key “back” itself. Choose another."),
        ({"key": "title-revision"}, "key", "The page uses the key “title-revision” itself. Choose another."),
        ({"kind": "essay"}, "kind", "“essay” is no kind of question."),
        ({"label": " "}, "label", "Write the question."),
        ({"required": "yes"}, "required", "Write true or false."),
        ({"colour": "red"}, "colour", "Nothing here is called “colour”. Take it out, or correct the name."),
        ({"max_words": 0}, "max_words", "Write the limit as a whole number from 1 to 20000."),
        ({"max_words": 5, "max_chars": 5}, "max_chars", "Limit the words or the characters, not both."),
        ({"max_words": 9, "label": "คำถาม"}, "max_words", "Limit the characters: Thai, Lao, Khmer and Burmese have"),
        ({"kind": "date", "max_words": 5}, "max_words", "A question of the kind “date” has no “max_words”."),
        ({"kind": "number", "least": "many"}, "least", "Write a number in figures, such as 12."),
        ({"kind": "number", "least": 1}, "least", "Write it as a text, with quotes round it."),
        ({"kind": "number", "least": "5", "most": "1"}, "most", "The most is less than the least."),
        ({"kind": "date", "most": "June"}, "most", "Write a date as year-month-day, such as 2027-06-01."),
        ({"kind": "choice"}, "choices", "Write the answers to choose from."),
        ({"kind": "choice", "choices": [["a", ""]]}, "choices", "Write each answer as a short value and its words"),
        ({"kind": "choices", "choices": [["a", "A"], ["a", "B"]]}, "choices", "Two answers have the same value."),
        ({"kind": "table"}, "columns", "Give the table 1 to 8 columns."),
        ({"kind": "table", "columns": [{"key": "a"}]}, "columns", "Give column 1 a key, a kind and a label"),
        ({"role": "boss"}, "role", "“boss” is no use that an answer can have."),
        ({"kind": "date", "role": "title"}, "role", "An answer of the kind “date” cannot serve as “title”."),
        ({"kind": "budget", "shown_if": {"question": "q", "values": ["x"]}}, "shown_if", "The team and the budget are"),
        ({"shown_if": "always"}, "shown_if", "Write the condition as the key of an earlier question"),
        ({"help": "\x00"}, "", "The form holds a character that cannot be stored."),
        ({"help": "\ud800"}, "", "The form holds a character that cannot be stored."),
    ],
)  # fmt: skip
def test_what_a_question_may_not_say_gets_a_sentence_beside_it(question, name, sentence):
    first = next(faults_in(form({**BASE, **question})))
    assert (first.name, first.message[: len(sentence)]) == (name, sentence)


@pytest.mark.parametrize("raw", [None, [], "form", {}, {"sections": {}}, {"sections": [7]}, {"sections": []},
                                 {"sections": [{"key": "s", "title": "S", "questions": [None, {"kind": []}]}]}])  # fmt: skip
def test_what_is_no_form_is_refused_and_breaks_nothing(raw):
    assert list(faults_in(raw))


def test_everything_is_said_at_once_with_its_place():
    raw = form(BASE, {**BASE, "label": ""}) | {"sections": [*form(BASE, {**BASE, "label": ""})["sections"], {}]}
    assert [str(each) for each in faults_in(raw)] == [
        "Section 1, question 2 (“q”): The key “q” is taken. Each key stands once in a form.",
        "Section 1, question 2 (“q”): Write the question.",
        "Section 2 (“…”): Give it a key of at most 60 letters from a to z, digits, “-” and “_”.",
        "Section 2 (“…”): Give this section a title.",
    ]


CHOICE = {"key": "c", "kind": "choice", "label": "Which?", "choices": [["a", "A"], ["b", "B"]]}


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([{**BASE, "shown_if": {"question": "c", "values": ["a"]}}, CHOICE],
         "The question “c” comes later. A condition asks for an earlier answer; change the order."),
        ([{**BASE, "shown_if": {"question": "q", "values": ["a"]}}],
         "The question “q” comes later. A condition asks for an earlier answer; change the order."),
        ([{**BASE, "shown_if": {"question": "x", "values": ["a"]}}],
         "The condition asks for the question “x”, which this form does not have."),
        ([CHOICE, {**BASE, "shown_if": {"question": "c", "values": ["a", "z"]}}],
         "“z” is no answer to the question “c”. Choose among: a, b."),
        ([CHOICE, {**BASE, "shown_if": {"question": "c", "values": []}}],
         "Name the answers with which this question is shown."),
        ([BASE, {**BASE, "key": "r", "shown_if": {"question": "q", "values": ["a"]}}],
         "The question “q” has no answers to choose from, so nothing can depend on it."),
    ],
)  # fmt: skip
def test_a_condition_asks_for_an_earlier_answer_that_can_be_given(questions, sentence):
    assert sentences(*questions) == [sentence]


def test_a_table_has_columns_of_simple_kinds_only():
    columns = [{"key": f"c{number}", "kind": str(kind), "label": "C"} for number, kind in enumerate(sorted(CELLS))]
    assert sentences({**BASE, "kind": "table", "columns": columns, "least_rows": 1, "most_rows": 3}) == []
    columns[0]["kind"] = "file"
    (told,) = sentences({**BASE, "kind": "table", "columns": columns})
    assert told.startswith("Column 1 cannot be of the kind “file”.")
    assert sentences({**BASE, "kind": "table", "columns": columns[1:], "least_rows": 4, "most_rows": 3}) == [
        "The most rows are fewer than the least. Change one of them."
    ]


def test_a_page_holds_at_most_five_tables():
    table = {"kind": "table", "label": "T", "columns": [{"key": "a", "kind": "number", "label": "A"}]}
    tables = [{**table, "key": f"t{number}"} for number in range(6)]
    assert sentences(*tables[:5]) == []
    assert sentences(*tables) == ["A section has at most 5 tables. Put some of them in a section of their own."]


def test_the_ethics_block_stands_for_ordinary_questions_that_later_ones_may_depend_on():
    raw = form(
        {"key": "safe", "kind": "ethics", "label": "Ethics and safeguarding"},
        {**BASE, "shown_if": {"question": "safe-children", "values": ["direct"]}},
    )
    definition = FormDefinition.load(raw)

    assert list(faults_in(raw)) == []
    keys = [question.key for question in definition.questions()]
    assert keys[0] == "safe-children"
    assert keys[-1] == "q"
    assert Kind.ETHICS not in {question.kind for question in definition.questions()}
    assert definition.with_role("ethics_status").key == "safe-status"


def test_the_expanded_block_is_itself_a_form_without_fault():
    block = FormDefinition.load(form({"key": "e", "kind": "ethics", "label": "E"}))
    assert {question.heading for question in block.questions()} - {""} == {
        "Stop or go", "Seven topics", "Harms and benefits",
    }  # fmt: skip
    for question in block.questions():
        condition = question.shown_if
        assert condition is None or set(condition.values) <= {value for value, _ in condition.asked.choices}


def test_a_form_has_one_ethics_block_and_its_keys_are_taken():
    block = {"key": "e", "kind": "ethics", "label": "E"}
    assert "The form has a question of the kind “ethics” already." in sentences(block, {**block, "key": "f"})
    assert sentences({**BASE, "key": "e-consent"}, block) == [
        "The key “e-consent” is taken. Each key stands once in a form."
    ]


def test_the_block_counts_characters_where_the_form_does():
    raw = form({"key": "e", "kind": "ethics", "label": "จริยธรรม", "max_chars": 900})
    consent = FormDefinition.load(raw).question("e-consent")
    assert list(faults_in(raw)) == []
    assert (consent.max_words, consent.max_chars) == (None, 900)


def test_a_question_that_depends_on_a_hidden_one_is_hidden():
    nested = form(
        CHOICE,
        {**CHOICE, "key": "d", "shown_if": {"question": "c", "values": ["a"]}},
        {**BASE, "shown_if": {"question": "d", "values": ["b"]}},
    )
    question = FormDefinition.load(copy.deepcopy(nested)).question("q")
    assert question.is_shown({"c": "a", "d": "b"})
    assert not question.is_shown({"c": "b", "d": "b"})


def test_the_words_of_the_block_follow_the_language_and_are_plain_texts():
    version = FormVersion(content=form({"key": "e", "kind": "ethics", "label": "E"}))
    assert {type(question.label) for question in version.definition.questions()} == {str}
    before = version.definition
    with translation.override("ar"):
        assert version.definition is not before
    assert version.definition is before
