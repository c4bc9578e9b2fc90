"""Has the pages of stored PDFs put behind pages of ours, in a process of its own (`joining`)."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage

from core.files.store import incoming_folder

PATIENCE = 150


class CannotJoin(Exception):
    """The process that joins files was stopped by its limits."""


def pages_of(paths: Sequence[str]) -> list[int | None]:
    """Return how many pages of each stored PDF can be copied; None for one that cannot be read."""
    if not paths:
        return []
    try:
        with _run(paths, b"") as answer:
            found: list[int | None] = json.load(answer)
    except CannotJoin:
        if len(paths) == 1:
            return [None]
        # One of them is too much: each is asked for alone.
        found = [pages for path in paths for pages in pages_of([path])]
    return found


@contextmanager
def joined(ours: bytes, paths: Sequence[str | None]) -> Iterator[BinaryIO]:
    """Open the file with our pages and, behind the last of them, those of each stored PDF."""
    with _run(paths, ours) as answer:
        yield answer


@contextmanager
def _run(paths: Sequence[str | None], ours: bytes) -> Iterator[BinaryIO]:
    places = [None if path is None else default_storage.path(path) for path in paths]
    with tempfile.TemporaryFile(dir=incoming_folder()) as out:
        try:
            subprocess.run(
                [sys.executable, "-m", "core.files.joining"], input=json.dumps(places).encode() + b"\n" + ours, stdout=out,
                stderr=subprocess.DEVNULL, timeout=PATIENCE, cwd=settings.BASE_DIR, env={"LC_ALL": "C.UTF-8"}, check=True,
            )  # fmt: skip
        except subprocess.SubprocessError:
            raise CannotJoin from None
        out.seek(0)
        yield out
