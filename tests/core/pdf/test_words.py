"""Text before it is set: cleaned, cut into units, widths kept."""

import unicodedata

import pytest

from core.pdf.lines import longest_word, natural_width, set_lines
from core.pdf.styles import BODY, PLAIN, TITLE
from core.pdf.words import Span, cleaned, paragraphs, plain, units, value
from tests.core.pdf.names import NAMES


def test_text_is_normalised_with_one_kind_of_line_end_and_no_controls():
    typed = unicodedata.normalize("NFD", "Zoë") + "\r\na\x00b\x07\rc\u2028d\te\u202ef"

    assert cleaned(typed) == "Zoë\nab\nc\nd    ef"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("two words", ["two", " ", "words"]),
        ("a well-known one", ["a", " ", "well-", "known", " ", "one"]),
        ("SORF-A-2026-001", ["SORF-A-2026-001"]),
        ("2027–2028", ["2027–", "2028"]),
        ("and/or", ["and/", "or"]),
        ("https://a.example/b", ["https://a.example/", "b"]),
        ("USD\u00a0158,700.00", ["USD\u00a0158,700.00"]),
        ("ที่เด็ก", ["ที่", "เด็", "ก"]),
        ("研究（2026年）。", ["研", "究", "（2026", "年）。"]),
        ("カード", ["カー", "ド"]),
        ("ខ្មែរ", ["ខ្មែ", "រ"]),
        ("क्षत्रिय है", ["क्षत्रिय", " ", "है"]),
    ],
)
def test_a_line_may_end_only_between_units(text, cut):
    assert list(units(text)) == cut


def test_titles_are_not_broken_at_hyphens():
    assert units("a well-known one", at_hyphens=False) == ("a", " ", "well-known", " ", "one")


@pytest.mark.parametrize("width", [40, 120, 300])
@pytest.mark.parametrize("text", ["x" * 400, "Some ordinary words " * 30, *NAMES.values()])
def test_no_line_is_wider_than_its_room(text, width):
    for style in (BODY, TITLE):
        assert [line for line in set_lines(text * 5, style, width) if line.width > width + 0.02] == []


def test_a_title_is_balanced_without_a_line_more():
    text = "Teachers as first listeners: a cluster trial of a one-day course on hearing and acting"
    first, second = set_lines(text, TITLE, 460)

    assert abs(first.width - second.width) < 80


def test_widths_are_those_of_the_longest_line_and_word():
    assert natural_width("one\nlonger line", PLAIN) == natural_width("longer line", PLAIN)
    assert longest_word("a wonderful day", PLAIN) == pytest.approx(natural_width("wonderful", PLAIN))
    assert natural_width("", PLAIN) == longest_word("", PLAIN) == 0


def test_empty_lines_part_paragraphs_and_single_ones_do_not():
    assert paragraphs("one\ntwo\n \n\nthree\r\n\r\nfour\n") == ["one\ntwo", "three", "four"]
    assert paragraphs(" \n ") == []


def test_words_that_cannot_slant_stay_upright_with_their_digits():
    assert Span("Title 42", is_emphasised=True).look(BODY.look).italic is True
    assert Span("عنوان 42", is_emphasised=True).look(BODY.look).italic is False
    assert plain(["On ", value("two"), "."]) == "On two."


def test_what_word_pastes_as_a_bullet_is_set_as_one_and_other_private_signs_are_not_touched():
    assert cleaned("\uf0b7 one\n\uf0fc two \ue001") == "• one\n✓ two \ue001"
