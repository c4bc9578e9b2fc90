"""Whom somebody who declined an invitation to a panel suggests in their place."""

from typing import Any

from django.db import models

from core import clock
from core.people.models import check_country
from reviews.models.panel import PanelMember


class PanelSuggestionQuerySet(models.QuerySet["PanelSuggestion"]):
    """Suggestions, and who may see them."""

    def visible_to(self, user: Any) -> "PanelSuggestionQuerySet":
        """Keep them for those who invite."""
        return self if user.is_authenticated and user.is_administrator else self.none()


class PanelSuggestion(models.Model):
    """One person who was named; the row goes once they are invited or put aside, since they never gave their name."""

    place = models.OneToOneField(PanelMember, models.CASCADE, related_name="suggestion")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    country = models.CharField(max_length=2, validators=[check_country])
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = PanelSuggestionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"In place of {self.place_id}"
