"""No word is lost: without a network, without a server, and with two people in one draft."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from time import monotonic

import pytest
from playwright.sync_api import Error, Locator, Page, Route, expect

from tests.e2e.site import EMAILS, Site, Visitor

SAVED = re.compile(r"Saved at \d\d:\d\d")
Window = Callable[..., Visitor]


def words(first: int, last: int) -> list[str]:
    return [f"word{number}" for number in range(first, last)]


def type_words(page: Page, given: list[str]) -> None:
    """Type at the end of the field that has the focus, ten words at once."""
    for start in range(0, len(given), 10):
        page.keyboard.insert_text(" ".join([*given[start : start + 10], ""]))


def open_section(person: Visitor, title: str) -> str:
    """Open a section of the person's latest draft, and return its address."""
    person.go("/apply/")
    person.follow(re.compile("^(Go on|Open) with"))
    person.follow(title, exact=True)
    assert person.heading() == title
    return person.page.url


def long_texts(person: Visitor) -> Locator:
    return person.page.locator("form#answers textarea:not([hidden])")


def expect_saved(person: Visitor) -> None:
    expect(person.page.locator("form#answers:not([data-unsent])")).to_be_attached()
    expect(status(person)).to_have_text(SAVED)


def status(person: Visitor) -> Locator:
    return person.page.locator("[data-saved]")


@contextmanager
def unreachable(person: Visitor) -> Iterator[None]:
    """Expect what Chromium says of a server that it cannot reach, and nothing else."""
    yield
    person.faults[:] = [each for each in person.faults if not re.search("net::ERR_|chrome-error|htmx:", each)]


def reload_in_vain(page: Page) -> None:
    with pytest.raises(Error, match="ERR_"):
        page.reload()


def test_500_words_typed_while_network_and_server_are_away_are_all_there(visitor: Window, site: Site) -> None:
    person = visitor("applicant")
    page, address = person.page, open_section(person, "Method")
    field = long_texts(person).first
    field.fill("")
    type_words(page, words(0, 100))
    expect_saved(person)
    with unreachable(person):
        person.context.set_offline(True)
        type_words(page, words(100, 250))
        expect(status(person)).to_contain_text("Not saved")
        expect(status(person)).to_be_in_viewport()
        reload_in_vain(page)
        person.context.set_offline(False)
        page.goto(address)
        expect_saved(person)

        site.stop_web()
        field.focus()
        page.keyboard.press("Control+End")
        type_words(page, words(250, 400))
        expect(status(person)).to_contain_text("Not saved")
        reload_in_vain(page)
        site.start_web()
        site.wait()
        page.goto(address)
        field.focus()
        page.keyboard.press("Control+End")
        type_words(page, words(400, 500))
        expect_saved(person)

    assert field.input_value().split() == words(0, 500)
    again = visitor("applicant")
    again.go(address.removeprefix(site.address))
    assert long_texts(again).first.input_value().split() == words(0, 500)


def test_what_one_section_could_not_send_is_sent_from_another(visitor: Window, site: Site) -> None:
    person = visitor("applicant")
    address = open_section(person, "Method")
    field = long_texts(person).nth(1)
    with unreachable(person):
        person.page.route("**/autosave/", lambda route: route.abort())
        field.fill("Kept for another page")
        expect(status(person)).to_contain_text("Not saved")
        person.page.unroute("**/autosave/")
        with person.page.expect_response("**/autosave/"):
            person.go("/apply/")
    person.page.goto(address)
    expect(field).to_have_value("Kept for another page")


@pytest.mark.parametrize(
    "more", [pytest.param("", marks=pytest.mark.more), " and more"], ids=["all was sent", "more was typed"]
)
def test_a_page_made_before_the_last_save_shows_what_was_saved(visitor: Window, more: str) -> None:
    person = visitor("applicant")
    open_section(person, "Method")
    reload_while_it_is_saved(person.page, long_texts(person).nth(2), f"Sent{more}", f"Sent{more}{more}")


def reload_while_it_is_saved(page: Page, field: Locator, first: str, then: str) -> None:
    """Type twice and load the page again: it is made before the first is saved, and arrives when that is done."""
    held: list[Route] = []

    def made_before(route: Route) -> None:
        older = route.fetch()
        with page.expect_response("**/autosave/"):
            held[0].continue_()
        page.wait_for_timeout(100)
        route.fulfill(response=older)

    page.route("**/autosave/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/autosave/"):
        field.fill(first)
        field.blur()
    field.fill(then)
    page.route(page.url, made_before, times=1)
    page.reload()
    expect(field).to_have_value(then)
    expect(page.locator(".conflict")).to_have_count(0)
    expect(page.locator("form[data-autosave]:not([data-unsent])")).to_be_attached()
    page.unroute("**/autosave/")
    page.reload()
    expect(field).to_have_value(then)


