"""The attachments of the sample: small files of each kind that is taken, and one that was closed."""

import csv
import io
import zipfile
from datetime import datetime, timedelta

import docx
from reportlab.pdfgen.canvas import Canvas

from applications.actions import drafts, quarantine
from applications.models import Application
from core import clock
from core.forms.definition import Kind
from core.people.models import User

HANDED_TO = "Sample hotline (fictional)"
SEEN = (
    "Sample data: the table shows names and private addresses of people who have not agreed to be named. "
    "Nothing else was looked at."
)
PLAN = [
    ["Month", "Work package", "Result"], ["1-3", "Interviews", "Guide and consent forms"],
    ["4-9", "Field experiment", "Data set without names"], ["10-12", "Writing", "Report and summary"],
]  # fmt: skip


PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Plan" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
"""What a workbook of one sheet has besides the sheet."""


def letter() -> bytes:
    """Return a letter of two pages as PDF."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, words in enumerate(("Letter of support (sample)", "Terms of the partnership (sample)"), 1):
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 740, words)
        canvas.setFont("Helvetica", 11)
        for line, text in enumerate(
            ("We support this project and will take part in it as described.",
             "Our safeguarding lead is available to the team throughout.",
             f"This letter is sample data and commits nobody. Page {number} of 2.")
        ):  # fmt: skip
            canvas.drawString(72, 700 - 20 * line, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def protocol() -> bytes:
    """Return a protocol as DOCX."""
    document = docx.Document()
    document.add_heading("Safeguarding protocol (sample)", 1)
    document.add_paragraph("Who is told what, by when, and who decides. This protocol is sample data.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def plan() -> bytes:
    """Return the plan of work as XLSX."""
    rows = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in PLAN
    )
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**WORKBOOK, "xl/worksheets/sheet1.xml": sheet}.items():
            archive.writestr(name, content)
    return out.getvalue()


def table(rows: list[list[str]] = PLAN) -> bytes:
    """Return the plan of work as CSV."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def contacts() -> bytes:
    """Return a table that names nobody who lives."""
    return table([["Name", "Address"], ["A fictional person", "1 Sample Street"]])


MAKERS = {
    "letter.pdf": letter,
    "protocol.docx": protocol,
    "plan.xlsx": plan,
    "plan.csv": table,
    "contacts.csv": contacts,
}
TURNS = (("letter.pdf", "plan.xlsx"), ("protocol.docx",), ("contacts.csv",))
"""What the first applications of a call attach; the last one's is closed later."""
DRAFTED = ("letter.pdf", "plan.csv")


def attach(draft: Application, names: tuple[str, ...], *, by: User, at: datetime) -> None:
    """Attach files to a draft under its question for files."""
    asked = next((each for each in draft.call.form.definition.questions() if each.kind == Kind.FILE), None)
    if asked is None:
        return
    for name in names:
        drafts.attach(
            application=draft, question=asked.key, name=name, content=MAKERS[name](), attested=True, by=by, at=at
        )  # fmt: skip


def close_one(application: Application, *, by: User, at: datetime) -> None:
    """Report the file of an application, and hand it over the day after."""
    file = application.attachments.first()
    if file is None:
        return
    with clock.at(at):
        incident = quarantine.report(attachment=file, seen=SEEN, by=by)
    with clock.at(at + timedelta(days=1)):
        quarantine.hand_over(
            incident=incident, recipient=HANDED_TO, handed_on=at.date(), reference="SAMPLE-17", by=by
        )  # fmt: skip
