"""Puts the pages of PDFs behind pages of ours, in a process of its own with limits (`apart`).

Standard input is a line of JSON, and after it the PDF of ours. Without one the answer is JSON: how many pages of each
file could be copied, or null. With one, whose last pages belong to the files in their order, it is the joined PDF.
"""

import json
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NullObject

from core.files.apart import limit

SECONDS = 90
MOST_OUTPUT = 512 * 2**20
MOST_PAGES = 10_000
"""A file of a thousand bytes can have as many pages as it likes: they may all be the same one."""


def pages_in(path: str) -> int | None:
    """Return how many pages of a file can be copied, by copying them; None if it cannot be read."""
    try:
        writer = PdfWriter()
        writer.merge(0, _opened(path), import_outline=False)
        writer.write(BytesIO())
    except Exception:  # noqa: BLE001 - whatever is wrong with somebody's file, it is not appended
        return None
    return len(writer.pages) or None


class _TooManyPages(Exception):
    """A file has more pages than anybody reads."""


def _opened(path: str) -> PdfReader:
    """Open a file whose links lead to its own pages: a name that two files have would lead into the wrong one."""
    read = PdfReader(path)
    if len(read.pages) > MOST_PAGES:
        raise _TooManyPages
    named = read.named_destinations
    for link, key in _links_in(read):
        if isinstance(name := link[key], str):
            link[NameObject(key)] = named[name].dest_array if name in named else NullObject()
    for tree in ("/Names", "/Dests"):
        read.root_object.pop(tree, None)
    return read


def _links_in(read: PdfReader) -> Iterator[tuple[DictionaryObject, str]]:
    """Yield what says where a link leads, and under which key."""
    for page in read.pages:
        notes = page.get("/Annots", NullObject()).get_object()
        for each in notes if isinstance(notes, list) else []:
            note = each.get_object()
            link, key = (note["/A"], "/D") if "/Dest" not in note and "/A" in note else (note, "/Dest")
            if key in link:
                yield link, key


def join(ours: bytes, files: list[str | None]) -> bytes:
    """Return our pages with those of each file behind the page that belongs to it; null belongs to a page alone."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(ours)))
    place = len(writer.pages) - len(files)
    for path in files:
        place += 1
        if path is not None:
            before = len(writer.pages)
            writer.merge(place, _opened(path), import_outline=False)
            place += len(writer.pages) - before
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def main() -> None:
    """Answer what comes in."""
    limit(seconds=SECONDS, output=MOST_OUTPUT)
    files: list[Any] = json.loads(sys.stdin.buffer.readline())
    ours = sys.stdin.buffer.read()
    answer = join(ours, files) if ours else json.dumps([pages_in(path) for path in files]).encode()
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
