"""Letters under the numbers of their release: made once, held with a reason, replaced, withdrawn, and checked by anybody."""

import hashlib
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from applications.models import Application
from config.environment import Signing
from core import clock, letters
from core.audit.models import AuditEvent
from core.documents.models import Document, IssuedLetter
from core.jobs import work
from core.jobs.models import Job
from core.letters import certificates
from core.mail.models import Message
from core.people.models import User
from core.states import WrongState
from fund.actions import ledger
from fund.models import Award, Call, Fund
from reviews.actions import deciding
from reviews.actions.lettering import letter_of
from reviews.models import Decision, Release
from tests import factories
from tests.access.world import recuse
from tests.core.pdf.reading import words_of
from tests.core.signatures import SOUND, Verdict, drawn_over, verdict, with_a_byte_changed, with_bytes_behind
from tests.reviews import panels

pytestmark = pytest.mark.django_db
UNICORN = "A unicorn 🦄 at school"


@pytest.fixture(scope="module")
def made(shared: None) -> tuple[Call, Release]:
    """Release one award and two outcomes, decided in another order than that of the references, and make the letters.

    A fourth decision is approved and waits. One of the references has a digit more than the one before it.
    """
    call = panels.make_call_in_review(applications=4, budget=Decimal(150_000))
    company = factories.make_organisation("Member company", kind="company")
    pledge = ledger.pledge(fund=call.fund, organisation=company, amount=Decimal(400_000), by=None)
    ledger.receive(contribution=pledge, amount=Decimal(400_000), by=None)
    both = factories.make_user("Helena", "administrator"), factories.make_user("Oluchi", "administrator")
    outcomes = ("decline", "fund", "reserve", "decline")
    found = list(call.applications.order_by("reference"))
    for each, number in zip(found[1:3], (9_999, 10_000), strict=True):
        each.reference = f"{str(each.reference).rpartition('-')[0]}-{number}"
        each.save(update_fields=["reference"])
    decisions = [panels.approved(each, what, by=both) for each, what in zip(found[::-1], outcomes[::-1], strict=True)]
    release = deciding.release(call=call, decisions=decisions[1:], by=both[0])
    work.run_all()
    return call, release


@pytest.fixture
def call(made: tuple[Call, Release], db: None) -> Call:
    return deepcopy(made[0])


@pytest.fixture
def helena(call: Call) -> User:
    return User.objects.get(name="Helena")


@pytest.fixture
def letter(call: Call) -> IssuedLetter:
    """The award letter."""
    return IssuedLetter.objects.get(kind="award-letter")


def told(client: Client, code: str) -> str:
    return client.get(f"/verify/{code}/").content.decode()


def uploaded(client: Client, content: bytes) -> str:
    file = SimpleUploadedFile("letter.pdf", content, content_type="application/pdf")
    return client.post("/verify/", {"file": file}).content.decode()


# Numbers.


def test_letters_are_numbered_in_the_order_of_the_references_in_the_transaction_of_the_release(call: Call) -> None:
    rows = IssuedLetter.objects.order_by("sequence")
    references = dict(Decision.objects.filter(state="released").values_list("pk", "application__reference"))

    assert [(each.sequence, each.version, each.state) for each in rows] == [(n, 1, "issued") for n in (1, 2, 3)]
    assert [int(references[each.cause].rpartition("-")[2]) for each in rows] == [1, 9_999, 10_000]
    assert [each.kind for each in rows] == ["outcome-letter", "award-letter", "outcome-letter"]
    assert {str(each) for each in rows} == {f"SORF-L-{clock.today().year}-000{n}" for n in (1, 2, 3)}


def test_the_register_has_the_hash_and_the_template_of_the_file_and_the_letter_its_number_and_code(
    letter: IssuedLetter,
) -> None:
    document = letter.document
    assert document is not None
    text = words_of(document.read())

    assert letter.sha256 == document.sha256 == hashlib.sha256(document.read()).hexdigest()
    assert letter.template == document.template == "award-letter/en/1"
    assert document.number == letter.number
    assert f"Letter {letter.number}, version 1" in text
    assert f"/verify/{letter.code}" in text


