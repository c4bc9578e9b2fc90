"""A template says what it says, with the values of one letter, and never a blank."""

import pytest

from core.pdf.words import Span, plain, strong, value
from reports.builders.award_letter import build_award_letter
from reports.builders.issue import InconsistentTerms
from reports.builders.outcome_letter import build_outcome_letter
from reports.builders.template.fields import Field, kind_of
from reports.builders.template.setting import MissingValue, parts_of
from tests.core.pdf.reading import words_of
from tests.reports.builders.terms import award, outcome

KIND = kind_of(
    "note",
    "Note",
    Field("title", "title of the project"),
    Field("view", "view", may_be_missing=True),
    Field("outcome", "outcome", "choice", choices=("reserve", "decline")),
    Field("table", "table", "block", may_be_missing=True),
)


def parts(text, **values):
    return parts_of(text, KIND, {"title": value("T"), "view": "", "outcome": "reserve", "table": False, **values})


def said(text, **values):
    return [plain(part.text) for part in parts(text, **values)]


def test_lines_run_on_and_empty_lines_end_a_paragraph():
    assert said("One\ntwo\n\n\nthree") == ["One two", "three"]


def test_heads_notes_and_items_take_a_line_each_and_items_are_counted_anew_below_a_head():
    found = parts("# A\n## B\n1. one\n7. two\n> note\n### C\n1. three")

    assert [(part.place, part.number, plain(part.text)) for part in found] == [
        ("title", 0, "A"), ("heading", 0, "B"), ("item", 1, "one"), ("item", 2, "two"), ("note", 0, "note"),
        ("part", 0, "C"), ("item", 1, "three"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"outcome": "decline"}, ["Sorry."]),
        ({"view": "Fine."}, ["Wait. Fine."]),
        ({}, ["Wait."]),
    ],
)
def test_conditions_choose(values, words):
    text = "{{ if outcome is reserve }}\nWait.{{ if view }} {{ view }}{{ end }}\n{{ else }}\nSorry.\n{{ end }}"

    assert said(text, **values) == words


def test_a_value_is_never_read_as_markup():
    nasty = "# *b* {{ view }} \\ \n\n1. x"

    (part,) = parts("A {{ title }} b", title=value(nasty))
    assert list(part.text) == ["A ", value(nasty), " b"]


def test_stars_set_words_apart_with_the_values_between_them():
    (part,) = parts("a *{{ title }}* **b** \\* c")

    assert list(part.text) == ["a ", Span("T", is_emphasised=True), " ", strong("b"), " * c"]


def test_a_block_stands_alone():
    assert [(part.place, part.block) for part in parts("a\n{{ table }}\nb", table=True)] == [
        ("text", ""), ("block", "table"), ("text", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("blank", ["", " ", Span("")])
def test_a_missing_value_holds_the_letter_and_says_which(blank):
    with pytest.raises(MissingValue, match="“title of the project”") as held:
        said("About {{ title }}.", title=blank)
    assert isinstance(held.value, InconsistentTerms)


@pytest.mark.parametrize("name", ["principal_investigator", "grantee", "purpose", "title", "governing_law"])
def test_an_award_letter_leaves_no_blank(name):
    with pytest.raises(MissingValue):
        build_award_letter(award(**{name: " "}))


@pytest.mark.parametrize("name", ["recipient", "rationale", "call"])
def test_an_outcome_letter_leaves_no_blank(name):
    with pytest.raises(MissingValue):
        build_outcome_letter(outcome(**{name: ""}))


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [("reserve", "is on the reserve list"), ("ineligible", "does not meet the rules"), ("decline", "cannot support")],
)
def test_each_outcome_has_its_sentence(decided, sentence):
    text = words_of(build_outcome_letter(outcome(outcome=decided)))

    assert [each for each in ("reserve list", "does not meet", "cannot support") if each in text] == [
        each for each in ("reserve list", "does not meet", "cannot support") if each in sentence
    ]
