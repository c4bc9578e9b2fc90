"""The forms of a panel meeting. They draw and read; the actions save."""

from datetime import UTC
from typing import Any

from django import forms

from core.language import lazy
from core.web.forms import DateTimeInput, ScaleSelect
from fund.models import Rubric
from reviews.models import Ballot
from reviews.staff_forms import AdviceForm

SHORT = {"class": "is-short"}


class PlanForm(forms.Form):
    """When a meeting is, what it needs, and what it takes up."""

    starts_at = forms.DateTimeField(
        label=lazy("It begins"), widget=DateTimeInput(attrs=SHORT), help_text=lazy("In UTC."),
        error_messages={
            "required": lazy("Say when the meeting begins."),
            "invalid": lazy("Give a date and a time, such as 2026-12-11 17:00."),
        },
    )  # fmt: skip
    place = forms.CharField(
        label=lazy("Where"), required=False, max_length=300, help_text=lazy("A room, or the address of the call.")
    )
    quorum = forms.IntegerField(
        label=lazy("Quorum"), min_value=1, max_value=99, initial=3, widget=forms.NumberInput(attrs=SHORT),
        help_text=lazy("So many members in the room, for each application."),
    )  # fmt: skip
    least_groups = forms.IntegerField(
        label=lazy("Stakeholder groups among them"), min_value=1, max_value=6, initial=2,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip
    minutes_each = forms.IntegerField(
        label=lazy("Minutes for each application"), min_value=1, max_value=240, initial=10,
        widget=forms.NumberInput(attrs=SHORT),
    )  # fmt: skip
    references = forms.CharField(
        label=lazy("Only these applications"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("References, with spaces or on lines. Left empty, all that are with the panel."),
    )  # fmt: skip

    def clean_starts_at(self) -> Any:
        """Read the time as UTC."""
        return self.cleaned_data["starts_at"].replace(tzinfo=UTC)

    def clean_references(self) -> list[str] | None:
        """Read the references, none where all are meant."""
        return self.cleaned_data["references"].replace(",", " ").upper().split() or None


class ConclusionForm(AdviceForm):
    """What the panel recommends after the discussion, and a note for the minutes."""

    note = forms.CharField(
        label=lazy("For the minutes"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Only those who were in the room read it."),
    )  # fmt: skip


class MinutesForm(forms.Form):
    """What the minutes say beside the record of each application."""

    text = forms.CharField(
        label=lazy("Minutes"), required=False, strip=False,
        help_text=lazy(
            "On the meeting as a whole: whoever left the room for an application reads this too. What was said of one application goes into its own note."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "class": "is-reading"}),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class BallotForm(forms.Form):
    """One member's vote, and their overall merit after the discussion."""

    mark_optional = False

    advice = forms.ChoiceField(
        label=lazy("How do you vote?"), choices=Ballot.Advice, widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose how you vote.")},
    )  # fmt: skip
    overall = forms.TypedChoiceField(
        label=lazy("Overall merit after the discussion"), coerce=int, empty_value=None, required=False,
        widget=ScaleSelect, help_text=lazy("Your review stays as you wrote it. Leave this empty to give none."),
    )  # fmt: skip

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["overall"].choices = [(str(value), str(value)) for value in rubric.scale]  # type: ignore[attr-defined]
