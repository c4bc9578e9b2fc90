"""What each answer was before: one row for each text that somebody wrote and went on from."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

from applications.models.application import Application

ONE_SITTING = timedelta(minutes=2)
"""Within this time one person's savings of an answer may share a row."""
SMALL_CUT = 30
"""Characters that may go between two savings of one row: a word put right, not a passage taken out."""


class OwnerChange(models.Model):
    """One change of an application's owner; with a reason where the fund made it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="owner_changes")
    former = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.application}, {self.at:%d %b %Y}"


class AnswerRevision(models.Model):
    """An answer as it stood from `saved_at` until the next row; `revision` is the answer's at its last saving."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answer_revisions")
    key = models.CharField(max_length=60)
    revision = models.PositiveIntegerField()
    value = models.JSONField(default=str)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["application", "key", "revision"], name="answer_revision_once")]

    def __str__(self) -> str:
        return f"{self.key}, {self.revision}"

    def may_grow(self, value: Any, *, by: Any, at: datetime, seen_at: datetime | None) -> bool:
        """Whether a person's next text of this answer may take the row's place, because nobody could miss this one.

        `seen_at` is when anybody else last looked at the application, or when it was submitted.
        """
        is_same_sitting = by is not None and self.saved_by_id == by.pk and at - self.begun_at < ONE_SITTING
        was_seen = seen_at is not None and seen_at >= self.saved_at
        return is_same_sitting and not was_seen and _goes_on(self.value, value)


def _goes_on(old: Any, new: Any) -> bool:
    """Whether a text only goes on from another: nothing is gone but a few characters in one place."""
    if isinstance(old, str) and isinstance(new, str):
        gone = len(old) - _common(old, new)
        return gone <= SMALL_CUT and gone * 4 <= len(old)
    return isinstance(old, list) and isinstance(new, list) and all(each in new for each in old)


def _common(old: str, new: str) -> int:
    """Return how many characters the two have in common at their beginning and, after that, at their end."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    most -= start
    return start + next((place for place in range(most) if old[-1 - place] != new[-1 - place]), most)
