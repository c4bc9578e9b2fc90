"""A review and its scores."""

from typing import Any

from django.db import models
from django.db.models import Q

from applications.models import ApplicationVersion
from applications.models.tied import recusals_of
from core import clock
from fund.models import Criterion, Rubric
from reviews.models.assignment import Assignment, reviews_owed_by


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, and who may see them."""

    def visible_to(self, user: Any) -> "ReviewQuerySet":
        """Keep one's own; others' submitted ones by role, or after one's own on that application.

        Who is assigned to an application, or about to be, sees nobody else's review of it before submitting
        their own, whatever other role they hold. Recused reviews are in no list, one's own draft neither.
        """
        if not user.is_authenticated:
            return self.none()
        mine = Assignment.objects.filter(member__person=user)
        owing = reviews_owed_by(user)
        finished = mine.agreed().filter(state__in=Assignment.COUNTED).values("application")
        own = Q(assignment__member__person=user, assignment__state__in=Assignment.DECLARED)
        visible = Assignment.objects.visible_to(user).values("pk")
        submitted = Q(assignment__state__in=Assignment.COUNTED) & ~Q(assignment__application__in=owing)
        others = submitted & (Q(assignment__in=visible) | Q(assignment__application__in=finished))
        return self.filter((own | others) & ~Q(assignment__application__in=recusals_of(user)))

    def counted(self) -> "ReviewQuerySet":
        """Keep what enters the figures."""
        return self.filter(assignment__state__in=Assignment.COUNTED)


class Review(models.Model):
    """One reviewer's judgement of one version of an application. `revision` counts its savings."""

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="review")
    version = models.ForeignKey(ApplicationVersion, models.PROTECT, related_name="reviews")
    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="+")
    overall = models.PositiveSmallIntegerField(null=True, blank=True)
    public_comment = models.TextField(blank=True)
    private_comment = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    started_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = ReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Review of {self.assignment}"


class Score(models.Model):
    """One criterion's score and why; without a value and not marked as not applicable it is not answered yet."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True)
    is_not_applicable = models.BooleanField(default=False)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_once"),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False) | Q(value=None),
                name="score_or_not_applicable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.word}"

    @property
    def word(self) -> str:
        """The score as pages show it; never a zero where there is none."""
        if self.is_not_applicable:
            return "n/a"
        return "—" if self.value is None else str(self.value)
