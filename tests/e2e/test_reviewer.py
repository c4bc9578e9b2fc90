"""A reviewer: from the queue through declaration and desk to the others' reviews."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.site import EMAILS, Visitor

WROTE = "The design is sound; say more about how families are found."
OTHERS = "other review"
SUBMIT = re.compile("^Submit")


def test_a_reviewer_declares_scores_submits_and_hands_back(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor(script=script)
    person.sign_in(EMAILS["reviewer" if script else "second reviewer"])
    open_what_waits(person)
    first = declare_all(person)
    score_by_keyboard(person)
    submit_what_is_whole(person, first)
    read_the_others(person, first)
    hand_back(person)


def open_what_waits(person: Visitor) -> None:
    person.go("/review/")
    assert person.heading() == "Your queue"
    assert "Declare first" in person.text()
    person.follow(re.compile("^Declare"))


def declare_all(person: Visitor) -> str:
    """Say of each application that there is no tie, and return the reference of the one that opens."""
    assert person.page.locator(".reading").count() == 0
    person.press("Declare")
    assert "Say whether you have a conflict of interest." in person.text()
    while "/declare/" in person.page.url:
        person.page.get_by_label("No, I have none").check()
        person.press("Declare")
    assert person.page.locator("article .reading").count() > 3
    found = re.search(r"SORF-H-\d+", person.text())
    assert found
    return found[0]


def criteria(page: Page) -> list[str]:
    """Return the names of the score groups, overall merit among them."""
    names = page.locator("fieldset.criterion input[type=radio]").evaluate_all("all => all.map(each => each.name)")
    return list(dict.fromkeys(names))


def score_by_keyboard(person: Visitor) -> None:
    page = person.page
    assert OTHERS not in person.text().lower()
    person.press(SUBMIT)
    expect(page.locator("[data-error-summary]")).to_contain_text("Choose a score, or n/a.")
    for name in criteria(page):
        page.locator(f'[name="{name}"]').first.focus()
        score_five(person, name)
        assert page.locator(f'[name="{name}"]:checked').get_attribute("value") == "5"
    page.get_by_label("What the applicant will read").fill("word " * 900)
    person.press(SUBMIT)
    assert "Shorten this text by" in person.text()
    if person.script:
        with page.expect_response(re.compile("/save/")) as saved:
            page.get_by_label("What the applicant will read").fill(WROTE)
        assert saved.value.status == 200
        expect(page.locator("[data-saved]")).to_contain_text("Saved")
    else:
        page.get_by_label("What the applicant will read").fill(WROTE)
        person.press("Save")
        assert "is saved" in person.text()
    person.go(page.url)
    assert page.get_by_label("What the applicant will read").input_value() == WROTE


def score_five(person: Visitor, name: str) -> None:
    """Choose the fifth score: with a digit where scripts run, after n for a criterion; else with the arrows."""
    page = person.page
    if not person.script:
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        return
    page.keyboard.press("n")
    applies = page.locator(f'[name="{name}"]:checked')
    if name != "overall":
        assert applies.get_attribute("value") == "na"
    page.keyboard.press("5")
    expect(applies).to_be_focused()


def submit_what_is_whole(person: Visitor, reference: str) -> None:
    person.press("Submit and open the next")
    assert f"Your review of {reference} is submitted." in person.text()


def read_the_others(person: Visitor, reference: str) -> None:
    page = person.go("/review/")
    person.click(page.locator("tbody tr", has_text=reference).get_by_role("link"))
    assert OTHERS in person.text().lower()
    assert WROTE in person.text()


def hand_back(person: Visitor) -> None:
    page = person.go("/review/")
    rows = page.locator("tbody tr", has_text="SORF-H-")
    before = rows.count()
    row = rows.filter(has_not_text="Submitted").first
    reference = row.locator("td").first.inner_text()
    person.click(row.get_by_role("link"))
    person.follow("Hand it back")
    person.press("Hand it back")
    assert "Say in a sentence why you hand it back" in person.text()
    page.get_by_label("Why do you hand it back?").fill("Not my field.")
    person.press("Hand it back")
    person.go("/review/")
    assert page.locator("tbody tr", has_text="SORF-H-").count() == before - 1
    assert page.locator("tbody tr", has_text=reference).count() == 0
