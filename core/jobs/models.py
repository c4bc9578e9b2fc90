"""Job rows, and batches of them."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.interests import shut_out
from core.jobs.registry import label_of
from core.language import lazy

PACE = timedelta(minutes=1)
"""Over which time the pace of a batch is measured."""
LEAST_FOR_PACE = 3
MINUTES_IN_WORDS = 100


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches, and who may see them."""

    def visible_to(self, user: Any) -> "BatchQuerySet":
        """Keep the batches that the person asked for; administrators and auditors see all but those of recusals.

        How many letters of which kind a release has would tell the outcome of one that they are recused from. One
        that does not say what it is about, such as somebody's own copy, may be about that too.
        """
        if not user.is_authenticated:
            return self.none()
        mine = self if user.reads_all else self.filter(asked_by=user)
        others = Q(subject=None) & ~Q(asked_by=user) & shut_out.of_anything(user)
        return mine.exclude(others | shut_out.about(user, kind="subject_type", key="subject"))

    def with_progress(self) -> "BatchQuerySet":
        """Add how many jobs are done, held, failed, cancelled and left, and what was done in the last minute.

        A job is held if its work is done as far as it can be and a person has to mend something first.
        """
        state = Job.State
        held = Q(jobs__result__has_key="held")
        lately = Q(jobs__finished_at__gte=clock.now() - PACE)
        return self.annotate(
            total=Count("jobs"),
            done=Count("jobs", filter=Q(jobs__state=state.DONE) & ~held),
            held=Count("jobs", filter=Q(jobs__state=state.DONE) & held),
            lately=Count("jobs", filter=lately),
            since=Min("jobs__finished_at", filter=lately),
            failed=Count("jobs", filter=Q(jobs__state=state.FAILED)),
            cancelled=Count("jobs", filter=Q(jobs__state=state.CANCELLED)),
            left=Count("jobs", filter=Q(jobs__state__in=[state.WAITING, state.RUNNING])),
        )


class Batch(models.Model):
    """Jobs that somebody asked for together, and whose progress they watch."""

    title = models.CharField(max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    subject_type = models.CharField(max_length=60, blank=True)
    subject = models.BigIntegerField(null=True)

    objects = BatchQuerySet.as_manager()
    left: int
    lately: int
    since: datetime | None
    """Of `with_progress`."""

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject", "-id"])]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the progress page."""
        return reverse("jobs:batch", args=[self.pk])

    @property
    def time_left(self) -> timedelta | None:
        """How long the rest takes at the pace of the last minute; None while there is no pace. Needs its progress."""
        if not self.left or self.since is None or self.lately < LEAST_FOR_PACE:
            return None
        return (clock.now() - self.since) / self.lately * self.left

    @property
    def time_left_words(self) -> str:
        """The same in words, as coarse as it is uncertain."""
        if self.time_left is None:
            return ""
        minutes = round(self.time_left / timedelta(minutes=1))
        if minutes < 1:
            return _("Less than a minute to go.")
        if minutes < MINUTES_IN_WORDS:
            return ngettext("About %(minutes)s minute to go.", "About %(minutes)s minutes to go.", minutes) % {
                "minutes": minutes
            }
        hours = round(minutes / 60)
        return ngettext("About %(hours)s hour to go.", "About %(hours)s hours to go.", hours) % {"hours": hours}


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, and which of them can be claimed."""

    def ready(self) -> "JobQuerySet":
        """Keep the jobs that wait and are due, most urgent first."""
        waiting = self.filter(state=Job.State.WAITING, due_at__lte=clock.now())
        return waiting.order_by("priority", "due_at", "pk")

    def abandoned(self) -> "JobQuerySet":
        """Keep the running jobs whose worker no longer renews its lease."""
        return self.filter(state=Job.State.RUNNING, leased_until__lt=clock.now())

    def visible_to(self, user: Any) -> "JobQuerySet":
        """Keep the jobs of the batches that the person may see; those of no batch if they are shut out of nothing.

        A mail that waits for its day has no batch, and tells of a release that is not known yet.
        """
        if not user.is_authenticated:
            return self.none()
        mine = self if user.reads_all else self.filter(batch__asked_by=user)
        others = Q(batch__subject=None) & ~Q(batch__asked_by=user) & shut_out.of_anything(user)
        return mine.exclude(others | shut_out.about(user, kind="batch__subject_type", key="batch__subject"))


class Job(models.Model):
    """One piece of background work."""

    class State(models.TextChoices):
        """Where a job is."""

        WAITING = "waiting", lazy("Waiting")
        RUNNING = "running", lazy("Running")
        DONE = "done", lazy("Done")
        FAILED = "failed", lazy("Failed")
        CANCELLED = "cancelled", lazy("Cancelled")

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)
    batch = models.ForeignKey(Batch, models.CASCADE, null=True, related_name="jobs")
    priority = models.PositiveSmallIntegerField(default=50)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    put_at = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    result = models.JSONField(default=dict)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["priority", "due_at", "id"], name="job_ready", condition=Q(state="waiting")),
            models.Index(fields=["leased_until"], name="job_leased", condition=Q(state="running")),
            models.Index(fields=["batch", "state"]),
            models.Index(fields=["kind", "state"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="running") | Q(leased_until__isnull=False), name="job_running_has_lease"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return label_of(self.kind)
