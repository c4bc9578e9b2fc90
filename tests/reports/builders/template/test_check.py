"""What is wrong in a template is told when it is saved, with its line and what was probably meant."""

import time

import pytest

from reports.builders.languages import CODES
from reports.builders.template.check import faults_of
from reports.builders.template.fields import Field, kind_of
from reports.builders.template.kinds import KINDS
from reports.builders.template.shipped import first_text

KIND = kind_of(
    "note",
    "Note",
    Field("title", "title"),
    Field("panel_view", "what the panel said", may_be_missing=True),
    Field("outcome", "outcome", "choice", choices=("reserve", "decline")),
    Field("advised", "advised", "yes-no"),
    Field("table", "table", "block", may_be_missing=True),
)


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_first_templates_have_no_fault(kind, language):
    assert faults_of(first_text(kind, language), KINDS[kind]) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("One\n{{ titel }}", 2, "There is no field “titel”. Did you mean “title”?"),
        ("{{ zzz }}", 1, "There is no field “zzz”."),
        ("{{ title.__class__ }}", 1, "“title.__class__” is neither a field nor a condition."),
        ("{{ title|upper }}", 1, "“title|upper” is neither a field nor a condition."),
        ("{{ panel_view }}", 1, "“panel_view” is not in every letter."),
        ("{{ if advised }}\n{{ panel_view }}\n{{ end }}", 2, "“panel_view” is not in every letter."),
        ("{{ if not panel_view }}{{ panel_view }}{{ end }}", 1, "“panel_view” is not in every letter."),
        ("{{ advised }}", 1, "“advised” can only be asked in a condition"),
        ("{{ if table }}See {{ table }}{{ end }}", 1, "{{ table }} is a block: put it on a line of its own."),
        ("{{ if title }}a{{ end }}", 1, "“title” is in every letter"),
        ("{{ if outcome }}a{{ end }}", 1, "“outcome” is one of: reserve, decline."),
        ("{{ if outcome is reserved }}a{{ end }}", 1, "“outcome” is one of: reserve, decline."),
        ("{{ if panel_view is good }}a{{ end }}", 1, "cannot be asked, only whether it is there"),
        ("\n{{ if advised }}a", 2, "This condition has no “{{ end }}”."),
        ("a{{ end }}", 1, "“{{ end }}” without a condition"),
        ("{{ if advised }}a{{ else }}b{{ else }}c{{ end }}", 1, "or a second one in it"),
        ("{{ title", 1, "“{{” without “}}”"),
        ("A *word\nof **two**\n\nb", 1, "A star that sets words apart is not closed."),
        ("{{ if advised }}" * 9 + "{{ end }}" * 9, 1, "more than 8 deep"),
        ("x" * 60_001, 1, "longer than 60,000 characters"),
    ],
)
def test_a_fault_is_named_with_its_line(text, line, said):
    assert [(line, True)] == [(fault.line, said in fault.message) for fault in faults_of(text, KIND)]


@pytest.mark.parametrize(
    "text",
    [
        "{{ if panel_view }}{{ panel_view }}{{ end }}",
        "{{ if not panel_view }}none{{ else }}{{ panel_view }}{{ end }}",
        "{{ if outcome is reserve }}a{{ else if panel_view }}{{ panel_view }}{{ else }}c{{ end }}",
        "\\{{ not a field }} and 2 \\* 3",
    ],
)
def test_what_is_right_has_none(text):
    assert faults_of(text, KIND) == []


@pytest.mark.parametrize("block", ["addresses", "conditions", "signatures"])
def test_what_every_letter_must_have_cannot_be_left_out(block):
    text = first_text("award-letter", "en").replace(f"{{{{ {block} }}}}", "")

    assert [f"{{{{ {block} }}}}" in fault.message for fault in faults_of(text, KINDS["award-letter"])] == [True]


def test_nor_put_under_another_condition():
    given = first_text("award-letter", "en")
    text = given.replace("{{ conditions }}", "{{ if advised_by_panel }}\n{{ conditions }}\n{{ end }}")

    assert len(faults_of(text, KINDS["award-letter"])) == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{{ if advised }}\n" * 3000, 9, "Conditions stand in one another more than 8 deep."),
        (
            "{{ if advised }}\n" + "{{ else if panel_view }}\n" * 2000 + "{{ end }}", 21,
            "A condition has more than 20 ways to go on.",
        ),
        ("{{ " * 20_000, 1, "“{{” without “}}” on the same line."),
        ("{{ *" * 500_000, 1, "The text is longer than 60,000 characters."),
    ],
)  # fmt: skip
def test_what_nobody_would_write_is_refused_at_once_and_in_words(text, line, said):
    begun = time.process_time()

    assert faults_of(text, KIND) == [(line, said)]
    assert time.process_time() - begun < 2
