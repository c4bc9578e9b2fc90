"""The filed document."""

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.documents.registry import label_of, readable_by


def new_code() -> str:
    """Return a code that cannot be guessed: 96 random bits."""
    return secrets.token_urlsafe(12)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, and who may read them."""

    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Keep what the person may read, by the rule of each kind."""
        return self.filter(readable_by(user)) if user.is_authenticated else self.none()

    def current(self) -> "DocumentQuerySet":
        """Leave out what was replaced by a newer one."""
        return self.filter(superseded_at=None)

    def about(self, subject: models.Model) -> "DocumentQuerySet":
        """Keep the documents about one row."""
        return self.filter(subject_type=subject._meta.label_lower, subject=subject.pk)


class Document(models.Model):
    """A file that the product made: stored once under its hash, never changed."""

    code = models.CharField(max_length=20, unique=True, default=new_code)
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100, default="application/pdf")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    template = models.CharField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    batch = models.ForeignKey("core.Batch", models.SET_NULL, null=True, related_name="documents")
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject"],
                condition=Q(superseded_at=None, recipient=None),
                name="document_one_current",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject", "recipient"],
                condition=Q(superseded_at=None),
                name="document_one_current_copy",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="document_number_once"),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject", "kind"]),
            models.Index(fields=["kind", "-made_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the one address by which the file is read."""
        return reverse("documents:download", args=[self.code])

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return label_of(self.kind)

    def read(self) -> bytes:
        """Return the file's bytes."""
        with default_storage.open(self.path) as stored:
            return bytes(stored.read())
