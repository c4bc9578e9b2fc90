"""Every kind of page: no barrier in light or dark, no sideways scrolling at 320 pixels, and a quiet console."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.pages import PAGES, open_page
from tests.e2e.site import Visitor

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
LOOKS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", "target-size"]},
    "resultTypes": ["violations"],
}
"""What may differ in the dark and where there is little room."""
ROOM = 60 * 1024
WITH_TEXTS = {
    "call", "closed-call", "api", "draft", "whole", "summary", "ethics", "desk", "submitted", "application", "declare",
    "screening", "overview",
}  # fmt: skip
"""Pages that carry texts which people wrote, or charts: only what stands beside these is limited."""
KEYBOARD_MARK = "document.activeElement.matches(':focus-visible')"


@pytest.mark.parametrize("persona", PAGES)
def test_pages_have_no_barrier_and_fit(visitor: Callable[..., Visitor], persona: str) -> None:
    person = visitor(persona or None)
    page, axe = person.page, Axe()
    found: list[str] = []
    for kind in PAGES[persona]:
        page.set_viewport_size({"width": 1280, "height": 900})
        open_page(person, PAGES[persona], kind)
        assert page.locator("h1").count() == 1, page.url
        page.evaluate(axe.axe_script)
        for scheme, width, rules in (("light", 1280, RULES), ("dark", 320, LOOKS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 900})
            for violation in page.evaluate("options => axe.run(options)", rules)["violations"]:
                nodes = "; ".join(node["html"][:140] for node in violation["nodes"][:3])
                found.append(f"{persona} {kind} {scheme}: {violation['id']}: {nodes}")
        if (wide := page.evaluate("document.scrollingElement.scrollWidth")) > 320:
            found.append(f"{persona} {kind}: {wide} wide at 320")
        if kind not in WITH_TEXTS and (size := len(page.content().encode())) > ROOM:
            found.append(f"{persona} {kind}: {size} bytes")
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