def test_the_budget_and_the_team_form_keep_what_was_typed(visitor: Window) -> None:
    person = visitor("applicant")
    page, address = person.page, open_section(person, "Budget")
    row = page.locator("[name$='-what']").first.get_attribute("name").removesuffix("-what")
    with unreachable(person):
        page.locator(f"[name='{row}-what']").fill("Kept words")
        page.locator(f"[name='{row}-1']").fill("12,345")
        expect(page.locator("#budget [name=revision]")).not_to_have_value("0")
        expect(status(person)).to_have_text(SAVED)
        page.route("**/budget/", lambda route: route.abort())
        page.locator(f"[name='{row}-1']").fill("54,321")
        expect(status(person)).to_contain_text("Not saved")
        page.unroute("**/budget/")
        page.goto(address)
    expect(page.locator(f"[name='{row}-1']")).to_have_value("54,321")
    expect(page.locator(f"#sum-{row}")).to_contain_text(",")
    expect(status(person)).to_have_text(SAVED)

    open_section(person, "Team")
    page.get_by_text("Add a person", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Half typed")
    page.reload()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Half typed")
    person.press("Add to the team")
    assert page.get_by_label("Name", exact=True).input_value() == ""


def invite(owner: Visitor, guest: Visitor, email: str) -> None:
    open_section(owner, "Team")
    page = owner.page
    page.get_by_text("Add a person", exact=True).click()
    page.get_by_label("Name", exact=True).fill("Guest")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("radio", name=re.compile("^Editor")).check()
    owner.press("Add to the team")
    guest.go("/apply/")
    guest.press(re.compile("^Join"))


def both_type(windows: list[Visitor], fields: list[Locator], seconds: float) -> list[list[str]]:
    """Let two people type in turn, a word every tenth of a second, and return what each typed."""
    typed: list[list[str]] = [[], []]
    for field in fields:
        field.fill("")
        field.focus()
    end = monotonic() + seconds
    for number in count():
        if monotonic() > end:
            return typed
        for place, person in enumerate(windows):
            typed[place].append(f"{'ab'[place]}{number}")
            person.page.keyboard.insert_text(f"{typed[place][-1]} ")
            person.page.wait_for_timeout(50 if number % 25 else 1100)
    return typed


@pytest.mark.parametrize("seconds", [6, pytest.param(60, marks=pytest.mark.soak)])
def test_two_people_in_one_draft_lose_nothing_and_are_asked_only_in_the_same_field(
    visitor: Window, seconds: int
) -> None:
    ada, amir = visitor("applicant"), visitor("reviewer")
    ada.expected.add(409)
    amir.expected.add(409)
    invite(ada, amir, EMAILS["reviewer"])
    address = open_section(ada, "Method")
    amir.page.goto(address)
    fields = [long_texts(ada).nth(0), long_texts(amir).nth(1)]
    typed = both_type([ada, amir], fields, seconds)
    expect(ada.page.locator("[data-others]")).to_contain_text("In this draft too now")

    for person, field in zip((ada, amir), fields, strict=True):
        expect_saved(person)
        field.blur()
        expect(person.page.locator(".conflict")).to_have_count(0)
    expect(long_texts(amir).nth(0)).to_have_value(" ".join(typed[0]) + " ")
    expect(long_texts(ada).nth(1)).to_have_value(" ".join(typed[1]) + " ")

    same = [long_texts(ada).nth(0), long_texts(amir).nth(0)]
    same[0].focus()
    same[1].focus()
    type_words(ada.page, words(0, 5))
    expect_saved(ada)
    ada.page.wait_for_timeout(1000)
    type_words(amir.page, ["mine"])
    box = amir.page.locator(".conflict")
    expect(box.locator("blockquote").first).to_contain_text("word4")
    expect(box.locator("blockquote").nth(1)).to_contain_text("mine")
    box.get_by_role("button", name="Edit both together").click()
    expect_saved(amir)
    same[0].blur()
    expect(same[0]).to_have_value(re.compile("word4[^m]+mine"))
