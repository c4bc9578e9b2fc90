"""Those who run the fund: a call from screening to letters, the ranking, the money, and who only looks on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from core import clock
from tests.e2e.letters import SCRIPTS, release_and_read_letters, wait_for_work
from tests.e2e.pages import DECIDED, IN_REVIEW, OPEN, READY
from tests.e2e.site import Visitor
from tests.e2e.stage import FRESH, READING

pytestmark = pytest.mark.usefixtures("at_work")


def test_an_administrator_screens_and_assigns(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor("administrator", script=script)
    call = f"/manage/calls/{FRESH[0 if script else 1]}/"
    page = person.go(call + "screening/")
    person.press("Save and open the next")
    assert "Choose eligible or not eligible." in person.text()
    for _ in range(2):
        page.get_by_label("Eligible", exact=True).check()
        person.press("Save and open the next")
    assert "Nothing waits for screening" in person.text()
    person.go(call + "setup/")
    person.follow("Start the review")
    person.press(re.compile("Start the review"))
    person.go(call + "assignment/")
    person.press("Propose an assignment")
    wait_for_work(person)
    person.go(call + "assignment/")
    assert "6 proposals" in person.text()
    person.follow("Release 6 proposals")
    person.press("Release 6 assignments")
    person.go(call + "progress/")
    assert "0" in person.text()
    assert person.page.locator("tbody tr").count() >= 2


def test_an_administrator_releases_decisions_and_opens_the_letters(
    visitor: Callable[..., Visitor], script: bool
) -> None:
    number, scripts = (8, SCRIPTS) if script else (4, ())  # of twelve, and the names of the three are in the first
    release_and_read_letters(visitor("administrator", script=script), number, scripts=scripts)


def test_an_administrator_sets_up_a_call_and_gives_a_role(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor("administrator", script=script)
    word = "Winter" if script else "Summer"
    page = person.go("/manage/new-call/")
    person.press("Make the draft")
    assert page.locator("[data-error-summary]").count() == 1
    page.get_by_label("Title", exact=True).fill(f"{word} call")
    page.locator('[name="slug"]').fill(f"{word.lower()}-call")
    page.locator('[name="prefix"]').fill(f"SORF-{word[:2].upper()}")
    person.press("Make the draft")
    assert person.heading() == "Settings", person.text()
    assert "Set the day by which reviews are due." in person.text()
    person.follow("Change the dates")
    opening = page.get_by_label("Opens").input_value()
    page.get_by_label("Opens").fill(f"{clock.today().isoformat()}T00:00")
    closes = page.get_by_label("Closes").input_value()
    page.get_by_label("Reviews are due").fill(closes.replace(closes[:4], str(int(closes[:4]) + 1)))
    page.get_by_label("Applicants hear the decision by").fill(closes.replace(closes[:4], str(int(closes[:4]) + 2)))
    assert opening < closes
    person.press("Save")
    person.follow("Publish", exact=True)
    person.press(re.compile("^Publish"))
    person.go(f"/calls/{word.lower()}-call/")
    assert person.heading() == f"{word} call"
    person.go("/manage/people/?q=Teixeira")
    person.follow("Paulo Teixeira")
    page.get_by_label("Role", exact=True).select_option("auditor" if script else "finance")
    person.press("Give the role")
    assert page.locator("[data-error-summary]").count() == 1
    page.get_by_label("Reason").fill("Stands in during a leave")
    page.get_by_label("Role", exact=True).select_option("auditor" if script else "finance")
    person.press("Give the role")
    assert "Stands in during a leave" in person.text()


def test_a_chair_ranks_and_rules(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor("chair", script=script)
    page = person.go(f"/manage/calls/{READY}/ranking/")
    assert page.locator("tbody tr").count() == 12
    if page.get_by_role("button", name="Compute the ranking").count():
        person.press("Compute the ranking")
    expect(page.locator("main")).to_contain_text("Budget of the call")
    person.go(f"/manage/calls/{READING}/panel/")
    ties = page.get_by_role("button", name=re.compile("^Recused"))
    before = ties.count()
    assert before > 0
    person.click(ties.first)
    assert ties.count() == before - 1


def test_a_finance_officer_looks_after_awards_and_money(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor("finance", script=script)
    page = person.go("/manage/finance/pledge/")
    person.press("Record it")
    assert page.locator("[data-error-summary]").count() == 1
    page.get_by_label("Contributor").select_option(label="Pine & Pixel")
    page.get_by_label("Amount").fill("-5")
    person.press("Record it")
    assert "An amount cannot be negative. Write it without the minus sign." in person.text()
    page.get_by_label("Amount").fill("12,500")
    person.press("Record it")
    assert person.heading() == "Finance"
    person.go("/manage/awards/?state=accepted")
    person.click(page.locator("tbody a.title").first)
    person.follow("Record the signed agreement")
    person.press(re.compile("."))
    assert page.locator("[data-error-summary]").count() == 1


def test_an_auditor_reads_all_and_changes_nothing(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor("auditor", script=script)
    for path in (
        "/home/", "/manage/calls/", f"/manage/calls/{IN_REVIEW}/", f"/manage/calls/{IN_REVIEW}/applications/",
        f"/manage/calls/{IN_REVIEW}/panel/", f"/manage/calls/{IN_REVIEW}/assignment/",
        f"/manage/calls/{IN_REVIEW}/progress/", f"/manage/calls/{READY}/ranking/", f"/manage/calls/{READY}/decisions/",
        f"/manage/calls/{DECIDED}/decisions/", f"/manage/calls/{OPEN}/setup/", "/manage/awards/", "/manage/finance/",
        "/manage/people/", "/manage/audit/", "/documents/",
    ):  # fmt: skip
        page = person.go(path)
        # A report of what one may read anyway changes nothing.
        changing = page.locator('main form[method="post"]:not([action^="/reports/"])').evaluate_all(
            "forms => forms.map(each => each.action)"
        )
        assert (path, changing) == (path, [])


def test_a_grantee_accepts_after_a_check(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor("applicant", script=script)
    page = person.go("/my-awards/")
    offers = page.locator("li", has_text="answer by")
    assert offers.count() > 0
    person.click(offers.first.get_by_role("link"))
    person.follow("Accept the offer")
    person.press("Go on to the check")
    assert page.locator("[data-error-summary]").count() == 1
    page.get_by_label("Who signs the grant agreement for your organisation?").fill("Dr Linnea Sørby, Pro-Rector")
    person.press("Go on to the check")
    assert person.heading() == "Check before you accept"
    assert "Dr Linnea Sørby, Pro-Rector" in person.text()
    person.press("Accept the offer")
    assert "We send the grant agreement to Dr Linnea Sørby, Pro-Rector." in person.text()
