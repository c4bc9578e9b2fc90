"""The one writer of audit rows."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from core import clock
from core.audit.models import AuditEvent


def record(code: str, *, by: AbstractBaseUser | None, subject: models.Model, **data: Any) -> AuditEvent:
    """Write one audit row in the running transaction; `data` holds keys and neutral words, no personal data."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An audit row belongs in the transaction of its action.")
    root_type, root = getattr(subject, "audit_root", (subject._meta.label_lower, subject.pk))
    return AuditEvent.objects.create(
        code=code,
        at=clock.now(),
        actor=by.pk if by is not None else None,
        subject_type=subject._meta.label_lower,
        subject=subject.pk,
        root_type=root_type,
        root=root,
        data=data,
    )
