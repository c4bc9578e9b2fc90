"""The bidirectional algorithm, against python-bidi's own full implementation where both apply."""

import pytest
from bidi import get_display

from core.pdf.direction import base_level, levels, main_direction, visual_order

MIXED = [
    "plain text",
    "abc אבג 123 דהו xyz",
    "Dr אחמד (קהיר) said",
    "אבג (abc) דהו",
    "אבג [abc (דהו)] xyz",
    "price אבג 12,5% ok",
    "אבג def, ghi דהו.",
    "(אבג)",
    "العدد 42 في (2026) abc",
]


def displayed(text: str, base: int) -> str:
    return "".join(text[index] for index in visual_order(levels(text, base)))


def without_mirroring(text: str) -> str:
    return text.translate(str.maketrans("([])", "||||"))


@pytest.mark.parametrize("text", MIXED)
@pytest.mark.parametrize(("base", "letter"), [(0, "L"), (1, "R")])
def test_order_agrees_with_the_full_algorithm(text, base, letter):
    assert without_mirroring(displayed(text, base)) == without_mirroring(get_display(text, base_dir=letter))


def test_an_isolated_title_keeps_its_own_order_and_leaves_the_sentence_alone():
    title = "אבג: abc דהו"

    shown = displayed(f"the title \u2068{title}\u2069, 12 pages", 0)

    assert shown == "the title \u2068והד abc :גבא\u2069, 12 pages"


def test_without_isolation_the_number_after_a_name_would_jump():
    """What the isolates are for."""
    assert displayed("PI אבג, 12 pages", 0) == "PI 12 ,גבא pages"
    assert displayed("PI \u2068אבג\u2069, 12 pages", 0) == "PI \u2068גבא\u2069, 12 pages"


@pytest.mark.parametrize(
    ("text", "base"),
    [("abc אבג", 0), ("אבג abc", 1), ("12 אבג", 1), ("\u2068אבג\u2069 abc", 0), ("123", 0), ("", 0)],
)
def test_a_paragraph_runs_as_its_first_letter_does(text, base):
    assert base_level(text, "auto") == base


def test_overrides_from_pasted_text_change_nothing():
    assert displayed("a\u202eb\u202cc", 0) == "a\u202eb\u202cc"


@pytest.mark.parametrize(
    ("title", "direction"),
    [
        ("A field trial", "ltr"),
        ("أصوات الناجين", "rtl"),
        ("أصوات الناجين: Survivor voices in platform policy", "ltr"),
        ("SOS أصوات الناجين في سياسات المنصات", "rtl"),
        ("2027", "ltr"),
    ],
)
def test_a_title_in_two_scripts_runs_as_its_longer_part(title, direction):
    assert main_direction(title) == direction
