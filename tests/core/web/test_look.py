"""The pages in a real browser: accessible in light and dark, wide and narrow, quiet in the console."""

import re
from pathlib import Path

import django_htmx
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect

STATIC = Path(__file__).resolve().parents[3] / "core" / "static"
HTMX = Path(django_htmx.__file__).parent / "static"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = ["/patterns/", "/help/", "/support/", "/account/login/", "/account/signup/", "/nothing-here/"]
pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.core.web.addresses")]


def _answer(route: Route) -> None:
    """Answer from the product itself; the pages of a visitor ask nothing of the database."""
    response = Client(raise_request_exception=False).get(route.request.url.removeprefix("http://localhost"))
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=response.content)


def _answer_static(route: Route) -> None:
    name = route.request.url.split("/static/")[1]
    kind = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}[name.rsplit(".", 1)[1]]
    route.fulfill(path=(STATIC if (STATIC / name).exists() else HTMX) / name, content_type=kind)


def _open(browser: Browser, scheme: str, width: int) -> tuple[Page, list[str]]:
    page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.route("**/*", _answer)
    page.route(re.compile("/static/"), _answer_static)
    return page, said


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        ("dark", 320),
        *(pytest.param(*look, marks=pytest.mark.more) for look in [("dark", 1280), ("light", 320)]),
    ],
)
def test_every_part_is_accessible_fits_and_is_quiet(script_browser: Browser, scheme: str, width: int) -> None:
    page, said = _open(script_browser, scheme, width)
    found: dict[str, list[str]] = {}
    for address in PAGES:
        page.goto(f"http://localhost{address}")
        found[address] = [fault["id"] for fault in Axe().run(page, options=RULES).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[address].append("wider than the screen")
    page.context.close()

    assert found == {address: [] for address in PAGES}
    assert [line for line in said if "404" not in line] == []


def test_a_refused_partial_update_shows_the_page_of_the_refusal(script_browser: Browser) -> None:
    page, _ = _open(script_browser, "light", 1280)
    page.goto("http://localhost/patterns/")
    page.evaluate(
        """() => {
            const link = document.createElement("a");
            link.href = "#";
            link.textContent = "Try it";
            link.setAttribute("hx-get", "/wrong-state/");
            document.querySelector("#main").prepend(link);
            htmx.process(link);
        }"""
    )

    page.get_by_text("Try it").click()

    expect(page.locator("main h1")).to_have_text("This has changed in the meantime")
    page.context.close()


def test_the_sheets_keep_their_budget() -> None:
    sizes = [sheet.stat().st_size for sheet in (STATIC / "core" / "css").glob("*.css")]

    assert sum(sizes) <= 45_000
