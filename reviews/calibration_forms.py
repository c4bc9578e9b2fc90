"""The forms of those who run a calibration exercise. They draw and read; the actions save."""

from datetime import UTC
from typing import Any

from django import forms

from core.language import lazy
from core.web.forms import DateTimeInput, LinesField


class CaseForm(forms.Form):
    """One sample application."""

    title = forms.CharField(
        label=lazy("Title"), max_length=200, error_messages={"required": lazy("Give the case a title.")}
    )
    text = LinesField(
        label=lazy("Text"), max_length=40_000, widget=forms.Textarea(attrs={"rows": 16, "class": "is-reading"}),
        help_text=lazy("As its readers see it. A line that begins with # is a heading."),
        error_messages={"required": lazy("Write the text that the panel reads.")},
    )  # fmt: skip


class RemarksForm(forms.Form):
    """What is said of a case afterwards."""

    remarks = LinesField(
        label=lazy("What you say of this case"), required=False, max_length=10_000,
        help_text=lazy("Which scores you would give, and why. Each member reads it once their own scores are in."),
        widget=forms.Textarea(attrs={"rows": 6, "class": "is-reading"}),
    )  # fmt: skip


class ExerciseForm(forms.Form):
    """By when the exercise is to be done, and whether queues wait for it."""

    mark_optional = False

    is_required = forms.BooleanField(
        label=lazy("Queues open only after the exercise"), required=False,
        help_text=lazy("Reviews that were begun before go on."),
    )  # fmt: skip
    due_at = forms.DateTimeField(
        label=lazy("To be done by"), required=False, widget=DateTimeInput(attrs={"class": "is-short"}),
        help_text=lazy("In UTC. Left empty, there is no date."),
        error_messages={"invalid": lazy("Give a date and a time, such as 2026-12-11 17:00.")},
    )  # fmt: skip

    def clean_due_at(self) -> Any:
        """Read the time as UTC."""
        due_at = self.cleaned_data["due_at"]
        return due_at and due_at.replace(tzinfo=UTC)
