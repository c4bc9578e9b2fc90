"""What an uploaded file really is, and whether it may be kept: by content, never by name.

The file is taken apart by a process of its own (`apart`), which is given little memory, little time, no connection
and no secret. What it answers is turned into words here.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

from core.files.kinds import Kind
from core.files.sentences import SENTENCES

PATIENCE = 20
"""Seconds after which a check is given up, on a machine that is busy with others."""
MEGABYTE = 2**20


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
        raise refusal("too-large", has=round(size / MEGABYTE), limit=settings.UPLOAD_LIMIT // MEGABYTE)


def check_together(size: int) -> None:
    """Refuse what would make the files of one application too large."""
    if size > settings.UPLOAD_LIMIT_TOGETHER:
        limit = settings.UPLOAD_LIMIT_TOGETHER // MEGABYTE
        raise refusal("too-much", has=round(size / MEGABYTE), limit=limit)


def examine(file: BinaryIO) -> Found:
    """Return what a file on the disk is, or refuse it with a sentence that helps."""
    file.seek(0)
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "core.files.apart", "check"], stdin=file, capture_output=True, timeout=PATIENCE,
            cwd=settings.BASE_DIR, env={"PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}, check=False,
        )  # fmt: skip
        told = json.loads(answer.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        # It was stopped by its limits.
        raise refusal("slow") from None
    if "refused" in told:
        raise refusal(told["refused"], **told["values"])
    return Found(Kind(told["kind"]), told.get("pages", 0), told.get("note", ""))
