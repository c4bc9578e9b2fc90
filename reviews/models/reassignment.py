"""A plan to assign anew what was released and not begun, kept until somebody stores it."""

from typing import Any

from django.conf import settings
from django.db import models

from core import clock
from fund.models import Call
from reviews.models.panel import calls_chaired_by


class ReassignmentQuerySet(models.QuerySet["Reassignment"]):
    """Plans, and who may see them."""

    def visible_to(self, user: Any) -> "ReassignmentQuerySet":
        """Keep them for administrators, auditors and a call's chair; what of one they see is asked of its changes."""
        if not user.is_authenticated:
            return self.none()
        return self if user.reads_all else self.filter(call__in=calls_chaired_by(user))


class Reassignment(models.Model):
    """What would change in a call if a released assignment might move for more than a price; nothing has changed yet.

    `chosen` are triples of the keys of application and member, and their affinity; `removed` the same, with the
    assignment's key first. `ground` stands for all that it was worked out from.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="reassignments")
    price = models.PositiveSmallIntegerField()
    is_proved = models.BooleanField()
    chosen: Any = models.JSONField(default=list)
    removed: Any = models.JSONField(default=list)
    unfilled: Any = models.JSONField(default=list)
    ground = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stored_at = models.DateTimeField(null=True)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ReassignmentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.call} {self.made_at:%d %b %H:%M}"
