"""The summary gives a panel member the application on few pages, and bears their name on each."""

from decimal import Decimal
from functools import cache

import pytest

from reports.builders.application_summary import build_application_summary
from reports.builders.judgement import Judgement
from reports.builders.score_grid import CriterionScores, Reviewer, rounded
from tests.core.pdf.reading import pages_of, problems_of, text_of, words_of
from tests.reports.builders.terms import TITLE, grid, summary


@cache
def usual() -> bytes:
    """Return the summary of the usual terms, made once."""
    return build_application_summary(summary())


@pytest.mark.parametrize(
    "said",
    [
        TITLE,
        "Host Rift Lakes University",
        "Country Kenya",
        "Dr Wanjiru Kamande",
        "Nakuvale Teachers’ Union",
        "USD 158,700.00",
        "18 months",
        "Theme Prevention",
        "Children who are abused online most often tell a teacher first.",
        "Equipment 9,000.00 5.7 % 8,000.00 over by 1,000.00",
        "Indirect costs 21,000.00 13.2 % 21,000.00 within",
        "Total 158,700.00",
        "Children Direct participation, ages 11 to 15.",
        "All seven rules met.",
        "Can the host receive a grant? Yes",
        "Host University, ROR 02n415q13",
        "Flag Accounts of 2025 to come",
        "Notes from the fund The partner joined after the call closed.",
        "Who keeps the recordings? The university, on its own servers.",
        "Scale: 1 to 6, 6 is best.",
        "Relevance 60 6 5 – 5.50 0.71",
        "Method 40 5 4.5 3 4.17 1.04",
        "Weighted score 5.60 4.80 – 5.20 –",
        "Strengths – Relevance, mean 5.50 “A question that practice has asked for years.” Dr Haddad",
        "Weaknesses – Method, mean 3.00 “Follow-up after twelve months only.” Mr Osei",
        "– The scores for Method go from 2 to 5. What divides the reviewers?",
        "“May the first payment leave before the ethics approval?” Ms Ito",
        "Fund with conditions, USD 150,000.00",
        "Recorded by, date",
    ],
)
def test_it_says(said):
    assert said in " ".join(text_of(usual(), "-layout").split()) or said in words_of(usual())


def test_every_page_says_whose_copy_it_is():
    pages = pages_of(build_application_summary(summary(lay_summary="A long story. " * 600)))

    assert len(pages) > 2
    for page in pages:
        assert "Confidential. Copy 7 for Dr Amal Haddad, made 8 December 2026, 09:14 UTC." in " ".join(page.split())


def test_counts_and_groups_stand_side_by_side():
    lines = [" ".join(line.split()) for line in text_of(usual(), "-layout").splitlines()]

    assert "Means by stakeholder group Reviewers by overall merit" in lines
    assert "Survivors 1 5.60 6 Outstanding 1" in lines
    assert "Hotlines 0 – 4 Good 2" in lines
    assert "How the panel voted The panel recommends" in lines


def test_what_is_not_in_the_terms_is_not_in_the_summary():
    bare = dict.fromkeys(
        ("partners", "budget", "flags", "eligibility", "checklist", "due_diligence", "notes", "asked"), ()
    )
    pdf = build_application_summary(summary(theme="", **bare, judgement=Judgement()))
    text = words_of(pdf)

    assert problems_of(pdf) == ""
    for absent in ("Theme", "Partners", "Budget", "Ethics", "Eligibility", "Due diligence", "Notes", "asked", "Scores",
                   "merit", "voted", "recommends", "Strengths", "Weaknesses", "wrote", "Questions", "None"):  # fmt: skip
        assert absent not in text


@pytest.mark.parametrize("count", [1, 4, 5, 12])
def test_a_grid_of_many_reviewers_keeps_words_whole(count):
    reviewers = tuple(Reviewer(f"R{number}", "Law enforcement") for number in range(count))
    scores = CriterionScores("Ethics and safeguarding", Decimal(100), (Decimal(5),) * count, Decimal(5), Decimal(0))
    pdf = build_application_summary(summary(scores=grid(reviewers=reviewers, criteria=(scores,), totals=(), groups=())))

    assert words_of(pdf).count("enforcement") == count


def test_figures_are_rounded_once_half_up():
    assert [rounded(figure) for figure in (Decimal("5.195"), Decimal("5.194999"), Decimal(5), None)] == [
        *("5.20", "5.19", "5.00", "–")
    ]
