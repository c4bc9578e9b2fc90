"""Reads PDFs with other people's tools, as a recipient would."""

import re
import shutil
import subprocess
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from pypdf import PdfReader
from pypdfium2 import PdfDocument

from tests.services import skip_for_lack

PACKAGES = {"pdftotext": "poppler-utils", "pdffonts": "poppler-utils", "pdfunite": "poppler-utils", "qpdf": "qpdf"}
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _run(tool: str, *arguments: str, input: bytes = b"", check: bool = True) -> subprocess.CompletedProcess[bytes]:  # noqa: A002
    """Run somebody else's tool; where it is not installed, the test that wants it is skipped."""
    if shutil.which(tool) is None:
        skip_for_lack(f"{tool} of {PACKAGES[tool]} is not installed")
    return subprocess.run([tool, *arguments], input=input, capture_output=True, check=check)


@lru_cache(maxsize=16)
def text_of(pdf: bytes, *options: str) -> str:
    """Return what pdftotext reads, in NFC, without the marks of direction that it adds."""
    done = _run("pdftotext", *options, "-", "-", input=pdf)
    return _DIRECTION_MARKS.sub("", unicodedata.normalize("NFC", done.stdout.decode()))


def words_of(pdf: bytes) -> str:
    """Return the text with every run of white space as one space."""
    return " ".join(text_of(pdf).split())


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    return text_of(pdf, "-layout").split("\f")[:-1]


def fonts_of(pdf: bytes) -> list[tuple[str, bool]]:
    """Return each font with whether it is embedded."""
    done = _run("pdffonts", "-", input=pdf)
    columns = re.compile(r"^(\S+).*\s(yes|no)\s+(?:yes|no)\s+(?:yes|no)\s+\d+\s+\d+$")
    matches = [columns.match(line) for line in done.stdout.decode().splitlines()[2:]]
    return [(match[1], match[2] == "yes") for match in matches if match]


def problems_of(pdf: bytes) -> str:
    """Return what qpdf finds wrong; nothing, if all is well."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = _run("qpdf", "--check", file.name, check=False)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).decode()


def joined(pdfs: list[bytes]) -> bytes:
    """Return many files as one, so that a tool has to be started once only."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.pdf" for number in range(len(pdfs) + 1)]
        for path, pdf in zip(paths, pdfs, strict=False):
            path.write_bytes(pdf)
        _run("pdfunite", *map(str, paths))
        return paths[-1].read_bytes()


def reader(pdf: bytes) -> PdfReader:
    """Open a PDF for its metadata and bookmarks."""
    return PdfReader(BytesIO(pdf))


def page_count(pdf: bytes) -> int:
    """Return how many pages there are."""
    with PdfDocument(pdf) as document:
        return len(document)


def private_use(text: str) -> list[str]:
    """Return the characters that stand for nothing outside their font."""
    return [character for character in text if unicodedata.category(character) == "Co"]
