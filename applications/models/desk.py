"""What staff write down about an application: ticks of a checklist, notes, tags and flags, and what is much alike."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.models.application import Application, veiled_from
from core import clock
from fund.models import Call, Fund


class ChecklistItem(models.Model):
    """One thing that screening of a call looks at; a retired one keeps the ticks that it has."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="checklist")
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "text"], name="checklist_text_once")]

    def __str__(self) -> str:
        return self.text


class Tick(models.Model):
    """How one item of the checklist stands for one application: who said so, and when."""

    class Answer(models.TextChoices):
        """What was found."""

        MET = "met", _("Yes")
        NOT_MET = "not_met", _("No")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    application = models.ForeignKey(Application, models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, models.CASCADE, related_name="ticks")
    answer = models.CharField(max_length=14, choices=Answer)
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["item__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="tick_once")]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_answer_display()}"


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes, and who reads them."""

    def visible_to(self, user: Any) -> "NoteQuerySet":
        """Keep the notes on what the person reads for the fund: those to staff for staff only."""
        found = self.filter(application__in=Application.objects.visible_to_fund(user).values("pk"))
        return found if user.is_authenticated and user.reads_all else found.filter(audience=Note.Audience.PANEL)


class Note(models.Model):
    """A note on an application, with the people who read it."""

    class Audience(models.TextChoices):
        """Who reads it. What the applicant is asked is no note but an inquiry."""

        STAFF = "staff", _("The fund’s staff")
        PANEL = "panel", _("The panel’s reviewers of it, and staff")

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    audience = models.CharField(max_length=8, choices=Audience)
    text = models.TextField()
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}, for {self.audience}"


class LabelQuerySet(models.QuerySet["Label"]):
    """Tags and flags."""

    def of(self, call: Call) -> "LabelQuerySet":
        """Keep what can be put on applications of a call."""
        return self.filter(Q(call=call) | Q(call=None, fund=call.fund_id))

    def known_to(self, user: Any) -> "LabelQuerySet":
        """Keep what stands on an application that the person may see: a word alone says what another one is about."""
        seen = Labelling.objects.filter(application__in=Application.objects.visible_to_fund(user).values("pk"))
        return self.filter(pk__in=seen.values("label"))


class Label(models.Model):
    """A tag or a flag: a word of one call, or of all calls of a fund."""

    class Kind(models.TextChoices):
        """A tag says what an application is about; a flag, what somebody has to look at."""

        TAG = "tag", _("Tag")
        FLAG = "flag", _("Flag")

    fund = models.ForeignKey(Fund, models.CASCADE, related_name="labels")
    call = models.ForeignKey(Call, models.CASCADE, null=True, blank=True, related_name="labels")
    kind = models.CharField(max_length=4, choices=Kind)
    word = models.CharField(max_length=40)
    key = models.CharField(max_length=60)

    objects = LabelQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "kind", "key"], condition=Q(call__isnull=False), name="label_of_call_once"
            ),
            models.UniqueConstraint(
                fields=["fund", "kind", "key"], condition=Q(call__isnull=True), name="label_of_fund_once"
            ),
        ]

    def __str__(self) -> str:
        return self.word


class Labelling(models.Model):
    """A tag or flag put on an application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="labellings")
    label = models.ForeignKey(Label, models.CASCADE, related_name="labellings")
    put_at = models.DateTimeField(default=clock.now)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["label__kind", "label__word"]
        constraints = [models.UniqueConstraint(fields=["application", "label"], name="label_once")]

    def __str__(self) -> str:
        return str(self.label)


class LikenessQuerySet(models.QuerySet["Likeness"]):
    """Pairs of applications, and who learns of them."""

    def visible_to(self, user: Any) -> "LikenessQuerySet":
        """Keep the pairs of which the person may read both, and of neither must not know who applies."""
        readable = Application.objects.visible_to_fund(user)
        if user.is_authenticated:
            readable = readable.exclude(veiled_from(user))
        return self.filter(first__in=readable.values("pk"), second__in=readable.values("pk"))

    def of(self, application: Application) -> "LikenessQuerySet":
        """Keep the pairs with one application."""
        return self.filter(Q(first=application) | Q(second=application))


class Likeness(models.Model):
    """Two submitted applications that are much alike, and why; `overlap` is in per cent of the shorter text."""

    first = models.ForeignKey(Application, models.CASCADE, related_name="+")
    second = models.ForeignKey(Application, models.CASCADE, related_name="+")
    same_investigator = models.BooleanField(default=False)
    same_title = models.BooleanField(default=False)
    overlap = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField()

    objects = LikenessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "likenesses"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
            models.CheckConstraint(condition=Q(overlap__lte=100), name="likeness_overlap"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class TextBand(models.Model):
    """One part of the MinHash signature of an application's text: equal parts name texts to compare."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["value"])]

    def __str__(self) -> str:
        return str(self.value)
