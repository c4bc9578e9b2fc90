"""Makes small files of each kind that is taken, and lets a test spoil them."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

from pypdf import PdfWriter

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument"


def pdf(change: Callable[[PdfWriter], Any] = lambda writer: None, pages: int = 1) -> bytes:
    """Return a PDF of blank pages, after a change."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def _types(main: str, kind: str, more: str = "") -> str:
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="{kind}"/>'
        f"{more}</Types>"
    )


def relations(*each: tuple[str, str, bool]) -> str:
    """Return relations, each of the last word of its type, its target, and whether that is outside."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{kind if kind.startswith("http") else f"{OFFICE}/{kind}"}" '
        f'Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for number, (kind, target, outside) in enumerate(each)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def docx_parts(
    text: str = "A plan", *, body: str = "", kind: str = f"{TYPE}.wordprocessingml.document.main+xml", types: str = "",
    links: tuple[tuple[str, str, bool], ...] = (), **more: bytes | str,
) -> dict[str, bytes | str]:  # fmt: skip
    """Return the parts of a document; `more` by name, with `__` for `/` and `_dot_` for `.`."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _types("word/document.xml", kind, types),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", False)),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
        f"{body}</w:body></w:document>",
    }
    if links:
        parts["word/_rels/document.xml.rels"] = relations(*links)
    return parts | {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}


def docx(text: str = "A plan", *, link: str = "", **given: Any) -> bytes:
    """Return a document of one paragraph."""
    links = (("hyperlink", link, True),) if link else ()
    return zipped(docx_parts(text, **{"links": links} | given))


def xlsx_parts(
    rows: list[list[str]] | None = None, *, cells: str = "", links: tuple[tuple[str, str, bool], ...] = (), **more: Any
) -> dict[str, bytes | str]:
    """Return the parts of a workbook of one sheet."""
    written = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows or [["Year", "Amount"], ["1", "20"]]
    )
    sheet = ("worksheet", "worksheets/sheet1.xml", False)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _types("xl/workbook.xml", f"{TYPE}.spreadsheetml.sheet.main+xml",
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.spreadsheetml.worksheet+xml"/>'),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml", False)),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Plan" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(sheet, *links),
        "xl/worksheets/sheet1.xml": f'{HEAD}<worksheet xmlns="{SHEET}"><sheetData>{written}{cells}</sheetData></worksheet>',
    }  # fmt: skip
    return parts | {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}


def xlsx(rows: list[list[str]] | None = None, **given: Any) -> bytes:
    """Return a workbook of one sheet."""
    return zipped(xlsx_parts(rows, **given))


def csv_of(rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return a table as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)
