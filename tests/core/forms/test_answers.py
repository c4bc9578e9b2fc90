"""Forms as data, and what is wrong with an answer."""

import pytest
from django.core.exceptions import ValidationError

from core.forms.answers import as_text, as_typed, problem_with, problems
from core.forms.definition import FormDefinition, Question
from core.forms.tables import from_text
from core.words import count_characters

FORM = FormDefinition.load(
    {
        "sections": [
            {
                "key": "summary",
                "title": "Summary",
                "questions": [
                    {"key": "title", "kind": "short_text", "label": "Title", "required": True, "max_words": 3},
                    {"key": "children", "kind": "yes_no", "label": "Do children take part?", "required": True},
                    {
                        "key": "consent", "kind": "long_text", "label": "How is consent given?", "required": True,
                        "shown_if": {"question": "children", "values": ["yes"]},
                    },
                ],
            }
        ]
    }
)  # fmt: skip


def test_all_that_is_missing_is_said_at_once():
    assert [(each.question, each.message) for each in problems(FORM, {})] == [
        ("title", "Write an answer: Title"),
        ("children", "Choose an answer: Do children take part?"),
    ]


def test_a_question_that_is_not_shown_is_not_missing():
    assert list(problems(FORM, {"title": "A study", "children": "no"})) == []
    found = list(problems(FORM, {"title": "A study", "children": "yes"}))
    assert [each.question for each in found] == ["consent"]


@pytest.mark.parametrize(
    ("question", "answer", "sentence"),
    [
        ({"kind": "short_text", "max_words": 3}, "one two three four", "Shorten this answer by 1 word."),
        ({"kind": "short_text", "max_chars": 3}, "abcdef", "Shorten this answer by 3 characters."),
        ({"kind": "number", "least": "6", "most": "24"}, "36", "Write 24 or less."),
        ({"kind": "number", "least": "1 000", "most": ""}, "12", "Write 1 000 or more."),
        ({"kind": "money", "least": "", "most": "1\u202f000"}, "1,200", "Write 1\u202f000 or less."),
        ({"kind": "number"}, "many", "Write a number in figures, such as 12."),
        ({"kind": "money"}, "-1", "An amount cannot be negative. Write it without the minus sign."),
        ({"kind": "date"}, "next June", "Write a date as year-month-day, such as 2027-06-01."),
        ({"kind": "choice", "choices": [["a", "A"]]}, "b", "Choose one of the answers that are offered."),
        ({"kind": "choices", "choices": [["a", "A"]]}, ["a", "b"], "Choose one of the answers that are offered."),
        ({"kind": "yes_no"}, "maybe", "Choose yes or no."),
        ({"kind": "country"}, "XX", "“XX” is not a country code of two letters, such as KE."),
        ({"kind": "declaration"}, "no", "Confirm this to go on: Q"),
        ({"kind": "number"}, "12,5", "Write a number in figures, such as 12."),
        ({"kind": "number"}, "1e3", "Write a number in figures, such as 12."),
        ({"kind": "money"}, "12,5", "“12,5” is not an amount. Write it in figures, such as 12,500."),
        ({"kind": "date"}, "20270601", "Write a date as year-month-day, such as 2027-06-01."),
        ({"kind": "date", "least": "2027-01-01"}, "2026-12-31", "Write a date on or after 2027-01-01."),
        ({"kind": "date", "most": "2027-01-01"}, "2027-01-02", "Write a date on or before 2027-01-01."),
        ({"kind": "yes_no", "stops": [["no", "Stop here."]]}, "no", "Stop here."),
        ({"kind": "choice", "choices": [["a", "A"]]}, " ", "Choose one of the answers that are offered."),
        (
            {"kind": "orcid"},
            "0000-0002-1825-0098",
            "“0000-0002-1825-0098” is not an ORCID iD. It has four groups of four, such as 0000-0002-1825-0097.",
        ),
        (
            {"kind": "organisation"},
            "https://ror.org/03yrm5c27",
            "“03yrm5c27” is not a ROR id. Copy the nine characters after ror.org/, such as 03yrm5c26.",
        ),
        (
            {"kind": "organisation"},
            "03yrm5c27",
            "“03yrm5c27” is not a ROR id. Copy the nine characters after ror.org/, such as 03yrm5c26.",
        ),
    ],
)
def test_a_wrong_answer_gets_a_sentence_that_helps(question, answer, sentence):
    assert problem_with(Question.load({"key": "q", "label": "Q", **question}), answer) == sentence


