"""An applicant: from an address of their own to a receipt, and back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Response, expect

from tests.core.pdf.reading import words_of
from tests.e2e.answers import fill, pass_the_quiz, sample_answers
from tests.e2e.site import Visitor
from tests.factories import make_pdf

pytestmark = pytest.mark.usefixtures("at_work")
PASSWORD = "a-lantern-in-the-harbour"


@pytest.mark.parametrize("script", [True, False], indirect=True, ids=["with script", "without script"])
def test_an_applicant_signs_up_writes_submits_and_withdraws(visitor: Callable[..., Visitor], script: bool) -> None:
    email = f"noor.{'with' if script else 'without'}@lakeside.example"
    person = visitor(script=script)
    sign_up(person, email)
    start_draft(person)
    write_too_much(person)
    write_the_rest(person)
    draw_up_the_budget(person)
    attach_a_file(person)
    reference = submit(person)
    read_the_receipt(person, reference)
    withdraw(person, reference)


def sign_up(person: Visitor, email: str) -> None:
    page = person.go("/")
    person.follow("Read the call")
    person.follow("Make an account")
    page.get_by_label("Your name").fill("Noor Halvorsen")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill("short")
    person.press("Make an account")
    expect(page.locator("[data-error-summary]")).to_contain_text("12 characters")
    expect(page.get_by_label("E-mail")).to_have_value(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    person.press("Make an account")
    assert person.heading() == "Look at your mail"
    person.follow("Open the mail folder of this copy")
    message = page.locator("li", has_text=email).first
    message.locator("summary").click()
    person.click(message.get_by_role("link").first)
    person.press("Confirm")
    if "/login/" in page.url:
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        person.press("Sign in")


def start_draft(person: Visitor) -> None:
    person.go("/calls/prevention-first/")
    person.press("Start an application")
    pass_the_quiz(person.page)
    person.press("Go on to the form")
    assert person.heading() == "Your draft has no title yet"
    person.follow("Start with “Summary”")


def write_too_much(person: Visitor) -> None:
    page = person.page
    fill(page, sample_answers() | {"summary": "word " * 160})
    person.press("Save and go on")
    assert "Shorten this answer by 10 words." in person.text()
    assert page.locator('[name="summary"]').input_value().split() == ["word"] * 160
    fill(page, sample_answers())
    person.press("Save and go on")


def write_the_rest(person: Visitor) -> None:
    page = person.page
    for title in ("Question and background", "Method", "Ethics and safeguarding"):
        assert person.heading() == title
        assert fill(page, sample_answers()) > 0
        person.press("Save and go on")
    assert person.heading() == "Team"
    page.get_by_text("Add a person", exact=True).click()
    page.get_by_label("Name", exact=True).fill("سلمى الحداد")
    page.locator('[name="organisation_name"]').fill("Nyanza Lakes University")
    person.press("Add to the team")
    assert "سلمى الحداد is in the team." in person.text()
    name_the_partners(person)
    fill(page, sample_answers())
    person.press("Save and go on")


def name_the_partners(person: Visitor) -> None:
    page = person.page
    page.get_by_label("Organisation, row 1").fill("Harbour Trust")
    page.get_by_label("Organisation, row 3").fill("Lakeside Clinic")
    page.get_by_label("Own money put in, row 3").fill("many")
    press = person.press if not person.script else lambda name: page.get_by_role("button", name=name).click()
    press("Add rows")
    # Without script the page comes back from the server, which keeps no empty row.
    last = 3 if person.script else 2
    expect(page.get_by_label(f"Organisation, row {last}")).to_have_value("Lakeside Clinic")
    expect(page.get_by_label("Organisation, row 4")).to_have_value("")
    if person.script:
        with page.expect_response(_saves_without_the_row):
            press(f"Remove row {last}")
    else:
        press(f"Remove row {last}")
    expect(page.get_by_label(f"Own money put in, row {last}")).to_have_value("")
    if person.script:
        page.reload()
    expect(page.get_by_label("Organisation, row 1")).to_have_value("Harbour Trust")


def _saves_without_the_row(answer: Response) -> bool:
    """Whether it answers to the saving of what is left, and not to one before it that was on its way still."""
    sent = answer.request.post_data or ""
    return "/autosave/" in answer.url and "key=partners" in sent and "Lakeside" not in sent


def draw_up_the_budget(person: Visitor) -> None:
    page = person.page
    assert person.heading() == "Budget"
    page.locator('[name="c0-0-what"]').fill("Postdoctoral researcher")
    page.locator('[name="c0-0-1"]').fill("-60000")
    person.press("Save and go on")
    assert "An amount cannot be negative. Write it without the minus sign." in person.text()
    assert page.locator('[name="c0-0-1"]').input_value() == "-60000"
    page.locator('[name="c0-0-1"]').fill("60,000")
    page.locator('[name="c0-0-2"]').fill("24000")
    if person.script:
        expect(page.locator("#sum")).to_have_text("84,000")
    person.press("Save and go on")


def attach_a_file(person: Visitor) -> None:
    page = person.page
    assert person.heading() == "Attachments"
    choose_file(person, "plan.pdf", b"This is no PDF at all, only its name says so.")
    if person.script:
        page.get_by_role("button", name="Attach this file").click()
        expect(page.get_by_text("This is plain text and no table.")).to_be_visible()
    else:
        person.press("Attach this file")
        assert "This is plain text and no table." in person.text()
    choose_file(person, "plan.pdf", make_pdf(pages=2))
    page.get_by_role("button", name="Attach this file").click()
    expect(page.get_by_text("plan.pdf is attached.")).to_be_visible()
    fill(page, sample_answers())
    person.press("Save and see all sections")


def choose_file(person: Visitor, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    person.page.locator('input[type="file"]').set_input_files(file)
    person.page.get_by_label("This file has no image or video of abuse.").check()


def submit(person: Visitor) -> str:
    page = person.page
    person.follow("Check and submit")
    assert "Everything is here" in person.text(), person.text()
    person.follow("Go to the last step")
    page.get_by_label("In what capacity").fill("Principal investigator")
    page.get_by_label("I have read this declaration and I make it.").check()
    person.press("Submit the application")
    found = re.search(r"SORF-PF-\d+", person.text())
    assert found, person.text()
    person.follow("See what happens next")
    assert "What happened so far" in page.content()
    return found[0]


def read_the_receipt(person: Visitor, reference: str) -> None:
    page = person.page
    receipt = page.locator("#documents").get_by_role("link", name="receipt")
    if person.script:
        expect(receipt).to_be_visible()
    else:
        for _ in range(60):
            if receipt.count():
                break
            page.wait_for_timeout(500)
            page.reload()
    words = words_of(person.download(receipt).read_bytes())
    assert reference in words
    assert "Noor Halvorsen" in words
    person.go("/home/mail/")
    assert reference in person.text()


def withdraw(person: Visitor, reference: str) -> None:
    page = person.go("/apply/")
    person.follow(re.compile("."))
    person.follow("Withdraw this application")
    person.press(f"Withdraw {reference}")
    assert "Say in a sentence why you withdraw." in person.text()
    page.get_by_label("Why do you withdraw?").fill("Another funder supports the whole project.")
    person.press(f"Withdraw {reference}")
    assert "You withdrew this application" in person.text()
