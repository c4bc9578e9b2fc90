"""Puts the pages of PDFs behind pages of ours, in a process of its own with limits (`apart`).

Standard input is a line of JSON, and after it the PDF of ours. Without one the answer is JSON: how many pages of each
file could be copied, or null. With one, whose last pages belong to the files in their order, it is the joined PDF.
"""

import json
import sys
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter

from core.files.apart import limit

SECONDS = 90
MOST_OUTPUT = 512 * 2**20


def pages_in(path: str) -> int | None:
    """Return how many pages of a file can be copied, by copying them; None if it cannot be read."""
    try:
        writer = PdfWriter()
        writer.merge(0, path, import_outline=False)
        writer.write(BytesIO())
    except Exception:  # noqa: BLE001 - whatever is wrong with somebody's file, it is not appended
        return None
    return len(writer.pages) or None


def join(ours: bytes, files: list[str | None]) -> bytes:
    """Return our pages with those of each file behind the page that belongs to it; null belongs to a page alone."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(ours)))
    place = len(writer.pages) - len(files)
    for path in files:
        place += 1
        if path is not None:
            before = len(writer.pages)
            writer.merge(place, path, import_outline=False)
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
