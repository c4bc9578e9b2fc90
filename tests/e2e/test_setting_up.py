"""A call like the sample's, set up from nothing with every kind of question, and an application to it.

Each click, each field and each choice counts as one action; the figure is printed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator

from core import clock
from tests.e2e.answers import pass_the_quiz
from tests.e2e.site import Visitor

OUTLINE = """
Theme (theme)
Summary for the public (150 words)
Length in months (number)
Start of the project (date)
# Research
Background (400 words)
Method (600 words)
Design | Quantitative | Qualitative | Mixed
Sources (several) | Platform data | Interviews | Case files
Milestones (table) | What is finished | By (date)
# Ethics
With children? (yes or no)
Their ages (short text)
Ethics and safeguarding (ethics)
# People and money
Host organisation (organisation)
Country of the host (country)
ORCID iD of the lead (orcid)
Other money for the project (amount of money, optional)
Team (team)
Budget (budget)
Letters of support (file, optional)
All of this is true (declaration)
"""
MOST_ACTIONS = 75


@dataclass
class Counted:
    """A person's window in which every action is counted."""

    person: Visitor
    actions: int = 0

    def fill(self, place: Locator, text: str) -> None:
        self.actions += 1
        place.fill(text)

    def choose(self, place: Locator, value: str) -> None:
        self.actions += 1
        place.select_option(value)

    def tick(self, place: Locator) -> None:
        self.actions += 1
        place.check()

    def follow(self, name: str) -> None:
        self.actions += 1
        self.person.follow(name)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.actions += 1
        self.person.press(name)


@pytest.fixture
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize(
    "script", [True, pytest.param(False, marks=pytest.mark.soak)], indirect=True, ids=["with script", "without script"]
)
def test_a_call_is_set_up_from_nothing_and_applied_to(visitor: Callable[..., Visitor], script: bool) -> None:
    name = "Early help" if script else "Early help without script"
    staff = Counted(visitor("administrator", script=script))
    begin(staff, name)
    build_the_form(staff)
    say_what_it_is(staff)
    publish(staff)
    print(f"A call with every kind of question, from nothing: {staff.actions} actions")
    assert staff.actions <= MOST_ACTIONS

    ada = Counted(visitor("applicant", script=script))
    apply(ada, name)
    print(f"An application to it, until it is submitted: {ada.actions} actions")


def begin(staff: Counted, name: str) -> None:
    page = staff.person.go("/manage/calls/")
    staff.follow("New call")
    staff.fill(page.get_by_label("Title", exact=True), name)
    staff.choose(page.get_by_label("Start from"), "empty")
    staff.press("Make the draft")


def build_the_form(staff: Counted) -> None:
    page = staff.person.page
    staff.follow("Change the form")
    staff.actions += 1
    page.get_by_text("Add questions").first.click()
    staff.fill(page.get_by_label("Questions, one a line").first, OUTLINE)
    staff.actions += 1
    page.get_by_role("button", name="Add", exact=True).first.click()
    page.get_by_role("link", name="All of this is true").wait_for()
    staff.follow("Their ages")
    staff.choose(
        page.get_by_label("Shown", exact=True), label_of(page.get_by_label("Shown", exact=True), "With children?")
    )
    staff.tick(page.locator('[name="values-with-children"][value="yes"]'))
    staff.press("Save")
    questions = [line for line in OUTLINE.splitlines() if line and not line.startswith("#")]
    assert page.locator("[data-question]").count() == len(questions) + 1, "with the title that is there from the start"
    assert "only after “With children?”" in staff.person.text()
    staff.follow("Settings")


def label_of(select: Locator, words: str) -> str:
    """Return the value of the choice that has some words in it."""
    return str(select.locator("option", has_text=words).get_attribute("value"))


def say_what_it_is(staff: Counted) -> None:
    page = staff.person.page
    staff.follow("Change the texts")
    for label, text in (
        ("Summary", "Help that reaches a family early."), ("What you look for", "Studies of early help."),
        ("Who can apply", "Universities and research organisations."),
    ):  # fmt: skip
        staff.fill(page.get_by_label(label, exact=False).first, text)
    staff.press("Save")
    staff.follow("Change the dates")
    now = clock.now()
    for label, days in (("Opens", 0), ("Reviews are due", 120), ("Applicants hear the decision by", 150)):
        staff.fill(page.get_by_label(label), f"{now + timedelta(days=days):%Y-%m-%dT00:00}")
    staff.press("Save")
    staff.follow("Change money and limits")
    for label, amount in (("Money in all", "500,000"), ("Smallest grant", "20,000"), ("Largest grant", "100,000")):
        staff.fill(page.get_by_label(label), amount)
    staff.press("Save")
    staff.follow("Change the themes")
    staff.fill(page.get_by_label("Themes"), "Families\nSchools")
    staff.press("Save")
    for part, words in (("the budget", "categories"), ("the quiz", "questions")):
        staff.follow(f"Change {part}")
        staff.press(f"Start with the usual {words}")
        staff.follow("Settings")
    staff.follow("Change the criteria")
    for number, (label, question, weight) in enumerate(
        (("Usefulness", "Who could act on it?", "60"), ("Quality", "Will it answer the question?", "40"))
    ):
        for field, text in (("label", label), ("question", question), ("weight", weight)):
            staff.fill(page.locator(f'[name="criteria-{number}-{field}"]'), text)
    staff.press("Save")


