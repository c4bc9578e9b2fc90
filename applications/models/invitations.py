"""Invitations to a call that only the invited can start."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from applications.models.application import Application
from core import clock
from core.states import Shape, Wording
from fund.models import Call


class CallInvitationQuerySet(models.QuerySet["CallInvitation"]):
    """Invitations, and who may see them."""

    def visible_to(self, user: Any) -> "CallInvitationQuerySet":
        """Keep the person's own; for who runs calls or reads all, those that tell nothing of what is shut to them.

        An invitation tells that an expression of interest is taken on, and how far the full application is.
        """
        if not user.is_authenticated:
            return self.none()
        if not user.reads_all:
            return self.of(user)
        shut = Application.objects.shut_to(user)
        begun = shut.filter(call=OuterRef("call")).begun_by(OuterRef("email"))
        return self.exclude(~Q(email=user.email) & (Q(application__in=shut.values("pk")) | Exists(begun)))

    def of(self, user: Any) -> "CallInvitationQuerySet":
        """Keep those to the person's address that stand."""
        return self.filter(email=user.email, withdrawn_at=None)

    def to_answer(self, user: Any) -> "CallInvitationQuerySet":
        """Keep those to the person that are neither declined nor begun, to calls that still take applications."""
        now = clock.now()
        standing = self.of(user).filter(declined_at=None, call__state=Call.State.PUBLISHED, call__closes_at__gte=now)
        begun = Application.objects.begun_by(user.email).exclude(state=Application.State.WITHDRAWN)
        return standing.exclude(call__in=begun.values("call"))

    def with_progress(self) -> "CallInvitationQuerySet":
        """Add to each, as `reached`, the state of the application that the invited person started."""
        made = Application.objects.filter(call=OuterRef("call")).begun_by(OuterRef("email"))
        return self.annotate(reached=Subquery(made.order_by("-pk").values("state")[:1]))


class CallInvitation(models.Model):
    """An invitation of one person to one call, by e-mail, from an expression of interest or not."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=200, blank=True)
    application = models.ForeignKey(Application, models.PROTECT, null=True, blank=True, related_name="invitations_on")
    """The expression of interest that is taken on."""
    invited_at = models.DateTimeField(default=clock.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CallInvitationQuerySet.as_manager()

    reached: str | None

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["email"])]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "email"], condition=Q(withdrawn_at=None), name="invitation_stands_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}, {self.pk}"

    @property
    def audit_root(self) -> tuple[str, int]:
        """What its history belongs to: the expression of interest that is taken on, else the call."""
        if self.application_id is None:
            return "fund.call", self.call_id
        return "applications.application", self.application_id

    @property
    def is_used(self) -> bool:
        """Whether an application was started with it."""
        return self.reached not in {None, Application.State.WITHDRAWN}

    @property
    def wording(self) -> Wording:
        """Where it stands: withdrawn, declined, submitted, started, invited."""
        if self.withdrawn_at:
            return _stands(_("Withdrawn"), Shape.STOPPED)
        if self.declined_at:
            return _stands(_("Declined"), Shape.STOPPED)
        if not self.is_used:
            return _stands(_("Invited"), Shape.TO_COME)
        if self.reached == Application.State.DRAFT:
            return _stands(_("Started"), Shape.MOVING)
        return _stands(_("Submitted"), Shape.DONE)


def _stands(word: str, shape: Shape) -> Wording:
    return Wording(word, word, shape)


class Reminder(models.Model):
    """One message before a deadline that went to a draft's owner; at most one of its kind for one deadline."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    deadline = models.DateTimeField()
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "days", "deadline"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}, {self.days}"
