"""Incidents: files that must not be here, kept where nobody reads them, and to whom they were handed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from applications.models.tied import tied_to
from core.language import lazy as _
from core.states import Shape, Stateful, StateTable, Wording, transition

KEEPS = "applications.keep_incident"


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Incidents, and who may read of them."""

    def visible_to(self, user: Any) -> "IncidentQuerySet":
        """Keep, for administrators and auditors, what concerns no application of their own or of a recusal."""
        if not user.is_authenticated or not user.reads_all:
            return self.none()
        shut = Incident.objects.filter(tied_to(user, at="files__application"))
        return self.exclude(pk__in=shut.values("pk"))

    def standing(self) -> "IncidentQuerySet":
        """Leave out the false alarms: the content of all others stays closed for good."""
        return self.exclude(state=Incident.State.RELEASED)

    def unsettled(self) -> "IncidentQuerySet":
        """Keep what somebody has still to act on."""
        return self.filter(state__in=[Incident.State.OPEN, Incident.State.HANDED_OVER])


class Incident(Stateful):
    """One content that was put in quarantine: by the scanner, or by a person who saw it."""

    class State(models.TextChoices):
        """Where an incident is."""

        OPEN = "open"
        HANDED_OVER = "handed_over"
        CLOSED = "closed"
        RELEASED = "released"

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "hand_over": transition(
                State.OPEN, State.HANDED_OVER, State.CLOSED,
                to=State.HANDED_OVER, permission=KEEPS, label=_("Record a handover"),
            ),
            "close": transition(State.OPEN, State.HANDED_OVER, to=State.CLOSED, permission=KEEPS, label=_("Close")),
            "release": transition(
                State.OPEN, State.HANDED_OVER, to=State.RELEASED, permission=KEEPS, label=_("Open the file again")
            ),
        },
        wordings={
            State.OPEN: Wording(_("To be looked into"), _("Closed"), Shape.YOURS),
            State.HANDED_OVER: Wording(_("Handed over"), _("Closed"), Shape.MOVING),
            State.CLOSED: Wording(_("Closed, the file stays locked"), _("Closed"), Shape.DONE),
            State.RELEASED: Wording(_("False alarm, the file is open again"), _("Open"), Shape.DONE),
        },
    )  # fmt: skip

    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    sha256 = models.CharField(max_length=64)
    seen = models.TextField()
    is_by_scanner = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_because = models.TextField(blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(state="released"), name="incident_once_standing"),
            models.CheckConstraint(condition=Q(is_by_scanner=False) | Q(opened_by=None), name="incident_opened_by"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "handed_over"]) | Q(settled_at__isnull=False),
                name="incident_settled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return _("Incident %(value)s") % {"value": self.pk}

    def get_absolute_url(self) -> str:
        """Return the page of those who keep the record."""
        return reverse("incidents:detail", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in {self.State.CLOSED, self.State.RELEASED}

    @property
    def found_by(self) -> str:
        """Who saw it, in words."""
        return str(_("The virus scanner")) if self.is_by_scanner else str(self.opened_by or _("A former user"))


class Handover(models.Model):
    """One handover to a hotline or an authority. Rows are only added."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="handovers")
    recipient = models.CharField(max_length=200)
    handed_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.recipient
