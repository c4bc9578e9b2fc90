"""The language of the search box: what it understands, and that it refuses nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.search.keys import KEYS
from applications.search.language import MOST_CHARACTERS, MOST_TERMS, Span, parse, written
from core.forms.reading import storable

SPANS = [
    ("amount:100000", Span(Decimal(100000), Decimal(100000))),
    ("amount:>100,000", Span(low=Decimal(100000), above=True)),
    ("amount:>=USD100k", Span(low=Decimal(100000))),
    ("amount:<1.5m", Span(high=Decimal(1500000), below=True)),
    ("amount:1..2k", Span(Decimal(1), Decimal(2000))),
    ("amount:..2", Span(high=Decimal(2))),
    ("submitted:2021-04-01", Span(date(2021, 4, 1), date(2021, 4, 1))),
    ("submitted:2021-02", Span(date(2021, 2, 1), date(2021, 2, 28))),
    ("submitted:2021", Span(date(2021, 1, 1), date(2021, 12, 31))),
    ("submitted:>2021-12", Span(low=date(2021, 12, 31), above=True)),
    ("submitted:<2021-04-01", Span(high=date(2021, 4, 1), below=True)),
    ("submitted:2021-01..2021-03", Span(date(2021, 1, 1), date(2021, 3, 31))),
]


@pytest.mark.parametrize(("text", "span"), SPANS)
def test_numbers_and_days_have_ends(text: str, span: Span) -> None:
    query = parse(text, KEYS)

    assert [term.span for term in query.terms] == [span]
    assert query.faults == ()


def test_words_texts_keys_and_what_is_left_out() -> None:
    query = parse('voice "voice  chat" -trial THEME:detection,response -pi:"Mary Kane" host:open end"', KEYS)

    assert [(term.key, term.text, term.is_exact, term.is_negated) for term in query.terms] == [
        ("", "voice", False, False),
        ("", "voice  chat", True, False),
        ("", "trial", False, True),
        ("theme", "detection,response", False, False),
        ("pi", "Mary Kane", True, True),
        ("host", "open", False, False),
        ("", "end", False, False),
    ]
    assert query.terms[3].choices == ["detection", "response"]


FAULTS = [
    ("them:detection", "There is no key “them”, so it was left out. Did you mean “theme:”?"),
    ("theme:", "Write something after “theme:”, such as theme:detection."),
    ("amount:much", "“amount:much” was left out. Write a number after “amount:”, such as amount:>100000."),
    ("amount:>1..2", "“amount:>1..2” was left out. Write a number after “amount:”, such as amount:>100000."),
    (
        "submitted:2021-02-30",
        "“submitted:2021-02-30” was left out. Write a date as year, month and day, such as submitted:<2021-04-01.",
    ),
    (
        "submitted:..",
        "“submitted:..” was left out. Write a date as year, month and day, such as submitted:<2021-04-01.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_what_is_wrong_gets_a_sentence_and_the_rest_works(text: str, sentence: str) -> None:
    query = parse(f"voice {text}", KEYS)

    assert query.faults == (sentence,)
    assert [term.text for term in query.terms] == ["voice"]
    assert query.typed == f"voice {text}"


def test_too_much_is_cut_and_said() -> None:
    assert parse("a " * 30, KEYS).faults == (f"Only the first {MOST_TERMS} words and keys were looked for.",)
    assert parse("a" * 600, KEYS).faults == (f"Only the first {MOST_CHARACTERS} characters were looked for.",)


PARTS = st.sampled_from([*KEYS, ":", ">", "<=", "..", "-", '"', " ", ",", "1", "2021-13", "k", "@me", "\0", "儿", "é"])


@pytest.mark.parametrize("text", ["theme:\0detection", "\0theme:detection\0", "theme:detection \0"])
def test_what_no_database_can_be_asked_for_is_left_out(text: str) -> None:
    query = parse(text, KEYS)

    assert [(term.key, term.text) for term in query.terms] == [("theme", "detection")]
    assert query.without(*query.terms) == ""


@given(st.one_of(st.text(), st.lists(PARTS).map("".join)))
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    query = parse(text, KEYS)

    assert query.typed == storable(text)
    assert len(query.terms) <= MOST_TERMS
    assert all(term.key == "" or term.key in KEYS for term in query.terms)
    assert parse(query.without(*query.terms), KEYS).of_key("amount") == []


@given(st.sampled_from(["state", "pi", "host"]), st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1))
def test_what_is_written_for_a_key_reads_back(key: str, value: str) -> None:
    terms = parse(written(key, value.strip() or "x"), KEYS).terms

    assert [(term.key, term.text) for term in terms] == [(key, value.strip() or "x")]
