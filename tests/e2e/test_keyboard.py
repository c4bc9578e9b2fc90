"""With the keyboard alone: from the public page to a submitted application, and a form put in order."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.answers import sample_answers
from tests.e2e.keys import Keyboard
from tests.e2e.site import EMAILS, Visitor
from tests.e2e.stage import PREPARED
from tests.factories import make_pdf

WRITTEN = ("Summary", "Question and background", "Method", "Ethics and safeguarding", "Team")


@pytest.mark.more
def test_an_application_is_written_and_submitted_without_a_pointer(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    keys = Keyboard(person)
    start(person, keys)
    for title in WRITTEN:
        assert person.heading() == title
        keys.skip()
        keys.answer(sample_answers(), "Save and go on")
    draw_up_the_budget(person, keys)
    attach_a_file(person, keys)
    submit(person, keys)


def start(person: Visitor, keys: Keyboard) -> None:
    person.go("/")
    keys.skip()
    keys.enter("Read the call")
    keys.skip()
    keys.enter("Sign in to start an application")
    keys.write("login", EMAILS["finance"])
    keys.write("password", person.site.password)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    keys.skip()
    keys.enter("Start an application")
    keys.skip()
    names = person.page.locator("main fieldset input[type=radio]").evaluate_all("all => all.map(each => each.name)")
    government = person.page.locator("main fieldset", has_text="government agency").locator("input").first
    answers = dict.fromkeys(names, "yes") | {str(government.get_attribute("name")): "no"}
    keys.answer(answers, "Go on to the form")
    keys.skip()
    keys.enter(person.page.locator("main aside a.button").first.inner_text())


def draw_up_the_budget(person: Visitor, keys: Keyboard) -> None:
    assert person.heading() == "Budget"
    keys.skip()
    keys.answer({"c0-0-what": "Postdoctoral researcher", "c0-0-1": "60000", "c0-0-2": "24000"}, "Save and go on")


def attach_a_file(person: Visitor, keys: Keyboard) -> None:
    assert person.heading() == "Attachments"
    page = person.page
    # Chromium hands its windows over from here on; told in the moment of the key, it may have opened one already.
    page.on("filechooser", lambda choosing: None)
    keys.skip()
    keys.reach("", name="file")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Enter")
    choosing.value.set_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": make_pdf()})
    keys.reach("", name="attested")
    page.keyboard.press("Space")
    keys.enter("Attach this file")
    expect(page.locator("main")).to_contain_text("plan.pdf is attached.")
    # The page was read anew at the place of the file, from which the next key goes on.
    keys.answer(sample_answers(), "Save and see all sections")


def submit(person: Visitor, keys: Keyboard) -> None:
    keys.skip()
    keys.enter("Check and submit")
    assert "Everything is here" in person.text(), person.text()
    keys.skip()
    keys.enter("Go to the last step")
    keys.skip()
    names = person.page.locator("main form input:not([type=hidden])").evaluate_all(
        "all => all.map(each => [each.name, each.type])"
    )
    answers = {name: True if kind == "checkbox" else "Principal investigator" for name, kind in names}
    keys.answer(answers, "Submit the application")
    assert re.search(r"SORF-PF-\d+", person.text()), person.text()


def test_a_form_is_put_in_order_without_a_pointer_and_by_dragging(visitor: Callable[..., Visitor]) -> None:
    person = visitor("administrator")
    keys = Keyboard(person)
    page = person.go(f"/manage/calls/{PREPARED}/setup/form/")
    first, second = questions_of(person, "summary")[:2]
    title = page.locator(f"#q-{first} a").inner_text()
    keys.skip()
    keys.reach(f"Move “{title}” down")
    for place, button in ((2, "down"), (3, "down"), (2, "up")):
        if keys.now["id"] != f"question-{button}-{first}":
            keys.tab("Shift+Tab")
        page.keyboard.press("Enter")
        told = page.locator("body > [role=status]")
        expect(told).to_contain_text(f"“{title}” is now question {place} of ")
        expect(page.locator(f"#question-{button}-{first}")).to_be_focused()
    assert questions_of(person, "summary")[:2] == [second, first]

    page.keyboard.press("Shift+Tab")
    keys.reach("Move “Method” up")
    page.keyboard.press("Enter")
    expect(told).to_contain_text("“Method” is now section 2 of ")
    expect(page.locator("#section-up-method")).to_be_focused()
    assert sections_of(person)[1] == "method"

    page.locator(f"#q-{first}").drag_to(page.locator(f"#q-{second}"))
    expect(told).to_contain_text(f"“{title}” is now question 1 of ")
    page.reload()
    assert questions_of(person, "summary")[:2] == [first, second]


def questions_of(person: Visitor, section: str) -> list[str]:
    rows = person.page.locator(f"#s-{section} [data-question]")
    return [str(key) for key in rows.evaluate_all("all => all.map(each => each.dataset.question)")]


def sections_of(person: Visitor) -> list[str]:
    rows = person.page.locator("[data-section]")
    return [str(key) for key in rows.evaluate_all("all => all.map(each => each.dataset.section)")]
