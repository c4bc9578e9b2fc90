"""Whether a PDF may be kept: one file and nothing else, readable without a password, without anything that acts."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from core.files.apart import run
from core.files.kinds import Kind, Refused
from core.files.pdf_names import names_in

AFTER_THE_END = 2048
"""White space that some programs leave behind the end."""
SPACE = b"\x00\t\n\f\r "
ACTIVE = {
    "/JavaScript": "pdf-script", "/JS": "pdf-script",
    "/Launch": "pdf-launch",
    "/EmbeddedFile": "pdf-embedded", "/EmbeddedFiles": "pdf-embedded", "/FileAttachment": "pdf-embedded",
    "/RichMedia": "pdf-media",
    "/XFA": "pdf-form",
    "/SubmitForm": "pdf-submit", "/ImportData": "pdf-submit",
    "/GoToR": "pdf-elsewhere", "/GoToE": "pdf-elsewhere",
}  # fmt: skip
"""Names that have no other use, wherever they stand."""
ACTIVE_VALUES = {
    "/Movie": "pdf-media", "/Sound": "pdf-media", "/Rendition": "pdf-media", "/Screen": "pdf-media", "/3D": "pdf-media",
}  # fmt: skip
"""Names that are active only as what a thing is."""
WHAT_IT_IS = {"/S", "/Type", "/Subtype"}
_OTHER_FORMATS = {b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z"}
_MARKUP = re.compile(rb"<(?:html|script|!doctype|iframe|svg|\?php)", re.IGNORECASE)
_UNREADABLE = (PyPdfError, ValueError, KeyError, IndexError, RecursionError, TypeError, AttributeError, OverflowError,
               AssertionError, NotImplementedError)  # fmt: skip


def check(data: bytes) -> dict[str, Any]:
    """Return the number of pages, or refuse the file."""
    _check_ends(data)
    _check_one_format(data)
    try:
        reader = PdfReader(BytesIO(data))
        if "/Encrypt" in reader.trailer:
            raise Refused("pdf-locked")
        _check_names(data)
        for found in _objects(reader):
            _check_object(found)
        pages = len(reader.pages)
        _check_opening(reader)
    except MemoryError:
        raise Refused("bomb") from None
    except _UNREADABLE:
        raise Refused("pdf-damaged") from None
    if not pages:
        raise Refused("pdf-damaged")
    return {"kind": Kind.PDF, "pages": pages}


def _check_ends(data: bytes) -> None:
    """Ask that the file begins with its mark and ends with its end."""
    if not data.startswith(b"%PDF-"):
        raise Refused("pdf-prefix")
    end = data.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in data[:end]:
        raise Refused("pdf-cut")
    after = data[end + 5 :]
    if after.strip(SPACE) or len(after) > AFTER_THE_END:
        raise Refused("pdf-suffix")


def _check_one_format(data: bytes) -> None:
    """Refuse a file that other programs take for something else."""
    if b"PK\x05\x06" in data[-66_000:]:
        raise Refused("double", what="ZIP")
    for mark, what in _OTHER_FORMATS.items():
        if mark in data:
            raise Refused("double", what=what)
    if data[257:262] == b"ustar":
        raise Refused("double", what="TAR")
    if data[0x8001:0x8006] == b"CD001":
        raise Refused("double", what="ISO")
    if _MARKUP.search(data[:1024]):
        raise Refused("double", what="HTML")


def _check_names(data: bytes) -> None:
    for before, name in names_in(data):
        if name in ACTIVE:
            raise Refused(ACTIVE[name])
        if before in WHAT_IT_IS and name in ACTIVE_VALUES:
            raise Refused(ACTIVE_VALUES[name])


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Yield every object that the file's own tables name; what cannot be read was looked at as it is written."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in sorted(numbers):
        try:
            yield reader.get_object(number)
        except _UNREADABLE:
            continue
    yield reader.trailer


def _check_object(found: Any) -> None:
    """Search one object; what it refers to is an object of its own and has its own turn."""
    if isinstance(found, StreamObject) and "/F" in found:
        raise Refused("pdf-elsewhere")
    if isinstance(found, DictionaryObject):
        _check_dictionary(found)
        _check_all(found.values())
    elif isinstance(found, ArrayObject):
        _check_all(found)


def _check_dictionary(found: DictionaryObject) -> None:
    for key, value in found.items():
        if key in ACTIVE:
            raise Refused(ACTIVE[key])
        name = str(value) if key in WHAT_IT_IS else ""
        if code := ACTIVE.get(name) or ACTIVE_VALUES.get(name):
            raise Refused(code)
        if key == "/AA":
            _check_actions(value)


def _check_all(parts: Iterable[Any]) -> None:
    for part in parts:
        if not isinstance(part, IndirectObject):
            _check_object(part)


def _check_opening(reader: PdfReader) -> None:
    """Refuse what happens by itself when the file or a page is opened, and leads out of it."""
    _check_action(reader.root_object.get("/OpenAction"))


def _check_actions(actions: Any) -> None:
    found = actions.get_object() if isinstance(actions, IndirectObject) else actions
    if isinstance(found, DictionaryObject):
        for action in found.values():
            _check_action(action)


def _check_action(action: Any, depth: int = 0) -> None:
    found = action.get_object() if isinstance(action, IndirectObject) else action
    if not isinstance(found, DictionaryObject):
        return
    if str(found.get("/S")) == "/URI" or depth > 20:
        raise Refused("pdf-opens")
    _check_action(found.get("/Next"), depth + 1)


if __name__ == "__main__":
    run(check)
