"""Who reviews for a call, and for whom they speak."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Q

from core import clock
from core.language import lazy
from core.people.models import Role, RoleGrant, check_country, country_name
from fund.models import Call, Theme


class StakeholderGroup(models.TextChoices):
    """For whom a panel member speaks."""

    SURVIVORS = "survivors", lazy("Survivor advocacy")
    RESEARCH = "research", lazy("Research")
    GOVERNMENT = "government", lazy("Government")
    NGO = "ngo", lazy("NGOs, hotlines")
    POLICE = "police", lazy("Law enforcement")
    INDUSTRY = "industry", lazy("Industry")


class PanelQuerySet(models.QuerySet["PanelMember"]):
    """Panel members, and who may see them."""

    def visible_to(self, user: Any) -> "PanelQuerySet":
        """Keep all for administrators and auditors, a chair's own panel, and one's own place."""
        if not user.is_authenticated:
            return self.none()
        if user.reads_all:
            return self
        return self.filter(Q(person=user) | Q(call__in=calls_chaired_by(user)))

    def serving(self) -> "PanelQuerySet":
        """Keep the members who take part."""
        return self.filter(state=PanelMember.State.ACCEPTED)

    def agreed(self) -> "PanelQuerySet":
        """Keep the members who accepted the terms of the panel as they stand."""
        return self.filter(terms_version=F("call__panel_terms_version"))


class PanelMember(models.Model):
    """One person's place on the panel of one call."""

    class State(models.TextChoices):
        """Where the invitation is."""

        INVITED = "invited", lazy("Invited")
        ACCEPTED = "accepted", lazy("Accepted")
        DECLINED = "declined", lazy("Declined")

    call = models.ForeignKey(Call, models.CASCADE, related_name="panel")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="panels")
    group = models.CharField(max_length=12, choices=StakeholderGroup)
    country = models.CharField(max_length=2, validators=[check_country])
    is_chair = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.INVITED)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    avoids = models.ManyToManyField(Theme, blank=True, related_name="+")
    """The themes on which the person reads nothing, for whatever reason."""
    most_content_notes = models.PositiveSmallIntegerField(null=True, blank=True)
    statement = models.TextField(blank=True)
    languages = models.JSONField(default=list)
    least_load = models.PositiveSmallIntegerField(default=0)
    most_load = models.PositiveSmallIntegerField(default=20)
    invited_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    terms_version = models.PositiveSmallIntegerField(default=0)
    """Which version of the call's terms the person accepted; 0 for none."""
    paused_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = PanelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="panel_member_once"),
            models.CheckConstraint(condition=Q(most_load__gte=F("least_load")), name="panel_member_load"),
        ]

    def __str__(self) -> str:
        return self.person.name

    @property
    def has_agreed(self) -> bool:
        """Whether the person accepted the terms of the panel as they stand."""
        return self.terms_version == self.call.panel_terms_version

    def note_cap(self, call: Call) -> int | None:
        """How many applications with a content note the person gets at the most; None where nobody has set that."""
        caps = [cap for cap in (self.most_content_notes, call.most_content_notes) if cap is not None]
        return min(caps, default=None)

    @property
    def country_name(self) -> str:
        """The country in words."""
        return country_name(self.country)


def calls_chaired_by(user: Any) -> models.QuerySet:
    """Return the keys of the calls whose panel the person chairs, as long as they have the role of a chair."""
    has_role = RoleGrant.objects.filter(user=user.pk, role=Role.CHAIR, ended_at=None)
    return PanelMember.objects.serving().filter(Exists(has_role), person=user.pk, is_chair=True).values("call")
