"""What follows a decision: the feedback to the applicant, and what they ask or complain about, with its answer."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from applications.models import Application, TeamMember
from core import clock
from core.language import lazy
from reviews.models.assignment import reviews_owed_by


def _for_the_fund(user: Any) -> Q:
    """Keep what administrators and auditors may judge, but of which they owe no review themselves."""
    if not user.reads_all:
        return Q(pk__in=[])
    seen = Application.objects.visible_to_fund(user).values("pk")
    return Q(application__in=seen) & ~Q(application__in=reviews_owed_by(user))


def _of_team(user: Any) -> Q:
    """Keep what belongs to one's own applications whose outcome is known."""
    teams = user.teams.exclude(access=TeamMember.Access.NONE).values("application")
    return Q(application__in=teams, application__outcome_released_at__lte=clock.now())


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    """Feedback, and who may see it."""

    def visible_to(self, user: Any) -> "FeedbackQuerySet":
        """Keep all that one may judge for the fund; for applicants their own, approved and with its decision known."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_for_the_fund(user) | (_of_team(user) & Q(approved_at__isnull=False)))


class Feedback(models.Model):
    """What the applicant learns from the reviews: composed of the public comments, edited, and approved by another.

    `parts` are pairs of a heading and a text. Nobody is named.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="feedback")
    parts = models.JSONField(default=list)
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("edited_by")), name="feedback_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback on {self.application.reference}"

    @property
    def seen(self) -> str:
        """What tells these texts from any others, so that nobody writes over or approves what they never saw."""
        return hashlib.sha256(json.dumps(self.parts).encode()).hexdigest()[:20]

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return "applications.application", self.application_id


class DecisionInquiryQuerySet(models.QuerySet["DecisionInquiry"]):
    """What applicants ask about decisions, and who may read it."""

    def visible_to(self, user: Any) -> "DecisionInquiryQuerySet":
        """Keep those about one's own applications, and all that one may judge for the fund."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_for_the_fund(user) | _of_team(user))

    def open(self) -> "DecisionInquiryQuerySet":
        """Keep those that wait for their answer."""
        return self.filter(answered_at=None)


class DecisionInquiry(models.Model):
    """One question or complaint about a decision, and the fund's one answer to it, by a date."""

    class Kind(models.TextChoices):
        """What it is."""

        QUESTION = "question", lazy("A question")
        COMPLAINT = "complaint", lazy("A complaint")

    application = models.ForeignKey(Application, models.CASCADE, related_name="decision_inquiries")
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DecisionInquiryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "decision inquiries"
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="decision_inquiry_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="decision_inquiry_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} about {self.application.reference}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return "applications.application", self.application_id

    @property
    def is_late(self) -> bool:
        """Whether it is not answered though its date has passed."""
        return self.answered_at is None and self.due_at < clock.now()
