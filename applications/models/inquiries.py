"""What staff ask an applicant after the submission, and the one answer to it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models.application import Application, veiled_from
from core import clock


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries, and who may read them."""

    def visible_to(self, user: Any) -> "InquiryQuerySet":
        """Keep those of one's own applications, all for who reads all, and for the panel what was released to it.

        Nobody from whom the applicants are hidden reads any: an answer names people.
        """
        if not user.is_authenticated:
            return self.none()
        theirs = Q(application__in=Application.objects.visible_to_fund(user).values("pk"))
        theirs &= ~Q(application__in=Application.objects.filter(veiled_from(user)).values("pk"))
        if not user.reads_all:
            theirs &= Q(shared_at__isnull=False)
        return self.filter(theirs | Q(application__in=user.teams.values("application")))

    def open(self) -> "InquiryQuerySet":
        """Keep those that wait for their answer."""
        return self.filter(answered_at=None).exclude(application__state=Application.State.WITHDRAWN)

    def unsettled(self) -> "InquiryQuerySet":
        """Keep those whose answer nobody of the fund has marked as read, or that got none in time."""
        is_late = Q(answered_at=None, due_at__lt=clock.now())
        return self.filter(Q(answered_at__isnull=False) | is_late, settled_at=None)


class Inquiry(models.Model):
    """One question to the applicant. The answer is final: staff ask again if it does not help."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="inquiries")
    question = models.TextField()
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "inquiries"
        indexes = [models.Index(fields=["application", "answered_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="inquiry_answer_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.reference}: {self.question[:60]}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """What its history belongs to."""
        return "applications.application", self.application_id

    @property
    def is_late(self) -> bool:
        """Whether it is not answered though its date has passed."""
        return self.answered_at is None and self.due_at < clock.now()
