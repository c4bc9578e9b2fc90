"""The parts of a draft: answers, team, budget lines."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from applications.models.application import Application
from core import clock
from core.language import lazy
from core.money import MoneyField
from core.people.identifiers import check_orcid
from core.people.models import Organisation


class Answer(models.Model):
    """One answer as it was typed: a text, or a list of texts. `revision` counts its savings."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=60)
    value = models.JSONField(default=str)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="answer_once")]

    def __str__(self) -> str:
        return self.key


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """People of teams."""

    def invitations_of(self, user: Any) -> "TeamMemberQuerySet":
        """Keep the open invitations to a person's address."""
        writable = [Application.State.DRAFT, Application.State.RETURNED]
        found = self.filter(user=None, email=user.email, application__state__in=writable)
        return found.exclude(access=TeamMember.Access.NONE)

    def leading_as(self, lead: "TeamMember") -> "TeamMemberQuerySet":
        """Keep the principal investigators who are the same person as one, by account, ORCID iD or address."""
        same = Q(pk__in=[])
        # Addresses are stored in small letters.
        for column, value in {"user": lead.user_id, "orcid": lead.orcid, "email": lead.email.lower()}.items():
            if value:
                same |= Q(**{column: value})
        return self.filter(same, part=TeamMember.Part.INVESTIGATOR)

    def note_look(self, *, application: int, user: Any) -> None:
        """Note that a person looks at an application now, where others are with them: what they see stays kept.

        Call it before reading: it waits for a save that goes on.
        """
        others = self.filter(application=OuterRef("application"), user__isnull=False).exclude(user=user)
        self.filter(Exists(others), application=application, user=user).update(seen_at=clock.now())


class TeamMember(models.Model):
    """A person of the team: what they are in the project, and what they may do in the draft.

    Nobody is of a team by somebody else's word: `user` is set when the person joins, until then it is an invitation.
    """

    class Part(models.TextChoices):
        """What the person is in the project."""

        INVESTIGATOR = "investigator", lazy("Principal investigator")
        CO_INVESTIGATOR = "co_investigator", lazy("Co-investigator")
        PARTNER = "partner", lazy("Project partner")
        SIGNATORY = "signatory", lazy("Signatory of the host organisation")
        OTHER = "other", lazy("Other")

    class Access(models.TextChoices):
        """What the person may do in the draft."""

        OWNER = "owner", lazy("Owner: writes, invites and submits")
        EDITOR = "editor", lazy("Editor: writes")
        VIEWER = "viewer", lazy("Viewer: reads")
        SIGNATORY = "signatory", lazy("Signatory: reads, and signs for the host organisation")
        NONE = "none", lazy("Named only")

    application = models.ForeignKey(Application, models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="teams")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    part = models.CharField(max_length=16, choices=Part, default=Part.CO_INVESTIGATOR)
    access = models.CharField(max_length=9, choices=Access, default=Access.NONE)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    organisation_name = models.CharField(max_length=300, blank=True)
    orcid = models.CharField("ORCID iD", max_length=19, blank=True, validators=[check_orcid])
    orcid_verified = models.BooleanField(default=False)
    cv = models.JSONField(default=dict, blank=True)
    """The narrative CV as the person's profile said it when it was taken over, by module."""
    invited_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    """When the person last looked at the application."""

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["user", "application"]), models.Index(fields=["email"])]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"], condition=Q(user__isnull=False), name="team_person_once"
            ),
            models.UniqueConstraint(fields=["application"], condition=Q(access="owner"), name="team_one_owner"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(part="investigator"), name="team_one_investigator"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_invited(self) -> bool:
        """Whether the person was asked to join and has not yet."""
        return self.user_id is None and self.access != self.Access.NONE


def is_on_a_team(user: Any) -> bool:
    """Whether the person applies with anything at all; asked once per person's object, as each page does many times."""
    known = user.__dict__
    if "_is_on_a_team" not in known:
        known["_is_on_a_team"] = user.teams.exists()
    return bool(known["_is_on_a_team"])


class BudgetLine(models.Model):
    """One line of the budget."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="budget_lines")
    category = models.CharField(max_length=40)
    description = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField(default=1)
    amount = MoneyField()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_amount"),
            models.CheckConstraint(condition=Q(year__gte=1, year__lte=10), name="budget_line_year"),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.description}"
