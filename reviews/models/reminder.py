"""What reviewers were reminded of."""

from django.db import models

from core import clock
from reviews.models.assignment import Assignment


class ReviewReminder(models.Model):
    """One reminder of one owed review, so many days before its date; `OVERDUE` once the date has passed."""

    OVERDUE = 0

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "days", "due_at"], name="review_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}, {self.days}"
