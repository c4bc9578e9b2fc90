"""Our style sheets say start and end, never left and right, so that a right-to-left language needs no sheet of its own."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).resolve().parents[3] / "core" / "static" / "core" / "css").glob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right|"
    r"border-(?:top|bottom)-(?:left|right)-radius)(?:-\w+)*\s*:"
    r"|(?:float|clear|text-align|caption-side)\s*:\s*(?:left|right)\b"
    r"|translate[X3(]|scaleX|to (?:left|right)\b|(?:90|270)deg, "
    r"|(?:margin|padding|inset|border-width|border-radius|scroll-margin)\s*:\s*([\w.%-]+)\s+([\w.%-]+)\s+([\w.%-]+)\s+(?!\2[\s;])[\w.%-]+\s*;"
)
"""Sides by name, shifts along the line, gradients along it, and four values whose sides differ."""
CHECK_MARK = "border-width: 0 2px 2px 0;"
"""A tick looks the same in every language."""


def physical_in(sheet: str) -> list[str]:
    return [found.group() for found in PHYSICAL.finditer(re.sub(r"/\*.*?\*/", "", sheet).replace(CHECK_MARK, ""))]


@pytest.mark.parametrize(
    "rule",
    [
        "margin-left: 1rem;", "padding: 0 1rem 0 2rem;", "float: right;", "text-align: left;", "left: 0;",
        "border-right-color: red;", "inset: 0 auto 0 0;", "background: linear-gradient(to right, red, blue);",
        "border-top-left-radius: 4px;", "transform: translateX(1rem);",
    ],
)  # fmt: skip
def test_a_side_is_found(rule: str) -> None:
    assert physical_in(rule)


@pytest.mark.parametrize(
    "rule", ["margin: 0 1rem;", "inset-inline-start: 0;", "padding: 1rem 2rem 0 2rem;", "inset: 0;"]
)
def test_start_and_end_are_let_through(rule: str) -> None:
    assert not physical_in(rule)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_names_no_side(sheet: Path) -> None:
    assert physical_in(sheet.read_text()) == []
