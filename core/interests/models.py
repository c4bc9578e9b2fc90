"""Declarations of interest, by person and subject."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.language import lazy


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Declarations, and what follows from them."""

    def recusing(self) -> "DeclarationQuerySet":
        """Keep what shuts the person out: ruled recused, or a tie that nobody has ruled on yet."""
        return self.filter(Q(ruling="recused") | Q(has_interest=True, ruling=""))

    def of(self, user: models.Model, subject_type: str) -> "DeclarationQuerySet":
        """Keep one person's declarations about one kind of subject."""
        return self.filter(person=user.pk, subject_type=subject_type)


class Declaration(models.Model):
    """What one person said, or the system found, of their tie to one subject; and the ruling."""

    class Kind(models.TextChoices):
        """What the tie is."""

        PERSONAL = "personal", lazy("Personal or family tie")
        FINANCIAL = "financial", lazy("Financial interest")
        INSTITUTIONAL = "institutional", lazy("Same organisation")
        COLLABORATOR = "collaborator", lazy("Worked together within three years")
        SUPERVISION = "supervision", lazy("Supervisor or student")
        COMPETING = "competing", lazy("Own application competes with it")
        EMPLOYER = "employer", lazy("Employer is partner, subject or contributor")
        OTHER = "other", lazy("Other")

    class Ruling(models.TextChoices):
        """What was ruled."""

        NO_ACTION = "no_action", lazy("No action")
        OBSERVE = "observe", lazy("May observe")
        RECUSED = "recused", lazy("Recused")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="declarations")
    subject_type = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    has_interest = models.BooleanField()
    kinds = models.JSONField(default=list)
    note = models.TextField(blank=True)
    by_system = models.BooleanField(default=False)
    declared_at = models.DateTimeField()
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True)
    ruled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ruled_at = models.DateTimeField(null=True)
    ruling_note = models.TextField(blank=True)

    objects = DeclarationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "subject_type", "subject"], name="declaration_once"),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_at=None) | (~Q(ruling="") & Q(ruled_at__isnull=False)),
                name="declaration_ruling_has_time",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject"])]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.subject_type} {self.subject}"

    @property
    def kind_labels(self) -> list[str]:
        """The ties in words."""
        return [self.Kind(kind).label for kind in self.kinds]

    @property
    def is_recusing(self) -> bool:
        """Whether the person is shut out."""
        return self.ruling == self.Ruling.RECUSED or (self.has_interest and not self.ruling)
