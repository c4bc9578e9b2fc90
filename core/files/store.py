"""Where uploads lie: under their hash, so that no name from outside reaches the disk."""

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

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
    folder = settings.STATE_DIR / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def path_of(sha256: str) -> str:
    """Return where a content lies that may be served."""
    return f"uploads/{sha256[:2]}/{sha256}"


def keep(incoming: Incoming) -> str:
    """Store a file once and return its path."""
    return put(path_of(incoming.sha256), File(incoming.file))


def put(path: str, content: File) -> str:
    """Store a content once under a path that its hash names, and return the path.

    It is there whole or not at all, whoever is killed on the way or stores the same at the same time: what has the
    name is believed from then on.
    """
    if not default_storage.exists(path):
        partial = default_storage.save(f"{path}.part", content)
        Path(default_storage.path(partial)).replace(default_storage.path(path))
    return path


def shut_away(sha256: str) -> str:
    """Move a content to where nothing is served from, and return its path there; after the commit it is nowhere else."""
    return _move(path_of(sha256), f"quarantine/{sha256[:2]}/{sha256}")


def take_back(sha256: str) -> str:
    """Move a content back to the other files, and return its path."""
    return _move(f"quarantine/{sha256[:2]}/{sha256}", path_of(sha256))


def _move(here: str, there: str) -> str:
    if default_storage.exists(here):
        with default_storage.open(here) as file:
            put(there, file)
    forget_after_commit([here])
    return there


def forget_after_commit(paths: Iterable[str]) -> None:
    """Remove files once the running transaction has committed."""
    for path in list(paths):
        transaction.on_commit(lambda path=path: default_storage.delete(path))  # type: ignore[misc]


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
