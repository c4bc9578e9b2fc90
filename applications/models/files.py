"""Attachments: what they are, and whether they may be read."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application, veiled_from
from core import clock
from core.documents.models import new_code
from core.files.kinds import Kind
from core.files.store import safe_name


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments, and who may see them."""

    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Keep the files of the applications that the person may open; nobody gets a closed one."""
        found = self.filter(application__in=Application.objects.visible_to(user).values("pk"))
        if user.is_authenticated:
            # A file names its authors in more places than its name.
            found = found.exclude(application__in=Application.objects.filter(veiled_from(user)).values("pk"))
        return found.open()

    def open(self) -> "AttachmentQuerySet":
        """Keep what may be read: it is not being checked, and not in quarantine."""
        return self.filter(state__in=Attachment.OPEN)

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
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["application", "question"])]
        constraints = [models.CheckConstraint(condition=Q(attested=True), name="attachment_attested")]

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
    def is_open(self) -> bool:
        """Whether anybody may read it."""
        return self.state in self.OPEN

    @property
    def is_quarantined(self) -> bool:
        """Whether it is closed because of what it may hold."""
        return self.state == self.State.QUARANTINED
