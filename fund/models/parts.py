"""What belongs to a call besides its own row: themes, moved deadlines, changes of its form, public questions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.forms.models import FormVersion
from fund.models.calls import Call


class Theme(models.Model):
    """A theme of a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="themes")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "slug"], name="theme_slug_once")]

    def __str__(self) -> str:
        return self.name


class DeadlineChange(models.Model):
    """Who moved a call's deadline, when, why, from what to what."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="deadline_changes")
    old = models.DateTimeField()
    new = models.DateTimeField()
    reason = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(new__gt=F("old")), name="deadline_only_moves_later")]

    def __str__(self) -> str:
        return f"{self.call}: {self.old:%d %b} to {self.new:%d %b}"


class FormChange(models.Model):
    """A new version of a published call's form: drafts moved on to it, submitted applications kept the old one."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="form_changes")
    old = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    new = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.call}: version {self.old.number} to {self.new.number}"


class PublicQuestionQuerySet(models.QuerySet["PublicQuestion"]):
    """Questions about calls, and who may see them."""

    def answered(self) -> "PublicQuestionQuerySet":
        """Keep those that are public: they have an answer."""
        return self.exclude(answer="").filter(declined_at=None)

    def waiting(self) -> "PublicQuestionQuerySet":
        """Keep those that nobody has answered or declined yet."""
        return self.filter(answer="", declined_at=None)

    def visible_to(self, user: Any) -> "PublicQuestionQuerySet":
        """Keep what is public, one's own, and everything for those who run calls."""
        if user.is_authenticated and user.has_perm("fund.see_calls"):
            return self
        public = Q(declined_at=None) & ~Q(answer="")
        return self.filter(public | Q(asked_by=user.pk)) if user.is_authenticated else self.answered()


class PublicQuestion(models.Model):
    """A question about a call: held until the fund answers it in public, or declines with a reason to who asked."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    question = models.TextField()
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = PublicQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(declined_at=None, reason="") | (Q(declined_at__isnull=False) & ~Q(reason="")),
                name="question_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.question[:80]
