"""The filed document, and the register of the letters among them."""

import secrets
from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core.documents.registry import label_of, readable_by
from core.interests import shut_out
from core.language import lazy
from core.states import Shape, Stateful, StateTable, Wording, transition


def new_code() -> str:
    """Return a code that cannot be guessed: 96 random bits."""
    return secrets.token_urlsafe(12)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, and who may read them."""

    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """Keep what the person may read, by the rule of each kind."""
        return self.filter(readable_by(user)) if user.is_authenticated else self.none()

    def current(self) -> "DocumentQuerySet":
        """Leave out what was replaced by a newer one."""
        return self.filter(superseded_at=None)

    def about(self, subject: models.Model) -> "DocumentQuerySet":
        """Keep the documents about one row."""
        return self.filter(subject_type=subject._meta.label_lower, subject=subject.pk)


class Document(models.Model):
    """A file that the product made: stored once under its hash, never changed."""

    code = models.CharField(max_length=20, unique=True, default=new_code)
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100, default="application/pdf")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    template = models.CharField(max_length=40)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    batch = models.ForeignKey("core.Batch", models.SET_NULL, null=True, related_name="documents")
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject"],
                condition=Q(superseded_at=None, recipient=None),
                name="document_one_current",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject", "recipient"],
                condition=Q(superseded_at=None),
                name="document_one_current_copy",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number="") & Q(superseded_at=None), name="document_number_once"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject", "kind"]),
            models.Index(fields=["kind", "-made_at"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the one address by which the file is read."""
        return reverse("documents:download", args=[self.code])

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return label_of(self.kind)

    def read(self) -> bytes:
        """Return the file's bytes."""
        with default_storage.open(self.path) as stored:
            return bytes(stored.read())


class IssuedLetterQuerySet(models.QuerySet["IssuedLetter"]):
    """The register's rows, and who may see them."""

    def visible_to(self, user: Any) -> "IssuedLetterQuerySet":
        """Keep the letters that the person may read, by the rule of each kind."""
        return self.filter(readable_by(user, letters_only=True)) if user.is_authenticated else self.none()

    def visible_to_fund(self, user: Any) -> "IssuedLetterQuerySet":
        """Keep the register for those who read all: nothing of what they have a tie to, or apply with themselves."""
        if not user.is_authenticated or not user.reads_all:
            return self.none()
        recused = user.declarations.recusing().filter(subject_type=OuterRef("root_type"), subject=OuterRef("root"))
        own = shut_out.about(user, kind="root_type", key="root")
        return self.visible_to(user).exclude(Exists(recused)).exclude(own)

    def versions_of(self, letter: "IssuedLetter") -> "IssuedLetterQuerySet":
        """Keep all rows with the number of a letter."""
        return self.filter(series=letter.series, sequence=letter.sequence)


class IssuedLetter(Stateful):
    """A row of the register: the number of one letter, given when it was released, and what became of it."""

    class State(models.TextChoices):
        """Where a letter is."""

        WAITING = "waiting"
        ISSUED = "issued"
        HELD = "held"
        REPLACED = "replaced"
        WITHDRAWN = "withdrawn"

    TABLE: ClassVar[StateTable] = StateTable(
        transitions={
            "issue": transition(State.WAITING, to=State.ISSUED, permission="core.run_letters", system_only=True),
            "hold": transition(State.WAITING, to=State.HELD, permission="core.run_letters", system_only=True),
            "mend": transition(State.HELD, to=State.WAITING, permission="core.run_letters", label=lazy("Try again")),
            "replace": transition(State.ISSUED, to=State.REPLACED, permission="core.run_letters", system_only=True),
            "withdraw": transition(
                State.ISSUED, State.HELD, to=State.WITHDRAWN, permission="core.run_letters", label=lazy("Withdraw")
            ),
        },
        wordings={
            State.WAITING: Wording(lazy("Being made"), lazy("Being made"), Shape.MOVING),
            State.ISSUED: Wording(lazy("Valid"), lazy("Valid"), Shape.DONE),
            State.HELD: Wording(lazy("Held"), lazy("Being made"), Shape.YOURS, Shape.MOVING),
            State.REPLACED: Wording(lazy("Replaced"), lazy("Replaced"), Shape.STOPPED),
            State.WITHDRAWN: Wording(lazy("Withdrawn"), lazy("Withdrawn"), Shape.STOPPED),
        },
    )
    OUT = (State.ISSUED, State.REPLACED, State.WITHDRAWN)
    """The states of what somebody may hold in their hands."""

    series = models.CharField(max_length=24)
    sequence = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=9, unique=True)
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    root_type = models.CharField(max_length=60)
    root = models.BigIntegerField()
    about = models.CharField(max_length=320, blank=True)
    cause = models.BigIntegerField()
    """The key of what the letter tells of, in the app that prints it: the decision."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.TextField(blank=True)
    """Why it is held, or was withdrawn."""
    asked_because = models.TextField(blank=True)
    """Why a new version was asked for."""
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="letter")
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    template = models.CharField(max_length=40, blank=True)
    is_signed = models.BooleanField(default=False)

    objects = IssuedLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence", "version"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["series", "sequence"],
                condition=Q(state__in=["waiting", "held"]),
                name="letter_one_in_the_making",
            ),
            models.UniqueConstraint(
                fields=["series", "sequence"], condition=Q(state="issued"), name="letter_one_version_valid"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "replaced"]) | (~Q(sha256="") & Q(issued_at__isnull=False)),
                name="letter_issued_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "withdrawn"]) | ~Q(reason=""), name="letter_held_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["state"]), models.Index(fields=["subject_type", "subject"])]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number, which all versions of a letter share."""
        return f"{self.series}-{self.sequence:04d}"

    def was_out_before(self) -> bool:
        """Whether another version of it was made, so that somebody may hold it."""
        return IssuedLetter.objects.versions_of(self).exclude(pk=self.pk).exclude(document=None).exists()

    def may_be_followed(self, versions: Sequence["IssuedLetter"]) -> bool:
        """Whether a new version can follow this one of all, oldest first: the valid one, or else a withdrawn last one."""
        if any(each.state == self.State.ISSUED for each in versions):
            return self.state == self.State.ISSUED
        return self.state == self.State.WITHDRAWN and self.pk == versions[-1].pk

    def get_absolute_url(self) -> str:
        """Return the address of its page in the register."""
        return reverse("letters:letter", args=[self.pk])

    @property
    def is_in_the_making(self) -> bool:
        """Whether it has no file yet, and may still get one."""
        return self.state in (self.State.WAITING, self.State.HELD)

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return label_of(self.kind)

    @property
    def audit_root(self) -> tuple[str, int]:
        """What the letter belongs to, under which the audit trail keeps its history."""
        return self.root_type, self.root
