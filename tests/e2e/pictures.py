"""Take pictures: of every kind of page to look at, or of each persona's main page for the README.

`python -m tests.e2e.pictures FOLDER ADDRESS PASSWORD`, with those of a running demo, takes all pages, light and dark,
1280 and 320 wide. With `--readme` it takes the few of docs/pictures.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright

from tests import services
from tests.core.conftest import QUIET
from tests.e2e.pages import PAGES, STRANGER, open_page
from tests.e2e.site import Site, Visitor

README = {
    "public": (STRANGER, "home"), "applicant": ("applicant", "summary"), "reviewer": ("reviewer", "desk"),
    "chair": ("chair", "ranking"), "administrator": ("administrator", "overview"), "finance": ("finance", "finance"),
    "auditor": ("auditor", "audit"),
}  # fmt: skip
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1280, 320)]


@contextmanager
def _browser() -> Iterator[Browser]:
    chromium = services.find_chromium()
    if chromium is None:
        raise SystemExit("Chromium is not installed.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


def take_readme(site: Site, browser: Browser, folder: Path) -> None:
    """Take the picture of each persona's main page."""
    for name, (persona, kind) in README.items():
        person = Visitor(site, browser, persona=persona, viewport={"width": 1280, "height": 800}, color_scheme="light")
        open_page(person, PAGES[persona], kind)
        _work_out_the_ranking(person)
        target = folder / f"{name}.png"
        person.page.screenshot(path=target)
        Image.open(target).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
        print(target, target.stat().st_size // 1024, "KB")
        person.close()


def _work_out_the_ranking(person: Visitor) -> None:
    if person.page.get_by_role("button", name="Compute the ranking").count():
        person.press("Compute the ranking")
        expect(person.page.locator("figure svg").first).to_be_visible()


def take_all(site: Site, browser: Browser, folder: Path) -> None:
    """Take every kind of page in each look, whole."""
    for persona, pages in PAGES.items():
        person = Visitor(site, browser, persona=persona)
        for kind in pages:
            try:
                open_page(person, pages, kind)
            except AssertionError as missing:
                print(missing)
                continue
            for scheme, width in LOOKS:
                person.page.emulate_media(color_scheme=scheme)
                person.page.set_viewport_size({"width": width, "height": 900})
                person.page.screenshot(
                    path=folder / f"{persona or 'public'}-{kind}-{scheme}-{width}.png", full_page=True
                )
        print(persona or "public", *person.faults, sep="\n  ")
        person.close()


def main() -> None:
    """Read where to and from where."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("address")
    parser.add_argument("password")
    parser.add_argument("--readme", action="store_true")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    take = take_readme if given.readme else take_all
    site = Site(given.folder, urlsplit(given.address).port or 8000, password=given.password)
    with _browser() as browser:
        take(site, browser, given.folder)


if __name__ == "__main__":
    main()
