"""The application as submitted: its answers set by us, then what was attached as it is, as far as its reader may see it."""

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from applications.actions import drafts, quarantine, submission
from applications.models import Application, Attachment
from core import clock
from core.documents.models import Document
from core.files import joining
from core.jobs.models import Job
from core.jobs.work import run_all
from core.people.models import Role, User
from fund.models import Call
from reports.submitted import KIND, ask_for_copy
from tests import factories
from tests.access.world import recuse
from tests.core.pdf.reading import pages_of, problems_of, reader, words_of
from tests.reviews import panels

pytestmark = pytest.mark.django_db


def letter(words: str, pages: int = 2) -> bytes:
    """Return a PDF as somebody else's program makes it."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(300, 200), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(20, 100, f"{words}, page {number}")
        canvas.bookmarkPage(f"p{number}")
        canvas.addOutlineEntry(f"Theirs {number}", f"p{number}")
        canvas.showPage()
    canvas.setAuthor("Somebody with a name")
    canvas.save()
    return out.getvalue()


FILES = {
    "broken.pdf": letter("Broken"), "shut.pdf": letter("Shut"), "consent.pdf": letter("Consent"),
}  # fmt: skip


class Handed(NamedTuple):
    """An application with three files: one was damaged since, and one was closed."""

    ada: User
    helena: User
    application: Application


@pytest.fixture(scope="module")
def made(shared: None) -> Handed:
    ada = factories.make_user("Ada", organisation=factories.make_organisation(), email="ada@northmere.example")
    helena = factories.make_user("Helena", Role.ADMINISTRATOR)
    call = factories.make_call()
    draft = factories.make_draft(call, ada)
    for name, content in FILES.items():
        drafts.attach(
            application=draft, question="letter", name=name, content=content, attested=True, by=ada, at=clock.now()
        )
    application = submission.submit(application=draft, by=ada, at=clock.now())
    broken = Attachment.objects.get(application=application, name="broken.pdf")
    default_storage.delete(broken.path)
    default_storage.save(broken.path, BytesIO(b"%PDF-1.4\nnothing of use"))
    shut = Attachment.objects.get(application=application, name="shut.pdf")
    quarantine.report(attachment=shut, seen="Something that must not be here.", by=helena)
    return Handed(ada, helena, application)


@pytest.fixture
def handed(made: Handed, db: None) -> Handed:
    return deepcopy(made)


def copy_for(person: User, application: Application) -> Document:
    ask_for_copy(application=application, by=person)
    run_all()
    return Document.objects.visible_to(person).current().get(kind=KIND)


@pytest.fixture(scope="module")
def hers(made: Handed) -> bytes:
    """Ada's copy; Helena has one too."""
    copy_for(made.helena, made.application)
    return copy_for(made.ada, made.application).read()


def is_readable(person: User) -> bool:
    return Document.objects.visible_to(person).filter(kind=KIND).exists()


def test_it_holds_every_answer_the_budget_and_the_team(made: Handed, hers: bytes) -> None:
    text = words_of(hers)
    content = Application.objects.get(pk=made.application.pk).current.content

    assert problems_of(hers) == ""
    for section in content["sections"]:
        for answer in section["answers"]:
            assert " ".join(answer["words"].split()) in text
    assert content["team"][0]["name"] in text
    assert all(line["description"] in text for line in content["budget"]["lines"])


def test_an_attachment_stands_behind_its_name_as_it_was_attached(hers: bytes) -> None:
    read, theirs = reader(hers), PdfReader(BytesIO(FILES["consent.pdf"]))
    place = next(at for at, page in enumerate(pages_of(hers)) if "Attachment 3: consent.pdf" in page)

    for number, page in enumerate(theirs.pages, start=1):
        copied = read.pages[place + number]
        assert copied.mediabox == page.mediabox
        assert copied.get_contents().get_data() == page.get_contents().get_data()
    assert "Somebody with a name" not in str(read.metadata)


def test_its_bookmarks_are_ours_and_its_page_numbers_those_of_the_file(hers: bytes) -> None:
    read, pages = reader(hers), pages_of(hers)
    names = {
        str(each.title): read.get_destination_page_number(each) for each in read.outline if not isinstance(each, list)
    }

    attached = ["Attachment 1: broken.pdf", "Attachment 2: closed", "Attachment 3: consent.pdf"]
    assert [name for name in names if name.startswith("Attachment")] == attached
    assert "Consent, page 1" in pages[names["Attachment 3: consent.pdf"] + 1]
    for place in names.values():
        assert f"Page {place + 1} of {len(pages)}" in pages[place]


def test_what_cannot_be_read_or_is_closed_is_replaced_by_a_page_that_says_so(hers: bytes) -> None:
    text = words_of(hers)

    assert "Attachment 1: broken.pdf It cannot be read" in text
    assert "Attachment 2: closed This attachment is closed" in text
    assert "shut.pdf" not in text
    assert "Shut, page" not in text


