"""Where uploads lie: under their hash, so that no name from outside reaches the disk."""

import hashlib
import re
import unicodedata

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")


def keep(content: bytes) -> tuple[str, str]:
    """Store the bytes once and return their path and SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    path = f"uploads/{digest[:2]}/{digest}"
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(content))
    return path, digest


def safe_name(name: str, *, length: int = 120) -> str:
    """Return a file name that is safe to show and to send in a header, keeping its script."""
    cleaned = _UNSAFE.sub(" ", unicodedata.normalize("NFC", name)).strip(" .")
    return cleaned[-length:] or "file"
