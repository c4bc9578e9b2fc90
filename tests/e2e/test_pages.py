"""Every kind of page: no barrier in light or dark, no sideways scrolling at 320 pixels, and a quiet console."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.barriers import BOTH, DARK, ONE, Look, barriers_on
from tests.e2e.pages import DARK_TOO, FURTHER, PAGES, open_page
from tests.e2e.site import Visitor

ROOM = 60 * 1024
WITH_TEXTS = {
    "call", "closed-call", "draft", "whole", "summary", "ethics", "desk", "submitted", "application", "declare",
    "screening", "overview",
}  # fmt: skip
"""Pages that carry texts which people wrote, or charts: only what stands beside these is limited."""
KEYBOARD_MARK = "document.activeElement.matches(':focus-visible')"


def faults_of(person: Visitor, persona: str, kind: str, looks: tuple[Look, ...]) -> list[str]:
    """Open a page, and return what is wrong with it."""
    page = person.page
    page.set_viewport_size({"width": 1280, "height": 900})
    open_page(person, PAGES[persona], kind)
    assert page.locator("h1").count() == 1, page.url
    found = [f"{persona} {kind} {fault}" for fault in barriers_on(page, looks)]
    if kind not in WITH_TEXTS and (size := len(page.content().encode())) > ROOM:
        found.append(f"{persona} {kind}: {size} bytes")
    return found


@pytest.mark.parametrize("persona", PAGES)
def test_pages_have_no_barrier_and_fit(visitor: Callable[..., Visitor], persona: str) -> None:
    person = visitor(persona or None)
    found: list[str] = []
    for kind in PAGES[persona]:
        if kind not in FURTHER[persona]:
            found += faults_of(person, persona, kind, BOTH if kind in DARK_TOO[persona] else ONE)
    assert found == []


@pytest.mark.more
@pytest.mark.parametrize("persona", PAGES)
def test_nor_has_any_other_page_or_any_in_the_dark(visitor: Callable[..., Visitor], persona: str) -> None:
    person = visitor(persona or None)
    found: list[str] = []
    for kind in PAGES[persona]:
        if kind not in DARK_TOO[persona]:
            found += faults_of(person, persona, kind, BOTH if kind in FURTHER[persona] else DARK)
    assert found == []


def test_the_first_tab_skips_to_the_content(visitor: Callable[..., Visitor], script: bool) -> None:
    person = visitor(script=script)
    page = person.go("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate(KEYBOARD_MARK)


def test_the_error_summary_takes_the_focus_and_leads_to_the_control(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    page = person.go("/account/signup/")
    page.get_by_label("Your name").fill("Noor Halvorsen")
    page.get_by_label("E-mail").fill("noor@lakeside.example")
    page.get_by_label("Password", exact=True).fill("short")
    page.keyboard.press("Enter")
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
