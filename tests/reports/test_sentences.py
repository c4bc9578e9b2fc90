"""Sentences are taken out of what people write word for word, in any script."""

import pytest

from reports.terms.sentences import MOST, opening, questions_in, sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("One. Two? Three", ["One.", "Two?", "Three"]),
        ("Sound, e.g. the sample of 4.5 percent.", ["Sound, e.g. the sample of 4.5 percent."]),
        ("First line\n\nsecond  line.", ["First line", "second line."]),
        ("質問は何か？方法は良い。", ["質問は何か？", "方法は良い。"]),
        ("من يدفع؟ لا أحد.", ["من يدفع؟", "لا أحد."]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, found: list[str]) -> None:
    assert sentences(text) == found


def test_what_asks_something_is_found_in_every_script() -> None:
    assert questions_in("Who pays? Nobody. من يدفع؟ 誰が払うか？") == ["Who pays?", "من يدفع؟", "誰が払うか？"]


def test_a_long_beginning_is_cut_after_a_whole_word() -> None:
    cut = opening("word " * 100)

    assert cut == f"{'word ' * 39}word …"
    assert len(cut) <= MOST + 2
