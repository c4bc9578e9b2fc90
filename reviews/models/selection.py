"""How a call gets from its ranking to whom it funds, and the draws among those whom the scores do not tell apart."""

import hashlib
import json
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from applications.models import Application
from core.language import lazy
from core.money import MoneyField
from fund.models import Call
from reviews.models.assignment import reviews_owed_by
from reviews.models.panel import calls_chaired_by
from reviews.models.ranking import RankingRun
from reviews.ranking import Lot

SEED_LEAST, SEED_MOST = 8, 100


class FundingRule(models.Model):
    """What a call does at its funding line; without a row: stop at the first that does not fit, and draw nothing."""

    class Budget(models.TextChoices):
        """What happens when an application does not fit the money that is left."""

        LINE = "line", lazy("Stop there")
        SKIP = "skip", lazy("Pass it over, and go on to the next that fits")

    class Draw(models.TextChoices):
        """Which applications are drawn, if any."""

        NONE = "none", lazy("None: the panel discusses those that cross the line")
        TIE = "tie", lazy("Those that cross the funding line, after the ones surely above it are funded")
        THRESHOLD = "threshold", lazy("All with a weighted mean of at least a threshold")

    call = models.OneToOneField(Call, models.CASCADE, related_name="funding_rule")
    budget = models.CharField(max_length=4, choices=Budget, default=Budget.LINE)
    draw = models.CharField(max_length=9, choices=Draw, default=Draw.NONE)
    threshold = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(draw="threshold", threshold__isnull=False) | (~Q(draw="threshold") & Q(threshold=None)),
                name="funding_rule_threshold",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_draw_display())

    @property
    def skips(self) -> bool:
        """Whether an application that does not fit is passed over."""
        return self.budget == self.Budget.SKIP


def rule_of(call: Call) -> FundingRule:
    """Return the rule of a call, or the usual one if nobody has set any."""
    found: FundingRule | None = getattr(call, "funding_rule", None)
    return found or FundingRule(call=call)


def calls_partly_shut_to(user: Any) -> models.QuerySet:
    """Return the keys of the calls of which the person may not know every score: recused, applying, or still to review.

    What was worked out from all applications of such a call would tell them of those.
    """
    owed = Application.objects.filter(pk__in=reviews_owed_by(user))
    return (Application.objects.left_out_for(user) | owed).values("call")


class DrawQuerySet(models.QuerySet["Draw"]):
    """Draws, and who may see them."""

    def visible_to(self, user: Any) -> "DrawQuerySet":
        """Keep them for administrators, auditors and a call's chair, if they may know every score of the call."""
        if not user.is_authenticated:
            return self.none()
        found = self.exclude(call__in=calls_partly_shut_to(user))
        return found if user.reads_all else found.filter(call__in=calls_chaired_by(user))

    def held_for(self, user: Any, rule: FundingRule) -> "Draw | None":
        """Return the draw in force of the call of a rule, if the person may see it; where nothing is drawn, none is."""
        if rule.draw == FundingRule.Draw.NONE:
            return None
        return self.visible_to(user).in_force().filter(call=rule.call).first()

    def in_force(self) -> "DrawQuerySet":
        """Leave out what was annulled."""
        return self.filter(annulled_at=None)


class Draw(models.Model):
    """One draw: the pool, the money and the seed are fixed first and never change; then the order follows from them.

    A draw whose pool turns out wrong is annulled with a reason and stays on record.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="draws")
    rule = models.CharField(max_length=9, choices=FundingRule.Draw)
    skips = models.BooleanField()
    pool = models.JSONField()
    """Pairs of reference and amount, by reference."""
    money = MoneyField()
    seed = models.CharField(max_length=SEED_MOST)
    run = models.ForeignKey(RankingRun, models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField()
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    order = models.JSONField(default=list)
    funded = models.JSONField(default=list)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    annulled_at = models.DateTimeField(null=True)
    annulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    annul_reason = models.CharField(max_length=300, blank=True)

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(annulled_at=None), name="draw_one_in_force"),
            models.CheckConstraint(
                condition=Q(annulled_at=None, annul_reason="") | (Q(annulled_at__isnull=False) & ~Q(annul_reason="")),
                name="draw_annulled_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.fixed_at:%d %b %H:%M}"

    @property
    def lots(self) -> list[Lot]:
        """The pool, by reference."""
        return [Lot(reference, Decimal(amount)) for reference, amount in self.pool]

    @property
    def fingerprint(self) -> str:
        """Stand for all that was fixed before the draw, so that it can be told beforehand and checked afterwards."""
        ground = [self.rule, self.skips, self.pool, f"{self.money:.3f}", self.seed]
        return hashlib.sha256(json.dumps(ground).encode()).hexdigest()
