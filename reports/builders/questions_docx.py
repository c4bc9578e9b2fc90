"""All questions of a call as a document to write in: DOCX, with real headings, lists and table heads."""

import re
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Mm, Pt, RGBColor

from core.pdf.styles import QUIET, TIDE
from reports.builders.questions import CallTerms, QuestionTerms, SectionTerms

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file holds, such as the vertical tab that a text processor leaves in what is pasted from it."""
SERIF, SANS = "Noto Serif", "Noto Sans"
_PAPERS = {"A4": (Mm(210), Mm(297)), "Letter": (Inches(8.5), Inches(11))}


def build_questions_docx(terms: CallTerms, language: str = "en-GB") -> bytes:
    """Write the questions and return the DOCX."""
    document, terms = Document(), _writable(terms)
    _prepare(document, terms, language)
    document.add_heading(terms.title, level=0)
    _paragraphs(document, terms.summary)
    document.add_paragraph(terms.lead, style="Quiet")
    document.add_paragraph(terms.address, style="Quiet")
    _pairs(document, _("Dates"), terms.dates)
    _pairs(document, _("Money and length"), terms.money)
    if terms.eligibility:
        document.add_heading(_("Who can apply"), level=1)
        _paragraphs(document, terms.eligibility)
    _quiz(document, terms)
    _criteria(document, terms)
    for section in terms.sections:
        _section(document, section)
    output = BytesIO()
    document.save(output)
    return output.getvalue()


def _writable[Terms](terms: Terms) -> Terms:
    """Return the terms with a space for each character that the file cannot hold."""
    changed: Any = terms
    if isinstance(terms, str):
        changed = UNWRITABLE.sub(" ", terms)
    elif isinstance(terms, tuple):
        changed = tuple(map(_writable, terms))
    elif is_dataclass(terms):
        changed = replace(changed, **{each.name: _writable(getattr(terms, each.name)) for each in fields(terms)})
    return changed


def _prepare(document: Any, terms: CallTerms, language: str) -> None:
    """Set the page, the typefaces, the language that a screen reader speaks, and what the file says of itself."""
    page = document.sections[0]
    page.page_width, page.page_height = _PAPERS[terms.issue.paper]
    page.left_margin = page.right_margin = Mm(24)
    page.top_margin = page.bottom_margin = Mm(20)
    styles = document.styles
    quiet = styles.add_style("Quiet", 1)
    quiet.base_style = styles["Normal"]
    for name, family, size, colour in (
        ("Normal", SERIF, 10.5, None), ("Title", SERIF, 20, None), ("Heading 1", SERIF, 15, TIDE),
        ("Heading 2", SANS, 11, None), ("Heading 3", SANS, 10.5, None), ("Quiet", SANS, 9, QUIET),
    ):  # fmt: skip
        font = styles[name].font
        font.name, font.size = family, Pt(size)
        styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "")
        _without_theme(styles[name].element.rPr.rFonts)
        font.color.rgb = RGBColor.from_string((colour or "#14262b").removeprefix("#"))
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    styles["Normal"].element.get_or_add_rPr().append(spoken)
    own = document.core_properties
    own.title, own.author, own.language = terms.title, terms.issue.fund, language
    own.subject, own.comments = _("All questions"), ""
    page.footer.paragraphs[0].text = f"{terms.issue.fund} · {terms.title}"
    page.footer.paragraphs[0].style = styles["Quiet"]


def _without_theme(fonts: Any) -> None:
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _paragraphs(document: Any, text: str) -> None:
    for each in text.splitlines():
        if each.strip():
            document.add_paragraph(each.strip())


def _pairs(document: Any, title: str, pairs: tuple[tuple[str, str], ...]) -> None:
    document.add_heading(title, level=1)
    for label, words in pairs:
        line = document.add_paragraph(style="List Bullet")
        line.add_run(f"{label}: ")
        line.add_run(words).bold = True


def _quiz(document: Any, terms: CallTerms) -> None:
    if not terms.quiz:
        return
    document.add_heading(_("Asked before you start"), level=1)
    for question, answers in terms.quiz:
        document.add_heading(question, level=2)
        for answer in answers:
            document.add_paragraph(answer, style="List Bullet")


def _criteria(document: Any, terms: CallTerms) -> None:
    if not terms.criteria:
        return
    document.add_heading(_("How applications are judged"), level=1)
    table = document.add_table(rows=1, cols=3, style="Light List")
    for cell, words in zip(table.rows[0].cells, (_("Criterion"), _("What reviewers ask"), _("Weight")), strict=True):
        cell.text = words
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in terms.criteria:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph(terms.scale, style="Quiet")


def _section(document: Any, section: SectionTerms) -> None:
    document.add_heading(section.title, level=1)
    _paragraphs(document, section.intro)
    for question in section.questions:
        if question.heading:
            document.add_heading(question.heading, level=2)
        _question(document, question)


def _question(document: Any, question: QuestionTerms) -> None:
    document.add_heading(f"{question.number} {question.label}", level=2)
    document.add_paragraph(question.kind, style="Quiet")
    if question.condition:
        document.add_paragraph(question.condition, style="Quiet")
    _paragraphs(document, question.help)
    for choice in question.choices:
        document.add_paragraph(choice, style="List Bullet")
    document.add_paragraph(_("Your answer:"))
    document.add_paragraph()
