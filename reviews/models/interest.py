"""What ties a person to organisations, declared once a year, whatever they review."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models

from core import clock
from core.language import lazy
from core.people.models import Organisation

HOLDS = timedelta(days=365)
"""After so long a declaration is asked for again."""


class InterestDeclarationQuerySet(models.QuerySet["InterestDeclaration"]):
    """Yearly declarations, and who may see them."""

    def visible_to(self, user: Any) -> "InterestDeclarationQuerySet":
        """Keep one's own, and all for administrators and auditors."""
        if not user.is_authenticated:
            return self.none()
        return self if user.reads_all else self.filter(person=user)


class InterestDeclaration(models.Model):
    """All interests of one person at one time; without any, they had none."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interest_declarations")
    declared_at = models.DateTimeField(default=clock.now)

    objects = InterestDeclarationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "declared_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.declared_at:%d %b %Y}"

    @property
    def holds(self) -> bool:
        """Whether it is not to be asked for again yet."""
        return self.declared_at > clock.now() - HOLDS


class Interest(models.Model):
    """One organisation to which a person has a tie; by name alone where it is not on record."""

    class Kind(models.TextChoices):
        """What the tie is."""

        WORK = "work", lazy("I work for it, or did within three years")
        MONEY = "money", lazy("It pays me, or I own part of it")
        OFFICE = "office", lazy("I sit on its board or advise it")
        FAMILY = "family", lazy("Somebody close to me works for it or owns part of it")

    declaration = models.ForeignKey(InterestDeclaration, models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=Kind)

    def __str__(self) -> str:
        return f"{self.name}: {self.kind}"
