"""Golden pictures: what the pages of each kind look like, small and grey, made by ourselves.

Where a page was changed on purpose, make them again and look at what changed:
`python -m tests.reports.builders.golden`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import django
import pypdfium2
from PIL import Image, ImageChops, ImageStat

from tests.reports.builders.kinds import KINDS

FOLDER = Path(__file__).with_name("golden")
SCALE, STEP, PAGES = 0.5, 17, 2
SQUARE = 16
MOST = 9.0
"""How much lighter or darker a square of a page may be, of 255: fonts and renderers change a little, letters do not."""


def pictures_of(pdf: bytes) -> list[Image.Image]:
    """Draw the first pages at 36 dots to the inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            document[number].render(scale=SCALE).to_pil().convert("L") for number in range(min(PAGES, len(document)))
        ]


def golden_of(kind: str) -> list[Path]:
    """Return the kept pictures of a kind, by page."""
    return sorted(FOLDER.glob(f"{kind}-*.png"))


def differences(kind: str, pdf: bytes) -> Iterator[str]:
    """Say in words where the pages of a kind look otherwise than they are kept."""
    made, kept = pictures_of(pdf), golden_of(kind)
    if len(made) != len(kept):
        yield f"{len(made)} pages, but {len(kept)} pictures are kept"
    for number, (picture, path) in enumerate(zip(made, kept, strict=False), start=1):
        with Image.open(path) as image:
            before = image.convert("L")
        if picture.size != before.size:
            yield f"page {number} is {picture.size}, and was {before.size}"
            continue
        worst, place = _farthest(before, picture)
        if worst > MOST:
            yield f"page {number} differs by {worst:.0f} of 255 around {place}"


def _farthest(one: Image.Image, other: Image.Image) -> tuple[float, tuple[int, int]]:
    """Return how far the mean grey of two pictures is apart in their worst square, and where that is."""
    size = one.width // SQUARE, one.height // SQUARE
    apart = ImageChops.difference(one.resize(size, Image.Resampling.BOX), other.resize(size, Image.Resampling.BOX))
    worst = ImageStat.Stat(apart).extrema[0][1]
    place = apart.tobytes().index(int(worst))
    return worst, (place % size[0] * SQUARE, place // size[0] * SQUARE)


def _shade(grey: int) -> int:
    """Round to one of sixteen shades, evenly spread: a code's black squares take none away from the letters."""
    return round(grey / STEP) * STEP


def main() -> None:
    """Make all pictures again."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.png"):
        path.unlink()
    for kind, (build, terms) in KINDS.items():
        for number, picture in enumerate(pictures_of(build(terms())), start=1):
            picture.point(_shade).save(FOLDER / f"{kind}-{number}.png", optimize=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