@pytest.mark.parametrize(
    "answer",
    ["", "   ", None, []],
)
def test_an_empty_answer_is_missing_only_where_it_is_required(answer):
    question = {"key": "q", "label": "Q", "kind": "long_text"}
    assert problem_with(Question.load(question), answer) is None
    assert problem_with(Question.load(question | {"required": True}), answer) == "Write an answer: Q"


def test_two_questions_with_one_key_are_no_form():
    section = {"key": "s", "title": "S", "questions": [{"key": "q", "kind": "date", "label": "Q"}] * 2}
    with pytest.raises(ValueError, match="Two questions have the key “q”."):
        FormDefinition.load({"sections": [section]})


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("number", "1,20,000.5"), ("number", " -12 "), ("number", "12\u202f500"), ("country", "no"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097"), ("organisation", "https://ror.org/03yrm5c26"),
        ("organisation", "03YRM5C26"), ("organisation", "Northmere University"), ("organisation", "The Friends of ror.org/us"), ("date", " 2027-06-01 "),
    ],
)  # fmt: skip
def test_what_people_write_is_read(kind, answer):
    assert problem_with(Question.load({"key": "q", "label": "Q", "kind": kind}), answer) is None


TABLE = Question.load({
    "key": "t", "label": "Partners", "kind": "table", "least_rows": 1, "most_rows": 2, "required": True,
    "columns": [
        {"key": "name", "kind": "short_text", "label": "Name", "required": True},
        {"key": "days", "kind": "number", "label": "Days"},
        {"key": "cost", "kind": "money", "label": "Cost"},
        {"key": "from", "kind": "date", "label": "From"},
    ],
})  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Add a row: Partners"),
        ([["Harbour Trust", "3", "1,200", "2027-06-01"]], None),
        ([["Harbour Trust", "", "", ""]], None),
        ([["", "three", "-1", "June"]],
         (
             "Row 1, Name: Fill this in. Row 1, Days: Write a number in figures, such as 12. "
         "Row 1, Cost: An amount cannot be negative. Write it without the minus sign. "
         "Row 1, From: Write a date as year-month-day, such as 2027-06-01."
         )),
        ([["A", "", "", ""]] * 3, "Take out rows: at most 2 fit."),
    ],
)  # fmt: skip
def test_a_table_is_read_cell_by_cell(rows, sentence):
    assert problem_with(TABLE, rows) == sentence


def test_what_is_kept_of_a_table_is_as_wide_as_it_and_has_no_empty_rows():
    kept = as_typed(TABLE, [["A"], [" ", ""], ["B\tx\ny", "2\x00"]])
    assert kept == [["A", "", "", ""], ["B x y", "2", "", ""]]
    assert from_text(as_text(kept)) == kept
    assert as_typed(TABLE, from_text("A\x0cB\t2\r\nC")) == [["A B", "2", "", ""], ["C", "", "", ""]]


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        (TABLE, "text", "Send this answer as a list of rows, each a list of at most 4 texts."),
        (TABLE, [["1", "2", "3", "4", "5"]], "Send this answer as a list of rows, each a list of at most 4 texts."),
        (TABLE, [["1"]] * 201, "Take out rows: at most 200 fit."),
        (Question.load({"key": "q", "label": "Q", "kind": "choices"}), "a", "Send this answer as a list of texts."),
        (Question.load({"key": "q", "label": "Q", "kind": "date"}), ["a"], "Send this answer as a text."),
        (Question.load({"key": "q", "label": "Q", "kind": "date"}), None, "Send this answer as a text."),
    ],
)
def test_an_answer_of_another_shape_is_not_kept(question, value, sentence):
    with pytest.raises(ValidationError) as refusal:
        as_typed(question, value)
    assert refusal.value.messages == [sentence]


def test_the_bullets_that_word_pastes_are_kept_as_bullets_and_all_else_as_it_was_typed():
    typed = "\uf0b7 one\r\n\uf0a7 two\r\n\uf0d8 three\r\n\uf0a8 no \uf0fe yes\r\n✔ ☐ 𝛽 😀 \ue001"
    kept = "• one\n• two\n• three\n□ no ✓ yes\n✔ ☐ 𝛽 😀 \ue001"

    assert as_typed(Question.load({"key": "why", "kind": "long_text", "label": "Why?"}), typed) == kept
    assert count_characters(kept) == count_characters(typed)
    assert as_typed(TABLE, [["\uf0b7 A"]])[0][0] == "• A"
