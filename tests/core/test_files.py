"""What may be uploaded, by content. What is hostile stands in `tests/applications/hostile.py`."""

import io
import subprocess

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from core.files import cells, check
from core.files.check import Found, check_size, examine
from core.files.kinds import Kind, Refused
from core.files.store import keep, put, receive, safe_name
from tests.files import csv_of, docx, pdf, xlsx


def told(content):
    with receive(content) as incoming:
        return examine(incoming.file)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf(pages=2), Found(Kind.PDF, pages=2)),
        (pdf() + b"\r\n\x00\x00", Found(Kind.PDF, pages=1)),
        (docx(), Found(Kind.DOCX)),
        (docx(link="https://example.org/study"), Found(Kind.DOCX)),
        (xlsx(), Found(Kind.XLSX)),
        (csv_of([["Year", "Amount"], ["1", "-20.50"], ["", ""], ["2", "40"]]), Found(Kind.CSV)),
        (csv_of([["Jahr", "Betrag"], ["1", "20,50"]], delimiter=";"), Found(Kind.CSV)),
        ("ชื่อ,ปี\nก,1\n".encode("utf-16"), Found(Kind.CSV)),
        (csv_of([["a", "b"], ["=1+1", "2"]]), Found(Kind.CSV, note="formulas")),
        (csv_of([["BM", "MZ"], ["1", "2"]]), Found(Kind.CSV)),
    ],
    ids=[
        "pdf",
        "padded pdf",
        "docx",
        "docx with a link",
        "xlsx",
        "csv",
        "semicolons",
        "utf-16",
        "formulas",
        "initials",
    ],
)
def test_the_four_kinds_are_known_by_their_content(content, found):
    assert told(content) == found


def test_a_check_that_does_not_end_is_stopped_and_told(monkeypatch):
    monkeypatch.setattr(check, "PATIENCE", 0.01)

    with pytest.raises(ValidationError, match="takes too long to read"):
        told(pdf())


def test_a_check_that_is_killed_is_told(monkeypatch):
    died = subprocess.CompletedProcess([], -9, b"", b"")
    monkeypatch.setattr(check.subprocess, "run", lambda *given, **more: died)

    with pytest.raises(ValidationError, match="takes too long to read"):
        told(pdf())


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    with pytest.raises(ValidationError) as refusal:
        check_size(200 * 2**20)
    assert refusal.value.messages[0].startswith(
        f"This file has 200 MB and the limit is {settings.UPLOAD_LIMIT // 2**20} MB."
    )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc passwd.pdf"),
        ("..\\..\\boot.ini.pdf", "boot.ini.pdf"),
        ('plan"\r\n.pdf', "plan.pdf"),
        ("แผนงาน.pdf", "แผนงาน.pdf"),
        ("plan\u202efdp.exe", "plan fdp.exe.pdf"),
        ("pl\u200ban\x00.pdf", "pl an.pdf"),
        ("con.pdf", "_con.pdf"),
        ("plan.docx", "plan.pdf"),
        ("PLAN.PDF", "PLAN.pdf"),
        ("", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("n" * 300 + ".pdf", "n" * 116 + ".pdf"),
    ],
)
def test_a_name_from_outside_is_made_safe_keeps_its_script_and_ends_as_the_content_is(name, safe):
    assert safe_name(name, Kind.PDF) == safe


def test_the_same_content_is_stored_once(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    for _ in range(2):
        with receive(b"content") as incoming:
            path = keep(incoming)
    assert path == f"uploads/{incoming.sha256[:2]}/{incoming.sha256}"
    assert len([each for each in tmp_path.rglob("*") if each.is_file()]) == 1


class Breaking(io.BytesIO):
    """A file whose reading ends as when a worker is killed: some of it was written by then."""

    def read(self, size=-1):
        if self.tell():
            raise KeyboardInterrupt
        return super().read(size)


def test_what_was_stored_in_part_is_stored_again_and_whole(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    content = b"content" * 40_000
    with pytest.raises(KeyboardInterrupt):
        put("letters/ab/abcd", File(Breaking(content)))
    assert not (tmp_path / "letters/ab/abcd").exists()

    assert put("letters/ab/abcd", ContentFile(content)) == "letters/ab/abcd"
    assert (tmp_path / "letters/ab/abcd").read_bytes() == content


def test_two_that_store_the_same_at_once_store_it_in_one_place(tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    looked = default_storage.exists
    others = iter([ContentFile(b"content")])

    def looked_before_another_stored(path):
        found = looked(path)
        for other in others:
            put(path, other)
        return found

    monkeypatch.setattr(default_storage, "exists", looked_before_another_stored)
    assert put("letters/ab/abcd", ContentFile(b"content")) == "letters/ab/abcd"
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == ["abcd"]


def test_a_sheet_that_says_one_long_text_in_many_cells_is_not_written_out():
    texts = f"<sst><si><t>{'long ' * 20_000}</t></si></sst>"

    def sheet(times: int) -> bytes:
        return xlsx(cells="<row>" + '<c t="s"><v>0</v></c>' * times + "</row>", xl__sharedStrings_dot_xml=texts)

    assert len(cells.check(sheet(3))["rows"][-1]) == 3
    with pytest.raises(Refused) as refusal:
        cells.check(sheet(90))
    assert refusal.value.code == "bomb"
