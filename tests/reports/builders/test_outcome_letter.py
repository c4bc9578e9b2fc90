"""The outcome letter tells an applicant what was decided, why, and what to take from it."""

from functools import cache

import pytest

from reports.builders.outcome_letter import NextCall, build_outcome_letter
from tests.core.pdf.reading import problems_of, words_of
from tests.reports.builders.terms import TITLE, outcome


@cache
def letter() -> bytes:
    """Return the letter of the usual terms, made once."""
    return build_outcome_letter(outcome())


@pytest.mark.parametrize(
    "said",
    [
        "Decision of 15 December 2026",
        "Application SORF-2026-0042",
        f"Thank you for applying to the call Open call 2026 with {TITLE}.",
        "We are sorry that the fund cannot support this application.",
        "Why The panel valued the corpus. It was not persuaded that product teams can apply the scheme.",
        "Relevance Say earlier who will use the scheme.",
        "Method A sound design with a realistic sample.",
        "The call drew 126 applications, and 8 will be funded.",
        "Prevention and deterrence 2027 opens on 4 February 2027. You find it at safe.example/calls.",
        "Questions about this letter reach us at grants@safe.example.",
        "Paulo Teixeira, Director",
    ],
)
def test_it_says(said):
    assert said in words_of(letter())


def test_what_is_not_in_the_terms_is_not_in_the_letter():
    pdf = build_outcome_letter(
        outcome(criteria=(), applied=None, funded=None, next_call=None, questions_to="", address=())
    )
    text = words_of(pdf)

    assert problems_of(pdf) == ""
    for absent in ("criterion by criterion", "The call drew", "next call", "Questions about", "None"):
        assert absent not in text


def test_a_next_call_without_a_date_promises_none():
    text = words_of(build_outcome_letter(outcome(next_call=NextCall("Prevention 2027"))))

    assert "Prevention 2027 is in preparation. You are welcome to apply again." in text


def test_of_two_figures_one_alone_is_not_printed():
    assert "The call drew" not in words_of(build_outcome_letter(outcome(funded=None)))