def test_a_copy_is_shut_once_a_file_in_it_is_closed(handed: Handed, hers: bytes) -> None:
    assert is_readable(handed.ada)
    assert is_readable(handed.helena)
    bad = Attachment.objects.get(application=handed.application, name="consent.pdf")
    quarantine.report(attachment=bad, seen="Seen too late.", by=handed.helena)

    assert not is_readable(handed.ada)
    assert not is_readable(handed.helena)


def test_who_applies_is_nowhere_for_a_reviewer_who_must_not_know_it(handed: Handed) -> None:
    application = reviewed(handed)
    ruth = factories.make_user("Ruth", Role.PANEL)
    panels.assign(application, panels.make_member(application.call, ruth))
    document = copy_for(ruth, application)
    text = f"{words_of(document.read())} {reader(document.read()).metadata} {document.title} {document.name}"

    assert application.title in text
    for name in (application.host_name, application.investigator_name, "Ada", "Norway", "consent.pdf", "Consent, page"):
        assert name not in text
    assert "What was attached is left out" in text


def test_a_copy_that_names_the_applicants_is_shut_to_who_is_to_review_it_blind(handed: Handed, hers: bytes) -> None:
    application = reviewed(handed)
    assert is_readable(handed.helena)
    panels.assign(application, panels.make_member(application.call, handed.helena))
    assert not is_readable(handed.helena)


def reviewed(handed: Handed) -> Application:
    """Send it to the panel of a call that hides who applies."""
    Application.objects.filter(pk=handed.application.pk).update(state=Application.State.IN_REVIEW)
    blind = {"state": Call.State.IN_REVIEW, "applicants_hidden": True}
    Call.objects.filter(pk=handed.application.call_id).update(**blind)
    return Application.objects.get(pk=handed.application.pk)


def test_a_copy_is_shut_to_who_is_recused_later(handed: Handed, hers: bytes) -> None:
    recuse(handed.helena, handed.application)
    assert not is_readable(handed.helena)


def test_that_a_copy_was_ordered_stands_in_the_history_of_the_application(
    handed: Handed, hers: bytes, client: Client
) -> None:
    client.force_login(handed.helena)
    assert "copy:order" in client.get("/manage/audit/?code=copy:order").content.decode().partition("<table")[2]
    recuse(handed.helena, handed.application)
    assert "copy:order" not in client.get("/manage/audit/?code=copy:order").content.decode().partition("<table")[2]


def test_it_is_ordered_from_the_page_of_the_application(handed: Handed, client: Client) -> None:
    client.force_login(handed.ada)
    page = client.get(handed.application.get_absolute_url()).content.decode()
    assert "Make a copy with its attachments (PDF)" in page
    client.post(f"/reports/{handed.application.call.slug}/{handed.application.reference}/as-submitted/")
    assert Job.objects.get(kind=KIND, state=Job.State.WAITING).payload["person"] == handed.ada.pk


def with_link(to: str, *, leads_to: int) -> bytes:
    """Return a PDF with a named place, and a link to it that stands in its page and not as an object of its own."""
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(100, 100)
    writer.add_named_destination(to, leads_to)
    link = {"/Subtype": NameObject("/Link"), "/Rect": ArrayObject([NumberObject(0)] * 4), "/Dest": TextStringObject(to)}
    writer.pages[0][NameObject("/Annots")] = ArrayObject(
        [DictionaryObject({NameObject(key): value for key, value in link.items()})]
    )
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def stored(folder: Path, *contents: bytes) -> list[str]:
    paths = [folder / f"{number}.pdf" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return [str(path) for path in paths]


def test_links_of_two_files_that_call_places_the_same_lead_each_into_its_own(tmp_path: Path) -> None:
    files = stored(tmp_path, with_link("section.1", leads_to=1), with_link("section.1", leads_to=0))
    assert [joining.pages_in(path) for path in files] == [2, 2]

    read = PdfReader(BytesIO(joining.join(letter("Ours"), files)))
    # Ours are the first and the fourth page.
    links = {at: page["/Annots"][0]["/Dest"][0] for at, page in enumerate(read.pages) if "/Annots" in page}
    assert {at: read.get_page_number(page.get_object()) for at, page in links.items()} == {1: 2, 4: 4}


def test_a_small_file_with_more_pages_than_anybody_reads_is_not_appended(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    tree = writer.root_object["/Pages"]
    tree[NameObject("/Kids")] = ArrayObject([tree["/Kids"][0]] * (joining.MOST_PAGES + 1))
    [path] = stored(tmp_path, written(writer))

    assert len(PdfReader(path).pages) == joining.MOST_PAGES + 1
    assert joining.pages_in(path) is None
