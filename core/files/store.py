"""Where uploads lie: under their hash, so that no name from outside reaches the disk."""

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from core.files.check import check_size
from core.files.kinds import Kind

_UNSAFE = re.compile(
    '[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]+'
)
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
LONGEST_NAME = 120


@dataclass(frozen=True)
class Incoming:
    """A file that has arrived and is not kept yet."""

    file: BinaryIO
    size: int
    sha256: str


@contextmanager
def receive(content: bytes | File) -> Iterator[Incoming]:
    """Write what arrives to a file without a name, piece by piece, and say how large it is and what its hash is."""
    arriving = ContentFile(content) if isinstance(content, bytes) else content
    check_size(arriving.size)
    digest = hashlib.sha256()
    with tempfile.TemporaryFile(dir=incoming_folder()) as file:
        for piece in arriving.chunks():
            digest.update(piece)
            file.write(piece)
        file.flush()
        yield Incoming(file, arriving.size, digest.hexdigest())


def incoming_folder() -> str:
    """Return the folder on the disk where files lie while they arrive; a temporary folder may lie in memory."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def keep(incoming: Incoming) -> str:
    """Store a file once and return its path."""
    path = f"uploads/{incoming.sha256[:2]}/{incoming.sha256}"
    if not default_storage.exists(path):
        incoming.file.seek(0)
        path = default_storage.save(path, File(incoming.file))
    return path


def safe_name(name: str, kind: Kind | None = None, *, length: int = LONGEST_NAME) -> str:
    """Return a file name that is safe to show and to send in a header, keeping its script; it ends as its kind does."""
    cleaned = _UNSAFE.sub(" ", unicodedata.normalize("NFC", name))
    cleaned = _DEVICE.sub(r"_\1", " ".join(cleaned.split()).strip(" ."))
    if kind is None:
        return cleaned[-length:] or "file"
    stem, suffix = PurePosixPath(cleaned).stem, PurePosixPath(cleaned).suffix.lower()
    if suffix not in {each.suffix for each in Kind}:
        stem = cleaned
    return (stem[: length - len(kind.suffix)].strip(" .") or "file") + kind.suffix
