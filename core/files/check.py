"""What an uploaded file really is, and whether it may be kept: by content, never by name."""

from collections.abc import Iterable
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
    """Return what is active in the file, by the names that its objects use, whether or not a page leads to them."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        if found := _active_in_object(reader, number):
            return found
    return None


def _active_in_object(reader: PdfReader, number: int) -> str | None:
    try:
        return _active_in(reader.get_object(number))
    except (PyPdfError, ValueError, KeyError):
        return None


def _active_in(found: object) -> str | None:
    """Search one object; what it refers to is an object of its own and has its own turn."""
    if isinstance(found, dict):
        named = [ACTIVE[key] for key in found if key in ACTIVE]
        named += [ACTIVE[str(found[key])] for key in ("/S", "/Type", "/Subtype") if str(found.get(key)) in ACTIVE]
        if named:
            return named[0]
        return _first_active(found.values())
    return _first_active(found) if isinstance(found, list) else None


def _first_active(parts: Iterable[object]) -> str | None:
    return next((named for part in parts if (named := _active_in(part))), None)
