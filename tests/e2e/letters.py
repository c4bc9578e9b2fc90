"""Releasing decisions and reading what the letters say, as an administrator does it."""

import re
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.core.pdf.reading import words_of
from tests.e2e.pages import READY
from tests.e2e.site import Visitor


def release_and_read_letters(person: Visitor, number: int) -> None:
    """Release so many decisions that are ready, watch the letters being made, and compare each with its award."""
    page = person.go(f"/manage/calls/{READY}/decisions/?state=approved")
    chosen = page.locator('input[name="decision"]')
    for index in range(number):
        chosen.nth(index).check()
    person.press("Check and release")
    promised = promised_awards(person)
    assert f"Release {number} decisions?" in person.text()
    person.press(f"Release {number} decisions")
    wait_for_work(person)
    let_go_and_take_back(person)
    archive = person.download(page.get_by_role("link", name=re.compile("Download all")))
    letters = letters_in(archive)
    assert len(letters) == number
    person.go(f"/manage/calls/{READY}/decisions/?state=released")
    for title, amount, name in with_names(person, promised):
        own = [text for text in letters.values() if title in text and "Award" in text]
        assert len(own) == 1, (title, len(own))
        assert amount in own[0]
        assert name in own[0], (name, own[0][:600])


def let_go_and_take_back(person: Visitor) -> None:
    """Look at the mails of the letters, let them go, take them back within the minute, and return to the batch."""
    batch = person.page.url
    person.follow("Look at the mails")
    send = person.page.get_by_role("button", name=re.compile(r"^Send \d+ letters?$")).inner_text()
    person.press(send)
    assert "about to leave" in person.text()
    person.press("Take them back")
    assert person.page.get_by_role("button", name=send).is_visible()
    person.go(batch)


def wait_for_work(person: Visitor) -> None:
    """Watch a batch to its end; without script, by asking again. A reload loses nothing."""
    page = person.page
    if "/jobs/" not in page.url:
        person.follow("Watch its progress")
    address = page.url
    done = page.locator("#batch .badge", has_text="Done")
    page.reload()
    if person.script:
        expect(done).to_be_visible(timeout=120_000)
    else:
        for _ in range(240):
            if done.count():
                break
            page.wait_for_timeout(500)
            page.reload()
    assert page.url == address
    assert re.search(r"Done\s+[1-9]\d*\s+Failed\s+0\s+Left\s+0", person.text())


def promised_awards(person: Visitor) -> list[tuple[str, str, str]]:
    """Return reference, title and amount of what is to be funded, as the check page says it."""
    rows = person.page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim()))"
    )
    return [(cells[0], cells[1], cells[3]) for cells in rows if cells[2] == "Fund"]


def with_names(person: Visitor, promised: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Add who leads each, from the application's own page."""
    found = []
    for reference, title, amount in promised:
        person.go(f"/manage/calls/{READY}/applications/{reference}/")
        name = person.page.locator("dl.facts div", has_text="Leader").locator("dd").first.inner_text()
        found.append((squeezed(title), amount, squeezed(name)))
    return found


def letters_in(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as opened:
        return {name: squeezed(words_of(opened.read(name))) for name in opened.namelist() if name.endswith(".pdf")}


def squeezed(text: str) -> str:
    """Return the text without what readers of PDFs put in: white space and hyphens at line ends, marks of direction."""
    return re.sub(r"[\s\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069-]", "", text)
