"""Every script: drawn from an embedded font, and extracted as it was typed."""

import unicodedata

import pytest

from core.pdf.blocks import heading, paragraph, title
from core.pdf.document import Imprint, make_document
from core.pdf.shaping import MissingGlyph
from core.pdf.styles import TABLE
from core.pdf.words import Span, value
from tests.core.pdf.names import NAMES
from tests.core.pdf.reading import fonts_of, private_use, problems_of, text_of, words_of

IMPRINT = Imprint(title="Names", fund="Safe Online Research Fund", kind="List")


def typed(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u200c", "")


def extracted(text: str) -> str:
    return text.replace("\u200c", "")


@pytest.mark.parametrize("script", NAMES)
def test_a_name_extracts_as_typed(script):
    pdf = make_document(IMPRINT, [paragraph(NAMES[script])])

    assert typed(NAMES[script]) in extracted(words_of(pdf))


@pytest.mark.parametrize("script", NAMES)
def test_a_name_within_an_english_sentence_extracts_as_typed(script):
    sentence = ["Principal investigator: ", value(NAMES[script]), ", since 2026."]
    pdf = make_document(IMPRINT, [paragraph(sentence)])

    assert typed(NAMES[script]) in extracted(words_of(pdf))


@pytest.mark.parametrize("how", ["is_emphasised", "is_strong"])
def test_names_set_apart_extract_as_typed(how):
    pdf = make_document(IMPRINT, [paragraph(Span(name, **{how: True})) for name in NAMES.values()])

    text = extracted(words_of(pdf))
    assert [name for name in NAMES.values() if typed(name) not in text] == []


def test_all_scripts_in_one_document_are_embedded_and_sound():
    pdf = make_document(IMPRINT, [title("Names"), *(paragraph(name, TABLE) for name in NAMES.values())])

    assert problems_of(pdf) == ""
    assert [name for name, is_embedded in fonts_of(pdf) if not is_embedded] == []
    assert private_use(text_of(pdf)) == []


def test_text_typed_in_decomposed_form_extracts_composed():
    pdf = make_document(IMPRINT, [paragraph(unicodedata.normalize("NFD", "Zoë Ångström"))])

    assert "Zoë Ångström" in words_of(pdf)


def test_the_same_shape_keeps_the_letter_that_was_typed():
    """Latin A, Greek Alpha and Cyrillic A share one drawing, and must not become one letter."""
    pdf = make_document(IMPRINT, [paragraph("AAA ΑΑΑ ААА")])

    assert "AAA ΑΑΑ ААА" in words_of(pdf)


def test_a_character_without_a_glyph_holds_the_document_and_says_which():
    with pytest.raises(MissingGlyph) as missing:
        make_document(IMPRINT, [paragraph("Thank you 🦄 for this")])

    assert (missing.value.character, missing.value.text) == ("🦄", "Thank you 🦄 for this")


def test_a_missing_glyph_in_a_heading_of_several_spans_names_the_whole_text():
    with pytest.raises(MissingGlyph) as missing:
        make_document(IMPRINT, [heading(["On ", value("\U00012000")])])

    assert (missing.value.character, missing.value.text) == ("\U00012000", "On \U00012000")


def test_a_long_text_without_spaces_is_broken_and_complete():
    thai = "ครูคือผู้ฟังคนแรกการทดลองแบบสุ่มเป็นกลุ่มของหลักสูตรหนึ่งวัน" * 8
    chinese = "在线安全研究基金资助研究帮助科技公司和政策制定者了解并制止网络儿童性剥削。" * 8
    pdf = make_document(IMPRINT, [paragraph(thai), paragraph(chinese)])

    text = "".join(text_of(pdf).split())
    assert thai in text
    assert chinese in text


def test_a_word_wider_than_the_line_is_broken_and_complete():
    pdf = make_document(IMPRINT, [paragraph("x" * 400), paragraph("क्षत्रिय" * 60), paragraph("محمد" * 120)])

    text = "".join(text_of(pdf).split())
    assert "x" * 400 in text
    assert "क्षत्रिय" * 60 in text
    assert text.count("محمد") == 120
