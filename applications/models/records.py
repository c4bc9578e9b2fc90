"""What is written down once and never changed: versions, screenings."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models

from applications.models.application import Application
from core.forms.models import FormVersion
from core.language import lazy


def digest_of(content: dict[str, Any]) -> str:
    """Return the hash over a version's content, the same for the same content on any machine."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class ApplicationVersion(models.Model):
    """What was submitted, whole and frozen: answers, team, budget, attachments' hashes, and the form they answer."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    content = models.JSONField()
    team_rows = models.JSONField(default=list)
    """The keys of the rows whose people the content names, in its order; no part of what is hashed."""
    has_content_note = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.application.reference} version {self.number}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps its history."""
        return "applications.application", self.application_id


class HostSignature(models.Model):
    """The declaration of the host's signatory over a draft that is ready; void as soon as the draft changes."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="signatures")
    text = models.TextField()
    name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    """The hash of what was signed: the content as it would be submitted."""
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(voided_at=None), name="signature_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}, {self.signed_at:%d %b %Y}"


class Screening(models.Model):
    """One outcome of the eligibility check; a return keeps what is asked (key, label, words), and until when."""

    class Reason(models.TextChoices):
        """Why an application is not eligible."""

        SCOPE = "scope", lazy("Outside the scope of the call")
        ORGANISATION = "organisation", lazy("The organisation cannot receive a grant")
        AMOUNT = "amount", lazy("The budget does not follow the rules")
        SAFEGUARDING = "safeguarding", lazy("No credible plan to keep people safe")
        ILLEGAL = "illegal", lazy("Plans to handle material that may not be handled")
        INCOMPLETE = "incomplete", lazy("Essential parts are missing")
        OTHER = "other", lazy("Other")

    application = models.ForeignKey(Application, models.CASCADE, related_name="screenings")
    outcome = models.CharField(max_length=12, choices=[("eligible", lazy("Eligible")), ("ineligible", lazy("Not eligible")),
                                                       ("returned", lazy("Returned for correction"))])  # fmt: skip
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    text = models.TextField(blank=True)
    asked = models.JSONField(default=list, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    screened_at = models.DateTimeField()
    screened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()
