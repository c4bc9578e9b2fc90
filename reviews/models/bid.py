"""What panel members say about reviewing an application, before anybody is assigned to it."""

from typing import Any

from django.db import models

from applications.models import Application
from applications.models.tied import tied_to
from core import clock
from core.language import lazy
from reviews.affinity import OwnWord
from reviews.models.panel import PanelMember


class BidQuerySet(models.QuerySet["Bid"]):
    """Bids, and who may see them."""

    def visible_to(self, user: Any) -> "BidQuerySet":
        """Keep one's own, and those of the panels that one runs, on applications that one may see."""
        if not user.is_authenticated:
            return self.none()
        theirs = models.Q(
            member__in=PanelMember.objects.visible_to(user).values("pk"),
            application__in=Application.objects.visible_to_fund(user).values("pk"),
        )
        return self.filter(models.Q(member__person=user) | theirs).exclude(tied_to(user, at="application"))


class Bid(models.Model):
    """One member's own word on one application."""

    class Word(models.TextChoices):
        """What they said."""

        CAN = OwnWord.CAN, lazy("I can review it")
        NOT_MY_FIELD = OwnWord.NOT_MY_FIELD, lazy("Not my field")

    member = models.ForeignKey(PanelMember, models.CASCADE, related_name="bids")
    application = models.ForeignKey(Application, models.CASCADE, related_name="bids")
    word = models.CharField(max_length=12, choices=Word)
    said_at = models.DateTimeField(default=clock.now)

    objects = BidQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "application"], name="bid_once")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.application_id}: {self.word}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """The application, under which the audit trail keeps this row's history."""
        return "applications.application", self.application_id