def publish(staff: Counted) -> None:
    staff.follow("Publish")
    staff.press(re.compile("^Publish"))
    assert "The call is published." in staff.person.text(), staff.person.text()


def apply(ada: Counted, name: str) -> None:
    page = ada.person.go("/")
    ada.follow(name)
    ada.press("Start an application")
    ada.actions += pass_the_quiz(page)
    ada.press("Go on to the form")
    seen = set()
    for section in page.locator("main ol.todo a").all():
        seen.add(str(section.get_attribute("href")))
    assert len([each for each in seen if "/sections/" in each]) == 4
    ada.person.go(next(each for each in sorted(seen) if each.endswith("/project/")))
    ada.fill(page.locator('[name="title"]'), "Help at the school gate")
    ada.tick(page.get_by_label("Families"))
    ada.fill(page.locator('[name="summary-for-the-public"]'), "Who is reached, and how early?")
    ada.fill(page.locator('[name="length-in-months"]'), "12")
    ada.fill(page.locator('[name="start-of-the-project"]'), f"{clock.today() + timedelta(days=200):%Y-%m-%d}")
    ada.press("Save and go on")
    assert ada.person.heading() == "Research"
    ada.tick(page.get_by_label("Mixed"))
    ada.tick(page.get_by_label("Interviews"))
    ada.fill(page.get_by_label("What is finished, row 1"), "Interviews are done")
    ada.fill(page.get_by_label("By, row 1"), f"{clock.today() + timedelta(days=300):%Y-%m-%d}")
    write_the_rest(ada)
    ada.press("Save and go on")
    answer_the_ethics(ada)
    assert ada.person.heading() == "People and money"
    draw_up_the_budget(ada)
    ada.fill(page.locator('[name="host-organisation"]').first, "Northmere University")
    ada.choose(page.locator('[name="country-of-the-host"]'), "NO")
    ada.fill(page.locator('[name="orcid-id-of-the-lead"]'), "0000-0002-1825-0097")
    ada.tick(page.locator('[name="all-of-this-is-true"]'))
    ada.press("Save and see all sections")
    submit(ada)


def write_the_rest(ada: Counted) -> None:
    """Write a sentence in each text that is open and empty."""
    texts = ada.person.page.locator("form#answers").locator('textarea:visible, input[type="text"]:visible')
    for text in texts.all():
        if not text.input_value() and "." not in str(text.get_attribute("name")):
            ada.fill(text, "As the pilot in two towns has shown.")


def answer_the_ethics(ada: Counted) -> None:
    page = ada.person.page
    assert ada.person.heading() == "Ethics"
    ages = page.locator('[name="their-ages"]')
    if ada.person.script:
        assert not ages.is_visible()
    ada.tick(page.locator('[name="with-children"][value="yes"]'))
    ada.fill(ages, "12 to 14")
    ada.tick(page.locator('[name="ethics-and-safeguarding-children"][value="none"]'))
    ada.tick(page.locator('[name="ethics-and-safeguarding-status"][value="applied"]'))
    write_the_rest(ada)
    ada.press("Save and go on")


def draw_up_the_budget(ada: Counted) -> None:
    page = ada.person.page
    for name, text in (("c0-0-what", "Research fellow"), ("c0-0-1", "40,000")):
        ada.fill(page.locator(f'[name="{name}"]'), text)
    ada.press("Save the budget")
    ada.follow("People and money")


def submit(ada: Counted) -> None:
    page = ada.person.page
    ada.follow("Check and submit")
    assert "Everything is here" in ada.person.text(), ada.person.text()
    ada.follow("Go to the last step")
    for control in page.locator("main form input:visible").all():
        if control.get_attribute("type") == "checkbox":
            ada.tick(control)
        else:
            ada.fill(control, "Principal investigator")
    ada.press("Submit the application")
    assert re.search(r"submitted as \S+-\d{3}\.", ada.person.text()), ada.person.text()
