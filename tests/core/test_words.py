"""Words and characters are counted alike on the server and in the browser, from one table of cases."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from core import words

CASES = json.loads((Path(__file__).parent / "word_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_counts_as_the_table_says(case: dict) -> None:
    assert (words.count_words(case["text"]), words.count_characters(case["text"])) == (
        case["words"],
        case["characters"],
    )


@pytest.mark.browser
def test_the_browser_counts_as_the_table_says(script_page: Page) -> None:
    script_page.goto("http://fund.test/")

    counted = script_page.evaluate(
        """async (texts) => {
            const { countCharacters, countWords } = await import("/static/core/js/words.js");
            return texts.map((text) => [countWords(text), countCharacters(text)]);
        }""",
        [case["text"] for case in CASES],
    )

    assert counted == [[case["words"], case["characters"]] for case in CASES]
