"""Storing a made document under its hash."""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import models

from core import clock
from core.documents.models import Document
from core.files.store import put


def file(
    kind: str,
    content: bytes | File,
    *,
    subject: models.Model,
    title: str,
    name: str,
    made_at: datetime | None = None,
    supersedes: Document | None = None,
    **fields: Any,
) -> Document:
    """Store the bytes and return the document's row; there is one current document of a kind for a subject.

    Call it inside `Claim.filing()`, so that a worker that lost its lease files nothing.
    A large one is given as an open file, which is never held in memory as a whole.
    `made_at` dates what one person may read by the moment at which their rights were read; without it, it is now.
    A replaced document stays readable and points to the one that took its place.
    """
    now = clock.now()
    if supersedes is not None:
        Document.objects.filter(pk=supersedes.pk).update(superseded_at=now)
    stored = ContentFile(content) if isinstance(content, bytes) else content
    digest = _digest_of(stored)
    path = put(f"documents/{digest[:2]}/{digest}", stored)
    document = Document.objects.create(
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject=subject.pk,
        title=title[:300],
        name=name,
        path=path,
        sha256=digest,
        size=stored.size,
        made_at=made_at or now,
        **fields,
    )

    if supersedes is not None:
        Document.objects.filter(pk=supersedes.pk).update(superseded_by=document)
    return document


def _digest_of(stored: File) -> str:
    found = hashlib.sha256()
    for part in stored.chunks():
        found.update(part)
    stored.seek(0)
    return found.hexdigest()
