"""Whether a text is a table of values: CSV."""

import csv
import io
import re
from typing import Any

from core.files.apart import run
from core.files.kinds import Kind, Refused

MOST_ROWS = 200_000
MOST_IN_A_CELL = 32_767
"""What a cell of a spreadsheet holds."""
DELIMITERS = ",;\t|"
FORMULA = re.compile(r"\s*[=@]|\s*[+\-](?![\d.,\s]*(?:[eE][+\-]?\d+)?%?\s*$)")
"""How a cell begins that spreadsheets would calculate; a plain negative number does not."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def check(data: bytes) -> dict[str, Any]:
    """Return whether cells begin like formulas, or refuse the file."""
    text = _decoded(data)
    if _CONTROL.search(text):
        raise Refused("csv-binary")
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=head.count)
    if not head.count(delimiter):
        raise Refused("text")
    return {"kind": Kind.CSV, "note": "formulas" if _check_rows(text, delimiter) else ""}


def _decoded(data: bytes) -> str:
    """Read UTF-8, or UTF-16 that says so: a guess would spoil names."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    if encoding != "utf-16" and b"\x00" in data:
        raise Refused("csv-binary")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("unknown" if _is_binary(data[:4096]) else "csv-encoding") from None


def _is_binary(head: bytes) -> bool:
    return any(byte < 9 or 13 < byte < 32 for byte in head)


def _check_rows(text: str, delimiter: str) -> bool:
    csv.field_size_limit(MOST_IN_A_CELL)
    columns, rows, has_formulas = 0, 0, False
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if number > MOST_ROWS:
                raise Refused("csv-long", most=MOST_ROWS)
            if not any(row):
                continue
            columns, rows = columns or len(row), rows + 1
            if len(row) != columns:
                raise Refused("csv-ragged", row=number, has=len(row), first=columns)
            has_formulas = has_formulas or any(FORMULA.match(cell) for cell in row)
    except csv.Error:
        raise Refused("csv-quotes") from None
    if rows < 2:
        raise Refused("text")
    return has_formulas


if __name__ == "__main__":
    run(check)
