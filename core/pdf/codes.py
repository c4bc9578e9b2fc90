"""A QR code, drawn as squares by our own pen."""

from dataclasses import dataclass

import zxingcpp

from core.pdf.blocks import Row
from core.pdf.pen import Pen
from core.pdf.styles import MM

_LIGHT = 255


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square that a telephone reads. Around it four of its modules stay empty: leave them room."""

    content: str
    size: float = 18 * MM
    before: float = 0
    after: float = 0

    def rows(self, width: float) -> list[Row]:
        """Return the square as one row."""
        runs, modules = _runs_of(self.content)
        scale = self.size / modules

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.squares(runs, pen.across(x, width, 0, self.size), top, scale)

        return [Row(self.size, paint, self.before, self.after)]


def _runs_of(content: str) -> tuple[list[tuple[int, int, int]], int]:
    """Return the dark stretches, each with its line, where it begins and how long it is, and the width of the whole."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = memoryview(zxingcpp.write_barcode_to_image(code, add_quiet_zones=False))
    lines: list[list[int]] = image.tolist()  # type: ignore[assignment]  # of a picture, a list for each line
    found = []
    for line, modules in enumerate(lines):
        start = None
        for place, light in enumerate((*modules, _LIGHT)):
            if not light and start is None:
                start = place
            elif light and start is not None:
                found.append((line, start, place - start))
                start = None
    return found, len(lines)
