"""Versions of a form; one that applications were submitted with never changes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.forms.definition import FormDefinition
from core.forms.faults import faults_in


def check_definition(raw: Any) -> None:
    """Refuse JSON that is not a form, with everything that is wrong in it."""
    if found := [str(fault) for fault in faults_in(raw)]:
        raise ValidationError(found)


class FormVersion(models.Model):
    """One version of a form's definition."""

    title = models.CharField(max_length=200)
    number = models.PositiveIntegerField(default=1)
    content = models.JSONField(validators=[check_definition])
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(_("%(title)s, version %(number)s") % {"title": self.title, "number": self.number})

    @property
    def definition(self) -> FormDefinition:
        """The definition, read once per object and language: built-in blocks bring their own words."""
        read: dict[str | None, FormDefinition] = self.__dict__.setdefault("_read", {})
        language = get_language()
        if language not in read:
            read[language] = FormDefinition.load(self.content)
        return read[language]
