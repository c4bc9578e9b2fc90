"""What a decision was based on, frozen when it is approved."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models

from applications.models import Application
from reviews.models.assignment import reviews_owed_by
from reviews.models.outcome import Decision


class DecisionBasisQuerySet(models.QuerySet["DecisionBasis"]):
    """What decisions rest on, and who may see it."""

    def visible_to(self, user: Any) -> "DecisionBasisQuerySet":
        """Keep it for administrators and auditors who may judge the application and owe no review of it."""
        if not user.is_authenticated or not user.reads_all:
            return self.none()
        seen = Application.objects.visible_to_fund(user).values("pk")
        return self.filter(decision__application__in=seen).exclude(decision__application__in=reviews_owed_by(user))


class DecisionBasis(models.Model):
    """The scores, the rubric and the place in the ranking on which one approved decision rests; never changed.

    People are in it by nothing but the key of their review. `digest` stands for the content.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="approved_on")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DecisionBasisQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "decision bases"

    def __str__(self) -> str:
        return f"{self.decision}: {self.digest[:12]}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return self.decision.audit_root

    @property
    def is_untouched(self) -> bool:
        """Whether the content is still what was frozen."""
        return self.digest == digest_of(self.content)


def digest_of(content: dict[str, Any]) -> str:
    """Stand for a content, however its keys are ordered."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
