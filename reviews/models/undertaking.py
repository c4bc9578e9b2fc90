"""What a panel member has undertaken in words: the terms before the queue opens, and the certificate at the end."""

from typing import Any

from django.db import models
from django.db.models import Q

from core import clock
from core.language import lazy
from reviews.models.panel import PanelMember, calls_chaired_by


class UndertakingQuerySet(models.QuerySet["Undertaking"]):
    """Undertakings, and who may see them."""

    def visible_to(self, user: Any) -> "UndertakingQuerySet":
        """Keep one's own; all for administrators and auditors, and those of their panel for a chair."""
        if not user.is_authenticated:
            return self.none()
        if user.reads_all:
            return self
        return self.filter(Q(member__person=user) | Q(member__call__in=calls_chaired_by(user)))


class Undertaking(models.Model):
    """One text that one member undertook, word for word."""

    class Kind(models.TextChoices):
        """What it is."""

        TERMS = "terms", lazy("Terms of the panel")
        CLOSING = "closing", lazy("Closing certificate")

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="undertakings")
    kind = models.CharField(max_length=8, choices=Kind)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    given_at = models.DateTimeField(default=clock.now)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "version"], name="undertaking_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}, {self.member_id}"
