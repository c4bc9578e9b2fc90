"""Pages in a language whose words are longer by two fifths, and in one that is written from right to left."""

import os
import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests import services
from tests.e2e.barriers import BOTH, LOOKS, RULES, Look, barriers_on
from tests.e2e.pages import PAGES, STRANGER, Address, open_page
from tests.e2e.site import Site, Visitor
from tests.pseudo import OPEN

FIT: tuple[Look, ...] = (("light", 1280, None), ("light", 320, None))
NARROW: tuple[Look, ...] = (("light", 320, RULES),)
EVERY: tuple[Look, ...] = (("light", 1280, RULES), ("light", 320, RULES), ("dark", 320, LOOKS))
WORDY = {
    STRANGER: ("home", "sign-in"), "applicant": ("applications", "summary", "budget"),
    "administrator": ("overview", "applications", "form", "setup-budget"), "reviewer": ("desk",),
}  # fmt: skip
ARABIC = {
    STRANGER: ("home", "sign-in", "sign-up", "password"),
    "applicant": ("summary", "ethics", "team", "budget", "attachments"),
}


@pytest.fixture(scope="module")
def wordy(site: Site) -> Iterator[Site]:
    """Run a second web server on the same data, in the language that does not exist."""
    other = Site(site.folder, services.free_port())
    other.start_web("tests.pseudo_wsgi")
    other.wait()
    yield other
    os.killpg(other.processes[0].pid, signal.SIGKILL)
    other.processes[0].wait()


def look_through(
    person: Visitor, pages: dict[str, Address], kinds: tuple[str, ...], looks: tuple[Look, ...]
) -> list[str]:
    found = []
    for kind in kinds:
        person.page.set_viewport_size({"width": 1280, "height": 900})
        open_page(person, pages, kind)
        assert OPEN in str(person.page.locator("a.skip").text_content()), kind
        found += [f"{kind}: {fault}" for fault in barriers_on(person.page, looks)]
    return found


@pytest.mark.parametrize("looks", [FIT, pytest.param(BOTH, marks=pytest.mark.more)], ids=["fit", "both"])
@pytest.mark.parametrize("persona", WORDY)
def test_longer_words_fit(wordy: Site, browser: Browser, persona: str, looks: tuple[Look, ...]) -> None:
    person = Visitor(wordy, browser, persona=persona or None)
    found = look_through(person, PAGES[persona], WORDY[persona], looks)
    person.close()
    assert (found, person.faults) == ([], [])


def by_address(pages: dict[str, Address], name: str) -> bool:
    """Whether a page is reached by addresses only, not by words."""
    address = pages.get(name, "")
    return isinstance(address, str) or (
        isinstance(address, tuple) and len(address) == 2 and by_address(pages, address[0])
    )


@pytest.mark.soak
@pytest.mark.parametrize("persona", PAGES)
def test_longer_words_fit_everywhere(wordy: Site, browser: Browser, persona: str) -> None:
    person = Visitor(wordy, browser, persona=persona or None)
    pages = PAGES[persona]
    kinds = tuple(kind for kind in pages if by_address(pages, kind) and kind not in ("api", "resource", "outbox"))
    found = look_through(person, pages, kinds, EVERY)
    person.close()
    assert (found, person.faults) == ([], [])


@pytest.mark.parametrize("looks", [NARROW, pytest.param(BOTH, marks=pytest.mark.more)], ids=["narrow", "both"])
@pytest.mark.parametrize("persona", ARABIC)
def test_arabic_has_no_barrier_either(
    visitor: Callable[..., Visitor], site: Site, persona: str, looks: tuple[Look, ...]
) -> None:
    person = visitor(persona or None)
    person.context.add_cookies([{"name": "django_language", "value": "ar", "url": site.address}])
    found = []
    for kind in ARABIC[persona]:
        person.page.set_viewport_size({"width": 1280, "height": 900})
        open_page(person, PAGES[persona], kind)
        assert person.page.locator("html").get_attribute("dir") == "rtl", kind
        found += [f"{kind}: {fault}" for fault in barriers_on(person.page, looks)]
    assert found == []
