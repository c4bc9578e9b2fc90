"""What may be uploaded, by content."""

from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from core.files.check import check_pdf, check_size
from core.files.store import keep, safe_name


def pdf(change=lambda writer: None, pages=2):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def script(writer):
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def script_in_a_note(writer):
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")})
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([note])


def launch(writer):
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x.exe")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def test_a_plain_pdf_passes_with_its_number_of_pages():
    assert check_pdf(pdf()) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 a word document", "This file is not a PDF"),
        (b"%PDF-1.7 and then nothing", "This PDF is damaged"),
        (b"", "This file is not a PDF"),
        (pdf(lambda writer: writer.encrypt("secret")), "This PDF is locked with a password"),
        (pdf(script), "This PDF contains a script"),
        (pdf(script_in_a_note), "This PDF contains a script"),
        (pdf(lambda writer: writer.add_attachment("x.txt", b"x")), "This PDF contains an embedded file"),
        (pdf(launch), "This PDF contains an action that starts a program"),
    ],
    ids=["not a pdf", "damaged", "empty", "locked", "script", "script in a note", "embedded file", "launch"],
)
def test_what_is_not_a_quiet_pdf_is_refused_with_the_way_to_mend_it(content, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_pdf(content)
    assert refusal.value.messages[0].startswith(sentence)


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    with pytest.raises(ValidationError) as refusal:
        check_size(200 * 2**20)
    assert refusal.value.messages[0].startswith(
        f"This file has 200 MB and the limit is {settings.UPLOAD_LIMIT // 2**20} MB."
    )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('plan"\r\n.pdf', "plan .pdf"),
        ("แผนงาน.pdf", "แผนงาน.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("", "file"),
    ],
)
def test_a_name_from_outside_is_made_safe_and_keeps_its_script(name, safe):
    assert safe_name(name) == safe


def test_the_same_content_is_stored_once(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    assert keep(b"content") == keep(b"content")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
