"""Releasing decisions and reading what the letters say, as an administrator does it."""

import re
import unicodedata
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.core.pdf.reading import words_of
from tests.e2e.pages import READY
from tests.e2e.site import Visitor

SCRIPTS = ("ARABIC", "THAI", "DEVANAGARI")
"""The scripts, beside our own, in which the sample has names of people who are to be funded."""


def release_and_read_letters(person: Visitor, number: int, *, scripts: tuple[str, ...] = SCRIPTS) -> None:
    """Release so many decisions that are ready, watch the letters being made, and compare each with its award.

    Among the names in award letters are some in each of the scripts.
    """
    page = person.go(f"/manage/calls/{READY}/decisions/?state=approved")
    chosen = page.locator('input[name="decision"]')
    for index in range(number):
        chosen.nth(index).check()
    person.press("Check and release")
    promised = promised_awards(person)
    assert f"Release {number} decisions?" in person.text()
    assert f"{counted(len(promised), 'offer')}," in person.text()
    person.press(f"Release {number} decisions")
    wait_for_work(person)
    let_go_and_take_back(person)
    archive = person.download(page.get_by_role("link", name=re.compile("Download all")))
    letters = letters_in(archive)
    assert len(letters) == number
    person.go(f"/manage/calls/{READY}/decisions/?state=released")
    named = with_names(person, promised)
    assert named
    assert {script_of(name) for _, _, name in named} >= set(scripts)
    for title, amount, name in named:
        own = [text for text in letters.values() if names_it(text, title)]
        assert len(own) == 1, (title, len(own))
        assert has_amount(own[0], amount), (amount, own[0][:600])
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
    # Beside the outcome stands the language of a letter that is not in English.
    return [(cells[0], cells[1], cells[3]) for cells in rows if cells[2].split(",")[0] == "Fund"]


def names_it(text: str, title: str) -> bool:
    """Whether a letter has the words of a title, which readers of PDFs put in another order where scripts are mixed."""
    words = [squeezed(each) for each in re.findall(r"\w+", title)]
    return sum(each in text for each in words) > 0.9 * len(words)


def has_amount(text: str, amount: str) -> bool:
    """Whether an amount stands in a letter, with the digits and between them the signs of its language."""
    figures = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)
    thousands = re.findall(r"\d+", amount)
    return re.search(r"(?<!\d)" + r"\D?".join(thousands) + r"(?!\d)", figures) is not None


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def script_of(name: str) -> str:
    return unicodedata.name(name[0]).split()[0]


def with_names(person: Visitor, promised: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Put who leads each beside its title and amount, from the application's own page."""
    found = []
    for reference, title, amount in promised:
        person.go(f"/manage/calls/{READY}/applications/{reference}/")
        name = person.page.locator("dl.facts div", has_text="Leader").locator("dd").first.inner_text()
        found.append((title, amount, squeezed(name)))
    return found


def letters_in(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as opened:
        return {name: squeezed(words_of(opened.read(name))) for name in opened.namelist() if name.endswith(".pdf")}


def squeezed(text: str) -> str:
    """Return the text without what readers of PDFs put in: white space and hyphens at line ends, marks of direction."""
    return re.sub(r"[\s\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069-]", "", text)
