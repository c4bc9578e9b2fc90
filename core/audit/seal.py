"""Seals audit rows in a chain, so that a changed or missing row shows."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction

from core import clock
from core.audit.models import AuditEvent, AuditSeal

START = "0" * 64
LONG = timedelta(hours=1)


def digest_of(event: AuditEvent, before: str) -> str:
    """Return the hash over one event and the seal before it."""
    fields = [
        event.pk,
        event.code,
        event.at.isoformat(),
        event.actor,
        event.subject_type,
        event.subject,
        event.root_type,
        event.root,
        event.data,
    ]
    text = json.dumps([before, *fields], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def seal_waiting(limit: int = 2000) -> int:
    """Append seals to events that have none, oldest first, and return how many; one job at a time does this.

    Two runs at once meet at the unique position: the later one fails whole and is tried again.
    """
    last = AuditSeal.objects.order_by("-position").first()
    position, before = (last.position, last.digest) if last else (0, START)
    seals = []
    for event in AuditEvent.objects.filter(seal=None).order_by("pk")[:limit]:
        position, before = position + 1, digest_of(event, before)
        seals.append(AuditSeal(position=position, event=event, digest=before, sealed_at=clock.now()))
    AuditSeal.objects.bulk_create(seals)
    return len(seals)


def faults() -> Iterator[str]:
    """Name every changed or missing row of the sealed chain."""
    expected, before = 1, START
    for seal in AuditSeal.objects.select_related("event").order_by("position").iterator(chunk_size=1000):
        if seal.position != expected:
            yield f"Seals {expected} to {seal.position - 1} are missing."
        elif seal.digest != digest_of(seal.event, before):
            yield f"Event {seal.event_id} does not match its seal {seal.position}."
        expected, before = seal.position + 1, seal.digest


def long_unsealed() -> Iterator[str]:
    """Name events that should have been sealed long ago."""
    before = clock.now() - LONG
    for event in AuditEvent.objects.filter(seal=None, at__lt=before).order_by("pk")[:100]:
        yield f"Event {event.pk} is not sealed although it is older than {LONG}."
