"""A browser page on an address of its own, where our scripts are served and each test writes the answers."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

STATIC = Path(__file__).resolve().parents[2] / "core" / "static"
OFF = [
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
]  # fmt: skip
"""What Playwright turns off, which this list replaces, and the pages behind the address bar: each window loads them."""
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", f"--disable-features={','.join(OFF)}",
]  # fmt: skip


@pytest.fixture(scope="module")
def script_browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium for one file of tests; not longer, since Django refuses its database beside Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


def _serve(route: Route) -> None:
    name = route.request.url.split("/static/")[1]
    route.fulfill(path=STATIC / name, content_type="text/javascript" if name.endswith(".js") else "text/css")


@pytest.fixture
def script_page(script_browser: Browser) -> Iterator[Page]:
    """Open a page in a fresh profile in Oslo; what a test does not answer itself is an empty page."""
    context = script_browser.new_context(timezone_id="Europe/Oslo")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/*", lambda route: route.fulfill(body="<!doctype html><title>Page</title>", content_type="text/html"))
    page.route(re.compile("/static/"), _serve)
    yield page
    context.close()
    assert faults == []
