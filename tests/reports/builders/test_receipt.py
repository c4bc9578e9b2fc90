"""The receipt proves what came, when, and exactly what it said."""

from functools import cache

import pytest

from reports.builders.receipt import build_receipt
from reports.builders.submitted import Answer, Section, TeamMember
from tests.core.pdf.names import NAMES
from tests.core.pdf.reading import problems_of, reader, text_of, words_of
from tests.reports.builders.terms import HASH, TITLE, receipt


@cache
def usual() -> bytes:
    """Return the receipt of the usual terms, made once."""
    return build_receipt(receipt())


@pytest.mark.parametrize(
    "said",
    [
        f"{TITLE} has arrived.",
        "Reference SORF-2026-0017",
        "Received 12 October 2026, 16:58 UTC",
        "Submitted by Dr Wanjiru Kamande",
        "Version 2",
        "1. We check whether the application is eligible.",
        "What is the question? Does it work? For whom?",
        "Offender data No answer",
        "Dr Wanjiru Kamande Principal investigator Rift Lakes University",
        "Staff Research fellow 128,700.00",
        "Total 158,700.00",
        "consent.pdf, 182,044 bytes",
    ],
)
def test_it_says(said):
    assert said in " ".join(text_of(usual(), "-layout").split()) or said in words_of(usual())


def test_hashes_are_complete_once_the_groups_are_joined():
    assert "".join(text_of(usual()).split()).count(HASH) == 2


def test_sections_become_bookmarks():
    titles = [
        entry.title
        for group in reader(usual()).outline
        for entry in ([group] if not isinstance(group, list) else group)
    ]

    assert titles == [
        *("We have received your application", "What comes next", "Your application as submitted", "The project"),
        *("Team", "Budget", "Attachments"),
    ]


def test_what_is_not_in_the_terms_is_not_in_the_receipt():
    pdf = build_receipt(receipt(sections=(), budget=(), team=(), attachments=(), next_steps=(), submitted_by=""))
    text = words_of(pdf)

    assert problems_of(pdf) == ""
    for absent in ("as submitted", "Team", "Budget", "Attachments", "What comes next", "Submitted by", "None"):
        assert absent not in text


def test_answers_and_names_in_every_script_extract_as_typed():
    answers = tuple(Answer(name, f"{name} {name}") for name in NAMES.values())
    team = tuple(TeamMember(name, name, name) for name in NAMES.values())
    text = words_of(build_receipt(receipt(sections=(Section("Names", answers),), team=team))).replace("\u200c", "")

    assert [name for name in NAMES.values() if text.count(name.replace("\u200c", "")) < 3] == []


def test_a_very_long_answer_is_complete():
    words = [f"word{number}" for number in range(4000)]
    text = text_of(build_receipt(receipt(sections=(Section("S", (Answer("Q", " ".join(words)),)),))))

    assert [word for word in text.split() if word.startswith("word")] == words
