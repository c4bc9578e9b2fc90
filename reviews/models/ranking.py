"""Rankings that were worked out, kept by what they were worked out from."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models

from core import clock
from fund.models import Call

PATIENCE = timedelta(minutes=2)


class RankingRun(models.Model):
    """One ranking of a call. `digest` stands for the scores that entered it, so it holds for whoever sees just these.

    Without a result it is still being worked out.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="ranking_runs")
    digest = models.CharField(max_length=64)
    seed = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    result: Any = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "digest"], name="ranking_run_once")]

    def __str__(self) -> str:
        return f"{self.call} {self.asked_at:%d %b %H:%M}"

    @property
    def is_stuck(self) -> bool:
        """Whether it has no result long after it was asked for, so that it may be asked for again."""
        return self.made_at is None and self.asked_at < clock.now() - PATIENCE
