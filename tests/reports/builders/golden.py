"""Golden pictures: what every page of each kind looks like, one sheet a kind, in four greys, made by ourselves.

Where a page was changed on purpose, make them again and look at what changed:
`python -m tests.reports.builders.golden`.
"""

import os
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

import django
import pypdfium2
from PIL import Image, ImageChops, ImageStat

from tests.reports.builders.kinds import KINDS, Build, Terms
from tests.reports.builders.terms import issue

FOLDER = Path(__file__).with_name("golden")
SCALE = 0.75
"""54 dots to the inch: words can still be read, and a sheet is a few kilobytes."""
GREYS = (0, 110, 200, 255)
BELOW = (55, 155, 246)
"""What is darker than these is drawn in the greys; a hairline is just darker than paper, and is seen."""
ACROSS, GAP = 4, 3
SQUARE = 6
"""Eighth of a line's length, about as high as its letters: the dot of a chart or a word fills one."""
MOST = 12.0
"""How much lighter or darker a square of a page may be, of 255: fonts and renderers change a little, words do not."""
SEEN: dict[str, tuple[Build, Terms]] = {
    **KINDS,
    "award-letter-on-letter": (
        KINDS["award-letter"][0],
        lambda **changes: KINDS["award-letter"][1](issue=issue(paper="Letter"), **changes),
    ),
    "award-letter-in-arabic": (
        KINDS["award-letter"][0],
        lambda **changes: KINDS["award-letter"][1](
            **{"issue": issue(language="ar"), "title": "المعلمون أول من يصغي", "grantee": "جامعة البحيرات"} | changes
        ),
    ),
}
"""Every kind, and a letter on the other paper and from right to left."""


def pages_of(pdf: bytes) -> list[Image.Image]:
    """Draw all pages, in so few greys that a sheet of them is small."""
    with pypdfium2.PdfDocument(pdf) as document:
        drawn = [page.render(scale=SCALE).to_pil().convert("L") for page in document]
    return [page.point(lambda grey: GREYS[_rank(grey)]) for page in drawn]


def _rank(grey: int) -> int:
    """Return which of the four greys stands for one of 256."""
    return bisect_right(BELOW, grey)


def differences(code: str, pdf: bytes) -> Iterator[str]:
    """Say in words where the pages of a document look otherwise than they are kept."""
    made = pages_of(pdf)
    with Image.open(FOLDER / f"{code}.png") as image:
        kept = image.convert("L")
    if kept.size != _sheet_size(made):
        yield f"{len(made)} pages make a sheet of {_sheet_size(made)}, and the one that is kept is {kept.size}"
        return
    for number, (page, box) in enumerate(zip(made, _places(made), strict=True), start=1):
        worst, place = _farthest(kept.crop(box), page)
        if worst > MOST:
            yield f"page {number} differs by {worst:.0f} of 255 around {place}"


def _sheet_size(pages: list[Image.Image]) -> tuple[int, int]:
    boxes = _places(pages)
    return max(box[2] for box in boxes), max(box[3] for box in boxes)


def _places(pages: list[Image.Image]) -> list[tuple[int, int, int, int]]:
    """Return where each page lies on the sheet, four of them side by side."""
    width, height = pages[0].size
    corners = [(number % ACROSS * (width + GAP), number // ACROSS * (height + GAP)) for number in range(len(pages))]
    return [(left, top, left + width, top + height) for left, top in corners]


def _farthest(one: Image.Image, other: Image.Image) -> tuple[float, tuple[int, int]]:
    """Return how far the mean grey of two pictures is apart in their worst square, and where that is."""
    size = one.width // SQUARE, one.height // SQUARE
    apart = ImageChops.difference(one.resize(size, Image.Resampling.BOX), other.resize(size, Image.Resampling.BOX))
    worst = ImageStat.Stat(apart).extrema[0][1]
    place = apart.tobytes().index(int(worst))
    return worst, (place % size[0] * SQUARE, place // size[0] * SQUARE)


def keep(code: str, pdf: bytes) -> None:
    """Keep the pages of a document as one sheet, two bits a dot."""
    pages = pages_of(pdf)
    sheet = Image.new("L", _sheet_size(pages), GREYS[1])
    for page, box in zip(pages, _places(pages), strict=True):
        sheet.paste(page, box)
    kept = Image.frombytes("P", sheet.size, sheet.point(_rank).tobytes())
    kept.putpalette([grey for grey in GREYS for _ in "rgb"])
    kept.save(FOLDER / f"{code}.png", optimize=True, bits=2)


def main() -> None:
    """Make all pictures again."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.png"):
        path.unlink()
    for code, (build, terms) in SEEN.items():
        keep(code, build(terms()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
