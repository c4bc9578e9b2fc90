"""What an uploaded file really is, and whether it may be kept: by content, never by name.

The file is taken apart by a process of its own (`apart`), which is given little memory, little time, no connection
and no secret. What it answers is turned into words here.
"""

import json
import mmap
import shutil
import subprocess
import sys
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

from core.files.kinds import Kind, Refused
from core.files.magic import HEAD, family_of
from core.files.sentences import SENTENCES

PATIENCE = 25
"""Seconds after which a check is given up, on a machine that is busy with others."""
MEGABYTE = 2**20
CHECKS = {"pdf": "core.files.pdf", "zip": "core.files.office", "text": "core.files.table_text"}
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""What Office wraps a document with a password in."""


@dataclass(frozen=True)
class Found:
    """What a file is."""

    kind: Kind
    pages: int = 0
    note: str = ""


def refusal(code: str, **values: Any) -> ValidationError:
    """Return the refusal of a file in words."""
    return ValidationError(SENTENCES[code], code=code, params=values)


def check_size(size: int) -> None:
    """Refuse an empty file, and one over the limit, which the message names."""
    if not size:
        raise refusal("empty")
    if size > settings.UPLOAD_LIMIT:
        raise refusal("too-large", **in_megabytes(size, settings.UPLOAD_LIMIT))


def in_megabytes(has: int, limit: int) -> dict[str, int]:
    """Return the two sizes that a refusal names; what is over the limit has at least one more."""
    return {"has": max(round(has / MEGABYTE), limit // MEGABYTE + 1), "limit": limit // MEGABYTE}


def check_together(size: int) -> None:
    """Refuse what would make the files of one application too large."""
    if size > settings.UPLOAD_LIMIT_TOGETHER:
        raise refusal("too-much", **in_megabytes(size, settings.UPLOAD_LIMIT_TOGETHER))


def examine(file: BinaryIO) -> Found:
    """Return what a file on the disk is, or refuse it with a sentence that helps."""
    file.seek(0)
    try:
        told = _taken_apart(file, CHECKS[family_of(file.read(HEAD))])
    except Refused as refused:
        is_locked = refused.code == "old-office" and _holds(file, LOCKED)
        raise refusal("office-locked" if is_locked else refused.code, **refused.values) from None
    if "refused" in told:
        raise refusal(told["refused"], **told["values"])
    return Found(Kind(told["kind"]), told.get("pages", 0), told.get("note", ""))


def cells(file: BinaryIO) -> list[list[str]]:
    """Return what stands in the first sheet of an XLSX, row by row, or refuse the file with a sentence that helps."""
    with TemporaryFile() as kept:  # what runs apart reads from a real file
        shutil.copyfileobj(file, kept)
        try:
            told = _taken_apart(kept, "core.files.cells")
        except Refused as refused:
            raise refusal(refused.code, **refused.values) from None
    if "refused" in told:
        raise refusal(told["refused"], **told["values"])
    rows: list[list[str]] = told["rows"]
    return rows


def _taken_apart(file: BinaryIO, module: str) -> dict[str, Any]:
    file.seek(0)
    try:
        answer = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", module], stdin=file, capture_output=True, timeout=PATIENCE,
            cwd=settings.BASE_DIR, env={"LC_ALL": "C.UTF-8"}, check=False,
        )  # fmt: skip
        return dict(json.loads(answer.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        # It was stopped by its limits.
        raise Refused("slow") from None


def _holds(file: BinaryIO, mark: bytes) -> bool:
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        return mapped.find(mark) >= 0
