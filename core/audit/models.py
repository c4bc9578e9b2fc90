"""Audit rows and their seals; triggers refuse to change or delete either."""

from django.db import models


class AuditEvent(models.Model):
    """What was done, when, by whom and to what: by key only, so that a person can be erased.

    `root` is what the subject belongs to, such as an assignment's application: it gives one history,
    and whoever is recused from the root sees none of it.
    """

    code = models.CharField(max_length=80)
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    root_type = models.CharField(max_length=60)
    root = models.BigIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject", "id"]),
            models.Index(fields=["root_type", "root", "id"]),
            models.Index(fields=["actor", "id"]),
            models.Index(fields=["code", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject_type} {self.subject}"


class AuditSeal(models.Model):
    """One link of the chain: a hash over an event and the seal before it."""

    position = models.BigIntegerField(unique=True)
    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.position} {self.digest[:12]}"