def test_a_release_that_is_rolled_back_leaves_no_gap(call: Call, helena: User) -> None:
    decision = Decision.objects.get(state="approved")
    with transaction.atomic():
        deciding.release(call=call, decisions=[decision], by=helena)
        transaction.set_rollback(True)
    deciding.release(call=call, decisions=[decision], by=helena)

    assert list(IssuedLetter.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3, 4]


def test_a_job_that_is_done_again_changes_nothing(letter: IssuedLetter) -> None:
    before = list(Document.objects.values_list("sha256", "superseded_at")), Message.objects.count()
    Job.objects.filter(key=f"letter-{letter.cause}").update(state="waiting")
    work.run_all()

    assert (list(Document.objects.values_list("sha256", "superseded_at")), Message.objects.count()) == before
    assert Job.objects.get(key=f"letter-{letter.cause}").state == "done"


def test_a_letter_from_before_the_register_is_entered_when_its_job_is_done(call: Call, helena: User) -> None:
    decision = Decision.objects.get(outcome="decline", state="released")
    IssuedLetter.objects.filter(cause=decision.pk).delete()
    Document.objects.filter(subject=decision.application_id, kind="outcome-letter").delete()
    Job.objects.filter(key=f"letter-{decision.pk}").update(state="waiting", payload={"decision": decision.pk})
    work.run_all()

    assert (letter_of(decision).sequence, letter_of(decision).state) == (4, "issued")


# Held.


@pytest.fixture
def held(letter: IssuedLetter, helena: User) -> IssuedLetter:
    """A second version that cannot be made: the title has a character that no typeface has."""
    Award.objects.update(title=UNICORN)
    again = letters.replace(letter=letter, because="The title was changed.", by=helena)
    work.run_all()
    return IssuedLetter.objects.get(pk=again.pk)


def test_a_letter_that_cannot_be_made_is_held_with_its_number_and_says_why(held: IssuedLetter) -> None:
    job = Job.objects.order_by("-pk").get(payload__letter=held.pk)

    assert (held.state, held.sequence, held.version, held.document) == ("held", 2, 2, None)
    assert "U+1F984" in held.reason
    assert (job.state, job.result) == ("done", {"held": held.number})
    assert IssuedLetter.objects.get(kind="award-letter", version=1).state == "issued"


def test_terms_that_contradict_each_other_hold_a_letter(letter: IssuedLetter, helena: User) -> None:
    Award.objects.get().instalments.filter(number=1).update(amount=1)
    again = letters.replace(letter=letter, because="The plan was changed.", by=helena)
    work.run_all()
    again.refresh_from_db()

    assert again.state == "held"
    assert "Mend the payment schedule." in again.reason


def test_a_held_letter_is_made_under_its_number_once_it_is_mended(held: IssuedLetter, helena: User) -> None:
    number = held.number
    Award.objects.update(title="A horse at school")
    letters.mend(letter=held, by=helena)
    with pytest.raises(WrongState):
        letters.mend(letter=held, by=helena)
    work.run_all()
    held.refresh_from_db()

    assert (held.state, held.number, held.reason) == ("issued", number, "")
    assert "A horse at school" in words_of(held.document.read())
    assert Job.objects.get(payload__letter=held.pk).result == {"document": held.document.pk}


def test_a_held_version_that_is_given_up_leaves_the_one_before_valid_and_keeps_its_version(
    held: IssuedLetter, letter: IssuedLetter, helena: User
) -> None:
    with pytest.raises(WrongState, match="See to that one first"):
        letters.withdraw(letter=letter, because="It is wrong.", by=helena)
    letters.withdraw(letter=held, because="The old title stands after all.", by=helena)
    with pytest.raises(WrongState, match="follows the valid one"):
        letters.replace(letter=held, because="It was the last.", by=helena)
    Award.objects.update(title="A horse at school")
    again = letters.replace(letter=letter, because="A name was wrong.", by=helena)
    work.run_all()

    rows = IssuedLetter.objects.versions_of(letter).order_by("version")
    assert [each.state for each in rows] == ["replaced", "withdrawn", "issued"]
    assert again.version == 3


