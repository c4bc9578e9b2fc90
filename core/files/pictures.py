"""Draws the pages of a PDF as pictures, in a process of its own with limits (`apart`).

The PDF comes in by standard input. For each page a line of JSON (number, width, height, size, text) goes out, and
after it the picture's bytes, so that what was drawn before a limit struck is not lost.
"""

import json
import sys
from io import BytesIO
from typing import Any

import pypdfium2

from core.files.apart import limit

WIDTH, TALLEST = 1240, 2600
"""Points of the picture: an A4 page at 150 to the inch, and no more of an endless one."""
MOST_PAGES = 60
MOST_TEXT = 20_000
QUALITY = 72
SECONDS = 60
MOST_OUTPUT = 64 * 2**20


def draw(page: Any) -> tuple[bytes, int, int]:
    """Return one page as WebP, with its width and height."""
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1), 4)
    picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue(), picture.width, picture.height


def text_of(page: Any) -> str:
    """Return what stands on a page, as far as it is text."""
    words = page.get_textpage().get_text_bounded()[:MOST_TEXT]
    return "".join(letter for letter in words if letter.isprintable() or letter in "\n\t").strip()


def main() -> None:
    """Draw the pages that come in."""
    limit(seconds=SECONDS, output=MOST_OUTPUT)
    out = sys.stdout.buffer
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        picture, width, height = draw(page)
        head = {"number": number + 1, "width": width, "height": height, "size": len(picture), "text": text_of(page)}
        out.write(json.dumps(head).encode() + b"\n" + picture)
        out.flush()
        page.close()


if __name__ == "__main__":
    main()
