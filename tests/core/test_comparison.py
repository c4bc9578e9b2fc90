"""Comparing two texts: words stay whole in every script, and nothing of either text is lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.comparison import compare
from core.words import normal

ALPHABET = (
    "ab ,.'1\n\u4f60\u3002\u0e40\u0e01\u0e49\u0633\u064e\u0644\u1000\u103b\u00e9e\u0301\u200d\U0001f469\U0001f3fd"
)
TEXTS = st.text(ALPHABET, max_size=24)


def signed(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.sign, piece.text) for piece in compare(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("the quick fox", "the quick fox jumps", [("same", "the quick fox"), ("new", " jumps")]),
        (
            "We test 12,500 children’s phones.", "We test 12,700 children’s phones.",
            [("same", "We test "), ("gone", "12,500 "), ("new", "12,700 "), ("same", "children’s phones.")],
        ),
        ("one\ntwo", "one two", [("same", "one"), ("gone", "\n"), ("new", " "), ("same", "two")]),
        ("a b c d e f", "u v c x y z", [("gone", "a b c d e f"), ("new", "u v c x y z")]),
        ("", "new", [("new", "new")]),
        ("same", "same", [("same", "same")]),
        ("", "", []),
        ("e\u0301t\u00e9", "\u00e9te\u0301", [("same", "été")]),
    ],
)  # fmt: skip
def test_words_stay_whole(old, new, expected):
    assert signed(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "gone", "new_part"),
    [
        ("\u7814\u7a76\u513f\u7ae5\u5b89\u5168\u95ee\u9898", "\u7814\u7a76\u9752\u5c11\u5e74\u5b89\u5168\u95ee\u9898",
         "\u513f\u7ae5", "\u9752\u5c11\u5e74"),
        ("\u0e02\u0e2d\u0e07\u0e40\u0e14\u0e47\u0e01", "\u0e02\u0e2d\u0e07\u0e41\u0e21\u0e48",
         "\u0e40\u0e14\u0e47\u0e01", "\u0e41\u0e21\u0e48"),
        ("سلامة الأطفال اليوم", "سلامة الشباب اليوم", "الأطفال ", "الشباب "),
        ("בְּרֵאשִׁית ברא אלוהים", "בְּרֵאשִׁית עשה אלוהים", "ברא ", "עשה "),
    ],
    ids=["Chinese", "Thai", "Arabic", "Hebrew"],
)  # fmt: skip
def test_scripts_without_spaces_and_from_the_right(old, new, gone, new_part):
    pieces = compare(old, new)

    assert [piece.text for piece in pieces if piece.sign == "gone"] == [gone]
    assert [piece.text for piece in pieces if piece.sign == "new"] == [new_part]


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(old, new):
    pieces = compare(old, new)

    assert "".join(piece.text for piece in pieces if piece.sign != "new") == normal(old)
    assert "".join(piece.text for piece in pieces if piece.sign != "gone") == normal(new)
    assert all(piece.text for piece in pieces)


def test_a_text_that_repeats_itself_does_not_take_for_ever():
    long = "again and " * 20_000
    began = time.process_time()

    pieces = compare(long, long.replace("again", "once", 1) + "end")

    assert "".join(piece.text for piece in pieces if piece.sign != "new") == long
    assert time.process_time() - began < 2


def test_a_word_that_comes_back_among_others_in_lines_of_its_own_does_not_take_for_ever():
    old, new = ("".join(f"and\n{mark}{number}\n" for number in range(1700)) for mark in ("old", "new"))
    began = time.process_time()

    pieces = compare(old, new)

    assert "".join(piece.text for piece in pieces if piece.sign != "new") == old
    assert "".join(piece.text for piece in pieces if piece.sign != "gone") == new
    assert time.process_time() - began < 2