# Replaced and withdrawn.


def test_a_new_version_takes_the_old_ones_place_and_number(letter: IssuedLetter, helena: User, client: Client) -> None:
    old = letter.document.read()
    again = letters.replace(letter=letter, because="A name was wrong.", by=helena)
    with pytest.raises(WrongState):
        letters.replace(letter=letter, because="Twice.", by=helena)
    assert "This letter is valid" in told(client, letter.code)
    work.run_all()
    again.refresh_from_db()
    letter.refresh_from_db()

    assert (again.number, again.version, again.state, letter.state) == (letter.number, 2, "issued", "replaced")
    assert again.code != letter.code
    assert letter.document.superseded_by == again.document
    assert f"{again.number}, version 2" in words_of(again.document.read())
    assert "This letter was replaced" in told(client, letter.code)
    assert "This letter was replaced" in uploaded(client, old)
    assert letter.document.read() == old


def test_a_withdrawn_letter_keeps_its_number_and_says_so(letter: IssuedLetter, helena: User, client: Client) -> None:
    number = letter.number
    with pytest.raises(ValidationError):
        letters.withdraw(letter=letter, because=" ", by=helena)
    letters.withdraw(letter=letter, because="Sent to the wrong person.", by=helena)
    letter.refresh_from_db()

    assert (letter.state, letter.number) == ("withdrawn", number)
    assert not Document.objects.current().filter(number=number).exists()
    page = told(client, letter.code)
    assert "This letter was withdrawn" in page
    assert "wrong person" not in page
    codes = AuditEvent.objects.filter(subject_type="core.issuedletter", subject=letter.pk).values_list(
        "code", flat=True
    )
    assert list(codes) == ["issuedletter:issue", "issuedletter:withdraw"]


def test_a_withdrawn_letter_is_issued_again_under_its_number_and_stays_withdrawn(
    letter: IssuedLetter, helena: User, client: Client
) -> None:
    letters.withdraw(letter=letter, because="Sent to the wrong person.", by=helena)
    client.force_login(helena)
    address = letter.get_absolute_url()
    assert "Issue it again" in client.get(address).content.decode()
    page = client.post(f"{address}replace/", {"because": "It was right."}, follow=True).content.decode()
    assert ("Version 2 is being made." in page, "stands until then" in page) == (True, False)
    work.run_all()

    rows = IssuedLetter.objects.versions_of(letter).order_by("version")
    assert [(each.state, each.number) for each in rows] == [("withdrawn", letter.number), ("issued", letter.number)]
    assert "This letter was withdrawn" in told(client, letter.code)
    assert "This letter is valid" in told(client, rows[1].code)
    assert Document.objects.current().get(number=letter.number) == rows[1].document
    assert "A new version of our letter" in Message.objects.get(documents=rows[1].document).subject
    assert "Issue it again" not in client.get(address).content.decode()
    with pytest.raises(WrongState, match="follows the valid one"):
        letters.replace(letter=letter, because="Twice.", by=helena)


def test_a_letter_that_was_given_up_before_it_was_made_has_its_first_mail_with_the_next_version(
    call: Call, helena: User
) -> None:
    decision = Decision.objects.get(state="approved")
    title = decision.application.title
    Application.objects.filter(pk=decision.application_id).update(title=UNICORN)
    deciding.release(call=call, decisions=[decision], by=helena)
    work.run_all()
    held = letter_of(decision)
    letters.withdraw(letter=held, because="Not yet.", by=helena)
    Application.objects.filter(pk=decision.application_id).update(title=title)
    again = letters.replace(letter=held, because="Now.", by=helena)
    work.run_all()

    again.refresh_from_db()
    assert (again.state, again.version) == ("issued", 2)
    assert "A new version" not in Message.objects.get(documents=again.document).subject


