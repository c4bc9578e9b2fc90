"""Forms as data, and what is wrong with an answer."""

import pytest

from core.forms.answers import problem_with, problems
from core.forms.definition import FormDefinition, Question

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
        ({"kind": "number"}, "many", "Write a number in figures, such as 12."),
        ({"kind": "money"}, "-1", "An amount cannot be negative. Write it without the minus sign."),
        ({"kind": "date"}, "next June", "Write a date as year-month-day, such as 2027-06-01."),
        ({"kind": "choice", "choices": [["a", "A"]]}, "b", "Choose one of the answers that are offered."),
        ({"kind": "choices", "choices": [["a", "A"]]}, ["a", "b"], "Choose one of the answers that are offered."),
        ({"kind": "yes_no"}, "maybe", "Choose yes or no."),
        ({"kind": "country"}, "XX", "“XX” is not a country code of two letters, such as KE."),
        ({"kind": "declaration"}, "no", "Confirm this to go on: Q"),
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
