"""The texts of letters, version by version."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.language import LETTER_LANGUAGES
from reports.builders.template.kinds import KINDS
from reports.builders.template.shipped import first_text


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    """Versions of templates, and who may see them."""

    def visible_to(self, user: Any) -> "TemplateVersionQuerySet":
        """Keep all of them for administrators and auditors."""
        return self if user.has_perm("reports.see_templates") else self.none()

    def of(self, kind: str, language: str) -> "TemplateVersionQuerySet":
        """Keep the versions of one template, the one in force first."""
        return self.filter(kind=kind, language=language).order_by("-number")


class TemplateVersion(models.Model):
    """What a kind of letter says in a language: never changed once saved, the last one is in force."""

    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=5, choices=LETTER_LANGUAGES)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="template_version_once"),
            models.CheckConstraint(
                condition=Q(number=1) | Q(saved_at__isnull=False, saved_by__isnull=False) & ~Q(note=""),
                name="template_version_has_person_and_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return what a document keeps of its template."""
        return f"{self.kind}/{self.language}/{self.number}"

    @property
    def kind_label(self) -> str:
        """The kind of letter in words."""
        return KINDS[self.kind].label


def first_version(kind: str, language: str) -> TemplateVersion:
    """Return the version that comes with the product, as a row that is not stored."""
    return TemplateVersion(kind=kind, language=language, number=1, text=first_text(kind, language))


def versions_of(kind: str, language: str) -> list[TemplateVersion]:
    """Return all versions of a template without their texts, the one in force first."""
    found = TemplateVersion.objects.of(kind, language).select_related("saved_by").defer("text")
    return list(found) or [first_version(kind, language)]


def version_of(kind: str, language: str, number: int) -> TemplateVersion | None:
    """Return one version of a template; the first is there even where none was stored yet."""
    found = TemplateVersion.objects.of(kind, language).select_related("saved_by").filter(number=number).first()
    return found or (first_version(kind, language) if number == 1 else None)


def in_force(kind: str, language: str) -> TemplateVersion:
    """Return the version by which letters are made now."""
    return TemplateVersion.objects.of(kind, language).first() or first_version(kind, language)
