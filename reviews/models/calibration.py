"""The calibration exercise of a panel: the same sample cases scored by all before they begin, never counted anywhere."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from core import clock
from fund.models import Call
from reviews.models.panel import PanelMember, calls_chaired_by


def _serves(user: Any) -> models.QuerySet:
    """Return the keys of the calls on whose panel the person serves, having accepted its terms."""
    agreed = PanelMember.objects.serving().filter(person=user.pk, terms_version=models.F("call__panel_terms_version"))
    return agreed.values("call")


class Calibration(models.Model):
    """The exercise of one call; its cases stay as they are once it is open to the panel."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="calibration")
    is_required = models.BooleanField(default=True)
    """Whether the applications of a member's queue open only after the exercise."""
    due_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Calibration of {self.call}"


class CalibrationCaseQuerySet(models.QuerySet["CalibrationCase"]):
    """Sample cases, and who may see them."""

    def visible_to(self, user: Any) -> "CalibrationCaseQuerySet":
        """Keep all for administrators and auditors, a chair's own call's, and open ones for the members of the panel."""
        if not user.is_authenticated:
            return self.none()
        if user.reads_all:
            return self
        mine = Q(calibration__call__in=_serves(user), calibration__opened_at__isnull=False)
        return self.filter(mine | Q(calibration__call__in=calls_chaired_by(user)))

    def opened(self) -> "CalibrationCaseQuerySet":
        """Keep what the panel may score."""
        return self.filter(calibration__opened_at__isnull=False)

    def left_for(self, member: Any) -> "CalibrationCaseQuerySet":
        """Keep the open cases of which a member, or the one that an outer query names, has not submitted scores."""
        done = CalibrationScore.objects.submitted().filter(case=OuterRef("pk"), member=member)
        return self.opened().filter(~Exists(done))


class CalibrationCase(models.Model):
    """One sample application, written for the exercise: no applicant stands behind it."""

    calibration = models.ForeignKey(Calibration, models.CASCADE, related_name="cases")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    """What the reader sees; a line that begins with # is a heading."""
    remarks = models.TextField(blank=True)
    """What the chair says of it afterwards; members read it once their own scores are in."""

    objects = CalibrationCaseQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["calibration", "position"], name="calibration_case_place")]

    def __str__(self) -> str:
        return self.title


class CalibrationScoreQuerySet(models.QuerySet["CalibrationScore"]):
    """Scores of sample cases, and who may see them."""

    def visible_to(self, user: Any) -> "CalibrationScoreQuerySet":
        """Keep one's own; others' submitted ones by role or for members of the panel.

        Whoever serves on the panel gets nobody else's of a case before their own are in, whatever other role they
        hold. To members others stay unnamed: `reviews.calibration` says what of them is shown.
        """
        if not user.is_authenticated:
            return self.none()
        serving = PanelMember.objects.serving().filter(person=user.pk)
        done = CalibrationScore.objects.submitted().filter(case=OuterRef("case"), member__person=user.pk)
        owes = Q(case__calibration__call__in=serving.values("call")) & ~Exists(done)
        others: Any = Q(submitted_at__isnull=False) & ~owes
        if not user.reads_all:
            panel = Q(case__calibration__call__in=_serves(user))
            others &= panel | Q(case__calibration__call__in=calls_chaired_by(user))
        return self.filter(Q(member__person=user.pk) | others)

    def submitted(self) -> "CalibrationScoreQuerySet":
        """Keep what was handed in."""
        return self.filter(submitted_at__isnull=False)


class CalibrationScore(models.Model):
    """What one member gave one case. It enters no figure of any application or reviewer."""

    case = models.ForeignKey(CalibrationCase, models.CASCADE, related_name="scores")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="calibration_scores")
    scores = models.JSONField(default=dict)
    """By the key of the criterion: a whole score, or "na"."""
    overall = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = CalibrationScoreQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="calibration_score_once")]

    def __str__(self) -> str:
        return f"{self.member} on {self.case}"