def test_mail_of_a_letter_that_did_not_leave_stays_and_of_one_that_left_its_reader_is_told(
    letter: IssuedLetter, helena: User
) -> None:
    mails = Message.objects.filter(documents=letter.document)
    again = letters.replace(letter=letter, because="A name was wrong.", by=helena)
    work.run_all()
    again.refresh_from_db()
    fresh = Message.objects.get(documents=again.document)
    assert [each.state for each in mails] == ["left_out"]
    assert fresh.subject == f"A new version of our letter {letter.number}"

    Message.objects.filter(pk=fresh.pk).update(state="sent", sent_at=clock.now())
    letters.withdraw(letter=again, because="The decision was recorded wrongly.", by=helena)
    notice = Message.objects.order_by("-pk")[0]
    assert (notice.person, notice.subject) == (fresh.person, f"Our letter {letter.number} is withdrawn")
    assert "The decision was recorded wrongly." in notice.body


@pytest.mark.parametrize("step", [letters.replace, letters.withdraw])
def test_only_an_administrator_without_a_tie_replaces_or_withdraws(
    step: Callable[..., IssuedLetter], letter: IssuedLetter, helena: User
) -> None:
    with pytest.raises(PermissionDenied):
        step(letter=letter, because="Why.", by=factories.make_user("Audrey", "auditor"))
    recuse(helena, Decision.objects.get(pk=letter.cause).application)
    with pytest.raises(PermissionDenied):
        step(letter=letter, because="Why.", by=helena)


# Signed.


@pytest.fixture
def certificate(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "signing.p12"
    certificates.make_self_signed(path, name="Fund of the tests", at=clock.now())
    settings.SIGNING = Signing(path, "", is_required=True)
    return path


def test_a_signed_letter_is_made_once_and_checks_as_valid_by_upload(
    letter: IssuedLetter, helena: User, certificate: Path, client: Client
) -> None:
    again = letters.replace(letter=letter, because="It was not signed.", by=helena)
    work.run_all()
    again.refresh_from_db()
    content = again.document.read()
    Job.objects.filter(payload__letter=again.pk).update(state="waiting")
    work.run_all()

    assert (again.is_signed, letter.is_signed) == (True, False)
    assert b"/ETSI.CAdES.detached" in content
    assert "This letter is valid" in uploaded(client, content)
    assert IssuedLetter.objects.get(pk=again.pk).document.read() == content
    assert Document.objects.filter(number=letter.number).count() == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (with_a_byte_changed, Verdict(is_intact=False, is_whole=True, is_allowed=True)),
        (with_bytes_behind, Verdict(is_intact=True, is_whole=False, is_allowed=True)),
        (drawn_over, Verdict(is_intact=True, is_whole=False, is_allowed=False)),
    ],
)
def test_what_was_changed_in_or_added_to_an_issued_letter_shows_in_its_signature_and_by_upload(
    change: Callable[[bytes], bytes], told: Verdict, signed: bytes, client: Client
) -> None:
    changed = change(signed)

    assert (verdict(signed), verdict(changed)) == (SOUND, told)
    assert "This letter is valid" in uploaded(client, signed)
    assert "not a letter that the fund issued" in uploaded(client, changed)


@pytest.fixture
def signed(letter: IssuedLetter, helena: User, certificate: Path) -> bytes:
    """The bytes of an award letter that was issued with the fund's signature."""
    again = letters.replace(letter=letter, because="It was not signed.", by=helena)
    work.run_all()
    again.refresh_from_db()
    return again.document.read()


def test_a_letter_that_cannot_be_signed_is_held(letter: IssuedLetter, helena: User, certificate: Path) -> None:
    certificate.unlink()
    again = letters.replace(letter=letter, because="It was not signed.", by=helena)
    work.run_all()
    again.refresh_from_db()

    assert (again.state, "there is no such file" in again.reason) == ("held", True)


# Checked by anybody.


def test_the_page_says_that_a_letter_is_valid_and_nothing_of_what_it_is_about(
    letter: IssuedLetter, client: Client
) -> None:
    page = told(client, letter.code.lower().replace("-", " "))
    award = Award.objects.get()

    assert "This letter is valid" in page
    assert letter.number in page
    for secret in (award.title, award.grantee_name, award.number, "Study", "ward letter"):
        assert secret not in page


