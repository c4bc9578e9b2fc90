"""Attachments: what they are, and whether they may be read."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application, veiled_from
from applications.models.incidents import Incident
from core import clock
from core.documents.models import new_code
from core.files.kinds import Kind
from core.files.store import safe_name


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments, and who may see them."""

    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Keep the files of the applications that the person may open; nobody gets a closed one.

        What is attached to a correction is its team's until that is submitted.
        """
        found = self.filter(application__in=Application.objects.visible_to(user).values("pk"))
        if user.is_authenticated:
            is_new = Q(application__state=Application.State.RETURNED, added_at__gt=F("application__submitted_at"))
            found = found.filter(~is_new | Q(application__in=user.teams.values("application")))
            # A file names its authors in more places than its name.
            found = found.exclude(application__in=Application.objects.filter(veiled_from(user)).values("pk"))
        return found.open()

    def open(self) -> "AttachmentQuerySet":
        """Keep what may be read: it is not being checked, and nothing of the same content is in quarantine."""
        return self.filter(state__in=Attachment.OPEN).exclude(sha256__in=Incident.objects.standing().values("sha256"))

    def unquarantined(self) -> "AttachmentQuerySet":
        """Leave out what is in quarantine."""
        return self.exclude(state=Attachment.State.QUARANTINED)


class Attachment(models.Model):
    """A file that the applicant attached. Its address has a code that cannot be guessed, and its path no name."""

    class State(models.TextChoices):
        """Whether it may be read."""

        KEPT = "kept", _("Not scanned")
        CHECKING = "checking", _("Being checked")
        CLEAN = "clean", _("Scanned")
        CLEARED = "cleared", _("Looked at by the fund")
        QUARANTINED = "quarantined", _("Closed")

    OPEN = (State.KEPT, State.CLEAN, State.CLEARED)
    KINDS = [(kind.value, kind.label) for kind in Kind]

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    code = models.CharField(max_length=20, unique=True, default=new_code)
    question = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=KINDS, default=Kind.PDF)
    note = models.CharField(max_length=20, blank=True)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(default=0)
    attested = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.KEPT)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="files")
    pictured_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["application", "question"])]
        constraints = [
            models.CheckConstraint(condition=Q(attested=True), name="attachment_attested"),
            models.CheckConstraint(
                condition=~Q(state="quarantined") | Q(incident__isnull=False), name="attachment_closed_by_incident"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep only a name that is safe to show and to send, and that ends as the file's kind does."""
        self.name = safe_name(self.name, Kind(self.kind))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the one address by which the file is read."""
        return reverse("apply:file", args=[self.code])

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps its history."""
        return "applications.application", self.application_id

    @property
    def reading_url(self) -> str:
        """Return where a person reads it: its pages as pictures, or the download of what has no pages here."""
        return reverse("apply:file-pages", args=[self.code]) if self.kind == Kind.PDF else self.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether anybody may read it."""
        return self.state in self.OPEN

    @property
    def is_quarantined(self) -> bool:
        """Whether it is closed because of what it may hold."""
        return self.state == self.State.QUARANTINED


class AttachmentPage(models.Model):
    """A page of a PDF as a picture, made once by a job, with the text that stands on it."""

    attachment = models.ForeignKey(Attachment, models.CASCADE, related_name="pictures")
    number = models.PositiveIntegerField()
    path = models.CharField(max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["attachment", "number"], name="attachment_page_once")]

    def __str__(self) -> str:
        return f"{self.attachment} {self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of the picture, which asks for the same right as the file."""
        return reverse("apply:file-page", args=[self.attachment.code, self.number])
