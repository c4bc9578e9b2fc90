"""Hostile files by the real upload route: each is refused with its own sentence, and nothing of it is kept."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications.actions import quarantine
from applications.models import Attachment
from tests import factories
from tests.applications import hostile as make
from tests.browser import new_browser
from tests.files import csv_of, docx, pdf, xlsx, zipped

PDF, DOCX, XLSX, CSV = "plan.pdf", "plan.docx", "plan.xlsx", "plan.csv"

TABLE: list[tuple[str, str, Callable[[], bytes], str]] = [
    # What is something else, whatever its name says
    ("nothing at all", PDF, lambda: b"", "This file is empty."),
    ("over the limit", PDF, lambda: b"%PDF-1.7\n" + bytes(21 * 2**20), "This file has 21 MB and the limit is 20 MB."),
    ("a Windows program", PDF, lambda: b"MZ\x90\x00" + bytes(80), "This is a program (Windows)"),
    ("a Linux program", DOCX, lambda: b"\x7fELF\x02" + bytes(80), "This is a program (Linux)"),
    ("a shell script", CSV, lambda: b"#!/bin/sh\nrm -rf /,\n", "This is a program (script)"),
    ("a Java archive", DOCX, lambda: zipped({"META-INF/MANIFEST.MF": "", "A.class": ""}), "This is a program (Java)"),
    ("a photograph", PDF, lambda: b"\xff\xd8\xff\xe0" + bytes(80), "This is a picture (JPEG)."),
    ("a picture with a PDF in it", PDF, lambda: b"GIF89a" + bytes(9) + pdf(), "This is a picture (GIF)."),
    ("a photograph of a telephone", PDF, lambda: b"\x00\x00\x00\x18ftypheic" + bytes(80), "This is a picture (HEIC)."),
    ("a film", PDF, lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(80), "This is a film or a recording (MP4)."),
    ("a recording", PDF, lambda: b"ID3\x04\x00" + bytes(80), "This is a film or a recording (MP3)."),
    ("an archive", DOCX, lambda: zipped({"plan.txt": "x"}), "This is an archive (ZIP)."),
    ("an empty archive", DOCX, lambda: zipped({}), "This Office document is damaged"),
    ("an archive of another kind", PDF, lambda: b"Rar!\x1a\x07\x01\x00" + bytes(80), "This is an archive (RAR)."),
    ("a packed file", CSV, lambda: b"\x1f\x8b\x08\x00" + bytes(80), "This is an archive (GZ)."),
    ("an old Word document", DOCX, lambda: make.OLE, "This is a document of an old Office format"),
    ("a locked document", DOCX, lambda: make.OLE + "EncryptedPackage".encode("utf-16-le"),
     "This Office document is locked with a password."),
    ("an OpenDocument text", DOCX, make.open_document, "This is an OpenDocument file"),
    ("a presentation", DOCX, make.presentation, "This is a presentation"),
    ("a rich text", DOCX, lambda: rb"{\rtf1 {\object\objdata 0105}}", "This is a rich text (RTF)."),
    ("a PostScript program", PDF, lambda: b"%!PS-Adobe-3.0\n(x) show", "This is a PostScript file."),
    ("a web page", CSV, lambda: b"<!DOCTYPE html><script>alert(1)</script>,", "This is a web page"),
    ("a drawing with a script", PDF, lambda: b"<svg onload='alert(1)'/>", "This is a web page"),
    ("plain text", CSV, lambda: b"only words\nand words\n", "This is plain text and no table."),
    # PDF: what is in front, behind, or also in it
    ("bytes before the PDF", PDF, lambda: b"GET / HTTP/1.1\n\n" + pdf(), "Something stands before the beginning"),
    ("bytes behind the PDF", PDF, lambda: pdf() + b"<script>alert(1)</script>", "Something stands behind the end"),
    ("a zip behind the PDF", PDF, lambda: pdf() + docx(), "Something stands behind the end"),
    ("a PDF that is also a zip", PDF, lambda: make.before_its_end(zipped({"x.txt": "x"})),
     "This PDF can be read as something else as well (ZIP)."),
    ("a PDF that is also a RAR", PDF, lambda: make.before_its_end(b"Rar!\x1a\x07\x00"),
     "This PDF can be read as something else as well (RAR)."),
    ("a PDF that is also a TAR", PDF, make.tarred, "This PDF can be read as something else as well (TAR)."),
    ("a PDF that is also a web page", PDF, lambda: pdf().replace(b"%PDF-1.3\n", b"%PDF-1.3 <script>\n", 1),
     "This PDF can be read as something else as well (HTML)."),
    ("a PDF that is cut off", PDF, lambda: pdf()[:-200], "The end of this PDF is missing"),
    ("noise that begins like a PDF", PDF, lambda: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"startxref\n5\n%%EOF",
     "This PDF is damaged"),
    ("a locked PDF", PDF, lambda: pdf(make.locked), "This PDF is locked with a password."),
    # PDF: what acts
    ("a script when it opens", PDF, lambda: make.opening(make.SCRIPT), "This PDF contains a script."),
    ("a script in a note", PDF, lambda: make.noted(make.named(Subtype=make.name("Link"), A=make.SCRIPT)),
     "This PDF contains a script."),
    ("a script by name", PDF, lambda: make.root_with(Names=make.named(JavaScript=make.named(Names=make.ArrayObject()))), "This PDF contains a script."),
    ("a script in other letters", PDF,
     lambda: make.opening(make.SCRIPT).replace(b"/JavaScript", b"/J#61vaScrip#74").replace(b"/JS ", b"/J#53 "),
     "This PDF contains a script."),
    ("a script that no table names", PDF, lambda: make.with_object(b"<< /S /JavaScript /JS (x) >>"),
     "This PDF contains a script."),
    ("a script behind a text that does not end", PDF,
     lambda: make.with_object(b"( (\nendobj\n98 0 obj << /S /JavaScript /JS (x) >>"), "This PDF contains a script."),
    ("a script in a packed stream", PDF, lambda: make.stream_of_objects(b"97 0 << /S /JavaScript /JS (x) >>"),
     "This PDF contains a script."),
    ("a script of an earlier version", PDF, make.overwritten, "This PDF contains a script."),
    ("a script when a page is closed", PDF, lambda: make.page_with(AA=make.named(C=make.SCRIPT)),
     "This PDF contains a script."),
    ("a program that it starts", PDF, lambda: make.opening(make.named(S=make.name("Launch"), F=make.text("x.exe"))),
     "This PDF contains an action that starts a program."),
    ("a file inside", PDF, lambda: pdf(lambda writer: writer.add_attachment("x.exe", b"MZ")),
     "This PDF contains an embedded file."),
    ("a file pinned to a page", PDF, lambda: make.noted(make.named(Subtype=make.name("FileAttachment"))),
     "This PDF contains an embedded file."),
    ("a film inside", PDF, lambda: make.noted(make.named(Subtype=make.name("RichMedia"))),
     "This PDF contains sound, film or a 3D scene."),
    ("a dynamic form", PDF, lambda: make.root_with(AcroForm=make.named(XFA=make.text("<xdp/>"))),
     "This PDF contains a dynamic form (XFA)."),
    ("a form that sends", PDF, lambda: make.noted(make.named(A=make.named(S=make.name("SubmitForm")))),
     "This PDF contains a form that sends"),
    ("a way to another file", PDF, lambda: make.opening(make.named(S=make.name("GoToR"), F=make.text("//x/y.pdf"))),
     "This PDF leads to another file"),
    ("an address that it opens", PDF, lambda: make.opening(make.named(S=make.name("URI"), URI=make.text("http://x"))),
     "This PDF opens an address by itself."),
    ("an address that a page opens", PDF,
     lambda: make.page_with(AA=make.named(O=make.named(S=make.name("URI"), URI=make.text("http://x")))),
     "This PDF opens an address by itself."),
    ("content on a server", PDF, lambda: pdf(make.external_stream), "This PDF leads to another file"),
    # PDF: what is made to stop a computer
    ("a stream that grows a thousandfold", PDF, lambda: make.stream_of_objects(b" " * 70 * 2**20),
     "This file grows to an unusual size"),
    ("a stream in an odd packing", PDF, lambda: make.stream_of_objects(b"97 0 <<>>", b"/X /LZWDecode"),
     "This PDF is packed in an unusual way"),
    ("pages in a ring", PDF, lambda: pdf(make.looped_pages), "This PDF is damaged"),
    ("endlessly nested", PDF, lambda: make.root_with(X=make.text("here")).replace(b"(here)", b"[" * 60_000 + b"]" * 60_000),
     "This PDF is damaged"),
    # DOCX and XLSX
    ("a document with macros", DOCX, make.macro_document, "This Office document has macros."),
    ("macros under another name", DOCX, make.with_macros, "This Office document has macros."),
    ("a sheet of macros", XLSX, make.macro_sheet, "This Office document has macros."),
    ("an old document as a picture", DOCX, make.hidden_macros, "This Office document has another file inside."),
    ("a program as a picture", DOCX, lambda: docx(word__media__image1_dot_png=b"MZ\x90"),
     "This Office document has another file inside."),
    ("an embedded object", DOCX, lambda: make.document_leading("oleObject", "embeddings/x.bin", False),
     "This Office document has another file inside."),
    ("a web page inside", DOCX, lambda: make.document_leading("aFChunk", "x.html", False),
     "This Office document has another file inside."),
    ("a control", DOCX, lambda: make.document_leading("control", "activeX/activeX1.xml", False),
     "This Office document has controls or add-ins"),
    ("a template from elsewhere", DOCX, lambda: make.document_leading("attachedTemplate", "http://x/t.dotm", True),
     "This Office document fetches a part from somewhere else"),
    ("a picture from elsewhere", DOCX, lambda: make.document_leading("image", "http://x/pixel.png", True),
     "This Office document fetches a part from somewhere else"),
    ("another workbook", XLSX, lambda: make.workbook_leading("externalLink", "externalLinks/externalLink1.xml"),
     "This Office document fetches a part from somewhere else"),
    ("a link to a computer", DOCX, lambda: docx(link="file://server/share/x.exe"), "This Office document has a link"),
    ("a link with a script", DOCX, lambda: docx(link="javascript:alert(1)"), "This Office document has a link"),
    ("a field that starts a program", DOCX, lambda: docx(body=make.field(["DDEAUTO cmd"])),
     "This Office document has a field or a formula"),
    ("a field in two pieces", DOCX,
     lambda: docx(body=make.field(["DD"]).replace("</w:instrText>", "</w:instrText><w:instrText>E cmd x</w:instrText>")),
     "This Office document has a field or a formula"),
    ("a formula that fetches", XLSX, make.fetching, "This Office document has a field or a formula"),
    ("a billion laughs", DOCX, lambda: make.declared(make.LAUGHS, "&a9;"), "This Office document declares its own XML"),
    ("an entity from the disk", DOCX, lambda: make.declared('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
     "This Office document declares its own XML"),
    ("endlessly deep", DOCX, make.deep, "The parts of this Office document lie too deep"),
    ("a zip bomb", DOCX, make.bomb, "This file grows to an unusual size"),
    ("a zip bomb that says it is small", DOCX, make.lying_bomb, "This Office document is damaged"),
    ("parts on the same bytes", DOCX, make.overlapping, "This file grows to an unusual size"),
    ("thousands of parts", DOCX, make.many_parts, "This Office document has more than 3000 parts."),
    ("a part above the folder", DOCX, lambda: zipped({"../../etc/cron.d/x": "x"}),
     "The parts of this Office document have names"),
    ("a part twice", DOCX, make.doubled, "The parts of this Office document have names"),
    ("locked parts", DOCX, make.flagged, "This Office document is locked with a password."),
    ("a document that is cut off", DOCX, lambda: docx()[:-30], "The end of this Office document is missing"),
    ("bytes behind the document", DOCX, lambda: docx() + b"MZ", "Something stands behind the end of this Office document."),
    ("a part that no document has", DOCX, lambda: docx(word__x_dot_ps1="x"), "This Office document has a part that no text"),
    ("a template", DOCX, make.template, "This is an Office template."),
    ("a document without a text", DOCX, make.without_document, "This Office document is damaged"),
    # CSV
    ("a table with null bytes", CSV, lambda: b"a,b\n1,\x00\n", "This looks like a table, but has bytes"),
    ("a table with control characters", CSV, lambda: b"a,b\n1,\x1b[2J\n", "This looks like a table, but has bytes"),
    ("a table in unknown letters", CSV, lambda: "größe,b\n1,2\n".encode("latin-1"), "The letters of this table"),
    ("a table with a row too long", CSV, lambda: csv_of([["a", "b"], ["1", "2", "3"]]), "Row 2 of this table"),
    ("a quotation without an end", CSV, lambda: b'a,b\n1,"2\n' + b"x" * 40_000, "A cell of this table has a quotation"),
]  # fmt: skip


@pytest.fixture(scope="module")
def place(shared: None) -> tuple[Client, str]:
    """Return the browser of an applicant and the address at which their draft takes a file."""
    ada = factories.make_user("Ada", email="ada@hostile.example")
    draft = factories.make_draft(factories.make_call("hostile"), ada)
    client = new_browser()
    client.force_login(ada)
    return client, reverse("apply:attach", args=[draft.pk, "letter"])


def send(place: tuple[Client, str], name: str, content: bytes):
    client, address = place
    given = {"file": SimpleUploadedFile(name, content), "attested": "on"}
    return client.post(address, given, headers={"Accept": "application/json"})


def stored() -> set[str]:
    return {str(path) for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}


def test_there_are_sixty_at_least() -> None:
    assert len({row[0] for row in TABLE}) == len(TABLE) >= 60


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "maker", "sentence"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_it_is_refused_with_its_own_sentence_and_nothing_is_kept(
    place: tuple[Client, str], name: str, maker: Callable[[], bytes], sentence: str
) -> None:
    before = stored()
    answer = send(place, name, maker())

    [told] = answer.json()["errors"]["file"]
    assert (answer.status_code, told[: len(sentence)]) == (422, sentence)
    assert not Attachment.objects.exists()
    assert stored() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd.csv"),
        ("..\\..\\windows\\system32\\x.csv", "x.csv"),
        ("plan.csv\x00.exe", "plan.csv.exe.csv"),
        ("\u202evsc.exe", "vsc.exe.csv"),
        ("a" * 400 + ".csv", "a" * 116 + ".csv"),
        ("plan." + "p" * 300, "p" * 100),
        ('x"; filename="evil.html', "evil.html.csv"),
        ("plan\r\nSet-Cookie: a=b.csv", "plan"),
        ("NUL", "_NUL.csv"),
        ("plan.html", "plan.html.csv"),
    ],
)
def test_a_hostile_name_is_kept_as_a_harmless_one(place: tuple[Client, str], name: str, kept: str) -> None:
    answer = send(place, name, b"a,b\n1,2\n")

    assert answer.status_code == 200, answer.content
    file = Attachment.objects.get()
    assert file.name.startswith(kept)
    assert file.name.endswith(".csv")
    assert not set(file.name) & set('/\\\x00\r\n"<>|:')
    assert len(file.name) <= 120


@pytest.mark.django_db
def test_a_content_that_was_closed_before_is_closed_at_once(place: tuple[Client, str]) -> None:
    send(place, XLSX, xlsx([["The", "same"]]))
    quarantine.report(attachment=Attachment.objects.get(), seen="It must not be here.", by=None)
    answer = send(place, XLSX, xlsx([["The", "same"]]))

    assert answer.status_code == 200
    assert [file.is_open for file in Attachment.objects.all()] == [False, False]
    for file in Attachment.objects.all():
        assert place[0].get(file.get_absolute_url()).status_code == 404