def test_the_code_on_an_issued_letter_leads_a_camera_to_its_page(letter: IssuedLetter, client: Client) -> None:
    with pypdfium2.PdfDocument(letter.document.read()) as document:
        seen = [found.text for page in document for found in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]
    (address,) = map(urlsplit, seen)

    assert f"{address.scheme}://{address.netloc}" == settings.SITE_URL
    page = client.get(address.path, follow=True).content.decode()
    assert "This letter is valid" in page
    assert letter.number in page


def test_who_reads_arabic_is_told_in_arabic(letter: IssuedLetter, client: Client) -> None:
    page = client.get(f"/verify/{letter.code}/", HTTP_ACCEPT_LANGUAGE="ar").content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "هذا الخطاب سارٍ" in page


def test_a_file_is_valid_only_to_the_last_byte(letter: IssuedLetter, client: Client) -> None:
    content = letter.document.read()
    place = content.index(b"endstream") - 4
    tampered = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    assert "This letter is valid" in uploaded(client, content)
    assert "not a letter that the fund issued" in uploaded(client, tampered)
    assert "Letters are PDF files" in uploaded(client, b"a,b\n1,2\n")
    # Anybody can send files here, so none is taken apart, whatever it is made of.
    assert "not a letter that the fund issued" in uploaded(client, b"%PDF-1.7\n" + b"[" * 100_000)


def test_what_is_no_code_and_what_is_not_made_yet_or_never_was_is_unknown(
    held: IssuedLetter, helena: User, client: Client
) -> None:
    for code in ("ZZZZ-ZZZZ", "x", held.code):
        answer = client.get(f"/verify/{code}/")
        assert (answer.status_code, "No letter has this code" in answer.content.decode()) == (404, True)
    assert "Look at the foot of the letter again" in client.get("/verify/?code=abc").content.decode()
    assert client.get(f"/verify/?code={held.code}").url == f"/verify/{held.code}/"
    letters.withdraw(letter=held, because="The old title stands after all.", by=helena)
    assert "No letter has this code" in told(client, held.code)


# The register's pages.


def test_the_register_lists_what_is_held_and_lets_all_of_it_be_made_again(
    held: IssuedLetter, helena: User, client: Client
) -> None:
    client.force_login(helena)
    page = client.get("/manage/letters/?state=held").content.decode()
    assert "1 letter is held" in page
    assert "1 letter is held" in client.get("/home/").content.decode()
    assert "U+1F984" in page
    Award.objects.update(title="A horse at school")
    answer = client.post("/manage/letters/held/", follow=True).content.decode()
    work.run_all()
    held.refresh_from_db()

    assert "1 letter is being made again." in answer
    assert held.state == "issued"
    found = client.get(f"/manage/letters/?q={held.number}").context["page"]
    assert [each.version for each in found] == [2, 1]


@pytest.mark.parametrize("step", ["replace", "withdraw"])
def test_a_letter_is_replaced_and_withdrawn_on_its_page_with_a_reason(
    step: str, letter: IssuedLetter, helena: User, client: Client
) -> None:
    client.force_login(helena)
    address = f"/manage/letters/{letter.pk}/"
    refused = client.post(f"{address}{step}/", {"because": ""})
    assert (refused.status_code, "Say why." in refused.content.decode()) == (422, True)
    assert refused.content.decode().count("Whoever got the letter is sent the reason.") == 1
    client.post(f"{address}{step}/", {"because": "A name was wrong."})
    work.run_all()

    newest = IssuedLetter.objects.versions_of(letter).order_by("version").last()
    assert IssuedLetter.objects.get(pk=letter.pk).state == {"replace": "replaced", "withdraw": "withdrawn"}[step]
    assert "A name was wrong." in client.get(newest.get_absolute_url()).content.decode()


def test_who_has_a_tie_finds_nothing_of_a_letter_in_the_register(
    letter: IssuedLetter, helena: User, client: Client
) -> None:
    recuse(helena, Decision.objects.get(pk=letter.cause).application)
    client.force_login(helena)

    assert letter.number not in client.get("/manage/letters/").content.decode()
    assert client.get(f"/manage/letters/{letter.pk}/").status_code == 404
    assert client.get("/api/v1/letters/").json()["count"] == 2


