"""Answers of a whole application to the open call, and how a person types them."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page

from config.sample import calls
from config.sample.proposals import proposals
from core import clock


def sample_answers() -> dict[str, Any]:
    """Return answers that are valid in the open call, by question."""
    proposal = next(each for each in proposals("open") if "persona" not in each.tags and each.title.isascii())
    given = calls.answers_of(proposal, closes_on=clock.today() + timedelta(days=30))
    return given | {"host": "Northmere University", "country": "NO", "duration_months": "18", "content_notes": []}


def pass_the_quiz(page: Page) -> int:
    """Answer the questions before the form as somebody who may apply; return how many there were."""
    questions = page.locator("main fieldset")
    for question in questions.all():
        answer = "No" if "government agency" in question.inner_text() else "Yes"
        question.get_by_label(answer, exact=True).check()
    return questions.count()


def fill(page: Page, answers: dict[str, Any]) -> int:
    """Answer all questions on the page's form that have an answer; return how many."""
    form = page.locator("form#answers")
    filled = 0
    for key, value in answers.items():
        controls = form.locator(f'[name="{key}"]')
        if controls.count():
            _answer(controls, value)
            filled += 1
    return filled


def _answer(controls: Locator, value: Any) -> None:
    first = controls.first
    kind = first.evaluate("element => element.type")
    if kind in ("radio", "checkbox"):
        for each in value if isinstance(value, list) else [value]:
            found = controls.and_(first.page.locator(f'[value="{each}"]')) if isinstance(each, str) else first
            if each not in (False, None, ""):
                found.check()
    elif kind == "select-one":
        first.select_option(str(value))
    elif value not in (None, ""):
        first.fill(str(value))
