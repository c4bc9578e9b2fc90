"""What an uploaded file really is, and whether it may be kept: by content, never by name."""

from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

ACTIVE = {
    "/JavaScript": "a script",
    "/JS": "a script",
    "/Launch": "an action that starts a program",
    "/EmbeddedFile": "an embedded file",
    "/EmbeddedFiles": "an embedded file",
    "/RichMedia": "embedded media",
    "/XFA": "a dynamic form",
}


def check_size(size: int) -> None:
    """Refuse a file over the limit, which the message names."""
    if size > settings.UPLOAD_LIMIT:
        limit, has = settings.UPLOAD_LIMIT // 2**20, size / 2**20
        raise ValidationError(
            f"This file has {has:.0f} MB and the limit is {limit} MB. Make it smaller, for example by saving its "
            "pictures at a lower resolution, and choose it again."
        )


def check_pdf(content: bytes) -> int:
    """Return the number of pages, or refuse what is not a readable PDF without active content."""
    check_size(len(content))
    if not content[:1024].lstrip().startswith(b"%PDF-"):
        raise ValidationError("This file is not a PDF, whatever its name says. Save the document as PDF and try again.")
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise ValidationError("This PDF is locked with a password. Save it without one and choose it again.")
        found = _active_content(reader)
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, RecursionError, TypeError, AttributeError) as error:
        raise ValidationError(
            "This PDF is damaged and cannot be read. Save it as PDF again and try once more."
        ) from error
    if found:
        raise ValidationError(
            f"This PDF contains {found}. Print it to a new PDF, which leaves that out, and try again."
        )
    return pages


def _active_content(reader: PdfReader) -> str | None:
    """Return what is active in the file, by the names that its objects use."""
    for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
        found = _active_name(reader, number)
        if found:
            return found
    return _names_in(reader.trailer.get("/Root"))


def _active_name(reader: PdfReader, number: int) -> str | None:
    try:
        return _names_in(reader.get_object(number))
    except (PyPdfError, ValueError, KeyError):
        return None


def _names_in(found: object) -> str | None:
    resolved = found.get_object() if hasattr(found, "get_object") else found
    if not isinstance(resolved, dict):
        return None
    for key, value in resolved.items():
        if key in ACTIVE:
            return ACTIVE[key]
        if key in {"/S", "/Type", "/Subtype"} and str(value) in ACTIVE:
            return ACTIVE[str(value)]
        if isinstance(value, dict) and (inner := _names_in(value)):
            return inner
    return None
