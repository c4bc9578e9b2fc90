"""Has the pages of a stored PDF drawn, and reads the pictures as they were written."""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile

from core.files.scan import Readable
from core.files.store import incoming_folder, put

PATIENCE = 120


@dataclass(frozen=True)
class Picture:
    """One page."""

    number: int
    width: int
    height: int
    text: str
    content: bytes

    def keep(self, sha256: str) -> str:
        """Store the picture beside those of the same file, and return its path."""
        return put(f"pages/{sha256[:2]}/{sha256}/{self.number}.webp", ContentFile(self.content))


def pictures_of(file: Readable) -> Iterator[Picture]:
    """Yield the pages of a PDF, as many as could be drawn within the limits."""
    with tempfile.TemporaryFile(dir=incoming_folder()) as given, tempfile.TemporaryFile(dir=incoming_folder()) as out:
        while piece := file.read(2**20):
            given.write(piece)
        given.seek(0)
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                [sys.executable, "-m", "core.files.pictures"], stdin=given, stdout=out, stderr=subprocess.DEVNULL,
                timeout=PATIENCE, cwd=settings.BASE_DIR, check=False,
                env={"LC_ALL": "C.UTF-8"},
            )  # fmt: skip
        out.seek(0)
        yield from _read(out)


def _read(out: BinaryIO) -> Iterator[Picture]:
    while line := out.readline():
        try:
            head = json.loads(line)
        except ValueError:
            return
        content = out.read(head["size"])
        if len(content) < head["size"]:
            return
        yield Picture(head["number"], head["width"], head["height"], head["text"], content)
