"""Why a file is not kept, and what to do: one sentence or two for each reason, for the reader of the screen."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("This file is empty. Save the document again and choose that file."),
    "too-large": _(
        "This file has %(has)s MB and the limit is %(limit)s MB. Make it smaller, for example by saving its pictures "
        "at a lower resolution, and choose it again."
    ),
    "too-much": _(
        "With this file the application would have %(has)s MB of files, and the limit is %(limit)s MB. Remove a file "
        "that is not needed, or choose a smaller one."
    ),
    "slow": _(
        "This file takes too long to read. Save it again with fewer pages or parts, or as a plain PDF, and choose it "
        "once more."
    ),
    # What is none of the four kinds
    "picture": _(
        "This is a picture (%(what)s). Files that are only a picture are not taken. If it belongs to your plan, put it "
        "into the document and save that as PDF."
    ),
    "film": _("This is a film or a recording (%(what)s). Such files are never taken. Describe in a text what it shows."),
    "program": _(
        "This is a program (%(what)s), whatever its name says. Programs are never taken. Choose the document itself."
    ),
    "archive": _(
        "This is an archive (%(what)s). Nobody can look into it here: attach the documents in it one by one, as PDF, "
        "DOCX, XLSX or CSV."
    ),
    "old-office": _(
        "This is a document of an old Office format, such as DOC or XLS. Open it, save it as DOCX, XLSX or PDF, and "
        "choose that file."
    ),
    "open-document": _(
        "This is an OpenDocument file, such as ODT or ODS. Save it as PDF, DOCX or XLSX, and choose that file."
    ),
    "presentation": _("This is a presentation (PPTX). Save it as PDF and choose that file."),
    "rich-text": _("This is a rich text (RTF). Save it as PDF or DOCX and choose that file."),
    "postscript": _("This is a PostScript file. Save the document as PDF and choose that file."),
    "markup": _("This is a web page or another marked-up text. Print it to a PDF and choose that file."),
    "text": _("This is plain text and no table. Save it as PDF, or, if it is a table, as CSV with a comma between cells."),
    "no-sheet": _("This is not a spreadsheet of the kind XLSX. Choose the file that you downloaded here, saved as XLSX."),
    "sheet-long": _("This spreadsheet has more than %(rows)s rows or %(columns)s columns. Choose the file that you downloaded here."),
    "unknown": _("This file is not a PDF, DOCX, XLSX or CSV, whatever its name says. Save the document as one of these."),
    "double": _(
        "This PDF can be read as something else as well (%(what)s). Print it to a new PDF, which leaves that out, and "
        "choose that file."
    ),
    "bomb": _(
        "This file grows to an unusual size when it is opened, as files do that are made to stop a computer. Save the "
        "document again, with fewer or smaller parts."
    ),
    # PDF
    "pdf-prefix": _("Something stands before the beginning of this PDF. Save the document as PDF again, and choose that."),
    "pdf-suffix": _("Something stands behind the end of this PDF. Print it to a new PDF, and choose that file."),
    "pdf-cut": _("The end of this PDF is missing; perhaps a download was cut off. Save it as PDF again, and choose that."),
    "pdf-damaged": _("This PDF is damaged and cannot be read. Save it as PDF again and try once more."),
    "pdf-locked": _("This PDF is locked with a password. Save it without one and choose it again."),
    "pdf-odd": _("This PDF is packed in an unusual way, so that it cannot be checked. Print it to a new PDF, and choose that."),
    "pdf-script": _("This PDF contains a script. Print it to a new PDF, which leaves that out, and try again."),
    "pdf-launch": _(
        "This PDF contains an action that starts a program. Print it to a new PDF, which leaves that out, and try again."
    ),
    "pdf-embedded": _(
        "This PDF contains an embedded file. Attach that file by itself, print the rest to a new PDF, and choose that."
    ),
    "pdf-media": _("This PDF contains sound, film or a 3D scene. Print it to a new PDF, which leaves that out, and try again."),
    "pdf-form": _("This PDF contains a dynamic form (XFA). Print it to a new PDF, which keeps what is filled in, and try again."),
    "pdf-submit": _(
        "This PDF contains a form that sends or fetches what is filled in. Print it to a new PDF, and choose that file."
    ),
    "pdf-elsewhere": _("This PDF leads to another file outside of it. Print it to a new PDF, which leaves that out, and try again."),
    "pdf-opens": _("This PDF opens an address by itself. Print it to a new PDF, which leaves that out, and try again."),
    # DOCX and XLSX
    "office-damaged": _("This Office document is damaged and cannot be read. Save it again as DOCX, XLSX or PDF."),
    "office-cut": _("The end of this Office document is missing; perhaps a download was cut off. Save it again, and choose that."),
    "office-suffix": _("Something stands behind the end of this Office document. Save it again as DOCX or XLSX, and choose that."),
    "office-locked": _("This Office document is locked with a password. Save it without one and choose it again."),
    "office-macro": _("This Office document has macros. Save it as DOCX or XLSX without macros, or as PDF, and choose that file."),
    "office-template": _("This is an Office template. Save it as an ordinary DOCX or XLSX, and choose that file."),
    "office-embedded": _(
        "This Office document has another file inside. Attach that file by itself, or paste it as a picture, or save "
        "the document as PDF."
    ),
    "office-active-x": _(
        "This Office document has controls or add-ins that run a program. Remove them, or save it as PDF, and choose that file."
    ),
    "office-elsewhere": _(
        "This Office document fetches a part from somewhere else, such as a template, a picture or another workbook. "
        "Put that part into it, or save it as PDF, and choose that file."
    ),
    "office-link": _("This Office document has a link to a file on a computer. Remove that link, or save it as PDF."),
    "office-fields": _(
        "This Office document has a field or a formula that fetches from elsewhere. Replace it by its result, or save "
        "the document as PDF."
    ),
    "office-entities": _("This Office document declares its own XML entities, which no Office program does. Save it again."),
    "office-deep": _("The parts of this Office document lie too deep in each other. Save it again, or as PDF."),
    "office-names": _("The parts of this Office document have names that lead out of it. Save it again as DOCX or XLSX."),
    "office-many": _("This Office document has more than %(most)s parts. Save it as PDF, and choose that file."),
    "office-stranger": _(
        "This Office document has a part that no text or spreadsheet has. Save it again as DOCX or XLSX, or as PDF."
    ),
    # CSV
    "csv-binary": _("This looks like a table, but has bytes in it that are no text. Save it again as “CSV UTF-8”."),
    "csv-encoding": _(
        "The letters of this table are written in an unknown way, so that names would be spoilt. Save it as “CSV "
        "UTF-8” and choose that file."
    ),
    "csv-ragged": _(
        "Row %(row)s of this table has a different number of cells (%(has)s) than its first row (%(first)s). Mend "
        "that row, or save the table as XLSX."
    ),
    "csv-quotes": _("A cell of this table has a quotation mark that is not closed, or is far too long. Save it again as CSV."),
    "csv-long": _("This table has more than %(most)s rows. Attach a part of it, or a summary."),
}  # fmt: skip