def test_a_new_version_that_fails_at_its_last_try_is_held_so_that_it_can_be_mended_or_given_up(
    letter: IssuedLetter, helena: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    again = letters.replace(letter=letter, because="A name was wrong.", by=helena)
    with monkeypatch.context() as disk:
        disk.setattr(default_storage, "save", full)
        for __ in range(work.ATTEMPTS):
            again.refresh_from_db()
            assert again.state == "waiting"
            Job.objects.filter(payload__letter=again.pk).update(due_at=clock.now())
            work.run_all()
    again.refresh_from_db()
    assert (again.state, letter.state) == ("held", "issued")
    assert "OSError: [Errno 28] No space left on device" in again.reason

    letters.mend(letter=again, by=helena)
    work.run_all()
    again.refresh_from_db()
    assert (again.state, again.reason) == ("issued", "")


@pytest.mark.parametrize(
    ("missing", "told", "where"),
    [
        ({"grantee_address": ""}, "no address of the grantee", "/grantee/"),
        ({}, "no payment schedule", "/manage/awards/"),
    ],
)
def test_an_award_letter_that_would_leave_incomplete_is_held_and_says_what_to_mend_and_where(
    letter: IssuedLetter, helena: User, client: Client, missing: dict, told: str, where: str
) -> None:
    award = Award.objects.get()
    Award.objects.update(**missing)
    if not missing:
        award.instalments.all().delete()
    again = letters.replace(letter=letter, because="The host has moved.", by=helena)
    work.run_all()
    again.refresh_from_db()
    assert (again.state, told in again.reason) == ("held", True)
    client.force_login(helena)
    page = client.get(again.get_absolute_url()).content.decode()
    assert f'href="{settings.SITE_URL}/manage/awards/{award.number}/' in page
    assert where in again.reason


def test_a_letter_that_lacks_address_and_signatory_is_issued_once_both_are_written_down(
    letter: IssuedLetter, helena: User, client: Client
) -> None:
    award = Award.objects.get()
    Award.objects.update(grantee_address="", signatory="")
    again = letters.replace(letter=letter, because="The host has moved.", by=helena)
    work.run_all()
    client.force_login(helena)
    address = f"/manage/awards/{award.number}/grantee/"
    assert "Fill this in." in client.post(address, {"address": " ", "signatory": "Prof. Sørby"}).content.decode()
    client.post(address, {"address": "2 New Street\nOslo", "signatory": "Prof. Sørby, Pro-Rector"})
    letters.mend(letter=IssuedLetter.objects.get(pk=again.pk), by=helena)
    work.run_all()
    again.refresh_from_db()

    assert again.state == "issued"
    assert again.document is not None
    text = words_of(again.document.read())
    assert "2 New Street" in text
    assert "Prof. Sørby, Pro-Rector" in text
    event = AuditEvent.objects.get(code="award:name_grantee")
    assert event.data == {"changed": ["grantee_address", "signatory"]}


def test_an_award_letter_has_a_line_for_the_name_where_nobody_said_who_signs(
    letter: IssuedLetter, helena: User
) -> None:
    Award.objects.update(signatory="")
    again = letters.replace(letter=letter, because="Their rector has left.", by=helena)
    work.run_all()
    again.refresh_from_db()
    assert (again.state, again.reason) == ("issued", "")
    assert again.document is not None
    assert "name and position" in words_of(again.document.read())


def test_no_letter_is_signed_with_the_name_of_the_fund(letter: IssuedLetter, helena: User, client: Client) -> None:
    Fund.objects.update(signatory="")
    again = letters.replace(letter=letter, because="The director has left.", by=helena)
    work.run_all()
    again.refresh_from_db()
    assert (again.state, "Nobody signs for the fund." in again.reason) == ("held", True)
    client.force_login(helena)
    assert "Nobody signs for the fund yet" in client.get("/reports/").content.decode()
    client.post("/reports/signatory/", {"signatory": "Rui Costa", "role": "Director"})
    letters.mend(letter=again, by=helena)
    work.run_all()
    again.refresh_from_db()

    assert (again.state, Fund.objects.get().signatory_role) == ("issued", "Director")
    assert again.document is not None
    assert "Rui Costa" in words_of(again.document.read())
