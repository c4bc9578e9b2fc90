"""The forms of what follows a decision. They draw and read; the actions save."""

from collections.abc import Sequence
from typing import Any

from django import forms

from core.language import lazy
from core.web.forms import LinesField
from reviews.actions import answering
from reviews.models import DecisionInquiry


class FeedbackForm(forms.Form):
    """The parts of the feedback to one applicant, a text each."""

    mark_optional = False

    def __init__(self, *args: Any, parts: Sequence[Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (label, text) in enumerate(parts):
            self.fields[f"part-{number}"] = LinesField(
                label=label,
                initial=text,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6, "class": "is-reading"}),
            )

    @property
    def texts(self) -> dict[int, str]:
        """The text of each part, by its number."""
        return {int(name.removeprefix("part-")): text for name, text in self.cleaned_data.items()}


class AskForm(forms.Form):
    """A question or a complaint about the decision on one's own application."""

    mark_optional = False

    kind = forms.ChoiceField(
        label=lazy("What is it?"), choices=DecisionInquiry.Kind, widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose whether this is a question or a complaint.")},
    )  # fmt: skip
    text = LinesField(
        label=lazy("What do you want to say?"), required=False, max_length=answering.LONGEST,
        help_text=lazy("The administrators of the fund read it, who answer within 30 days. It cannot be changed once it is sent."),
        widget=forms.Textarea(attrs={"rows": 8, "data-limit-chars": answering.LONGEST}),
    )  # fmt: skip


class ReplyForm(forms.Form):
    """The fund's one answer."""

    mark_optional = False

    answer = LinesField(
        label=lazy("Answer"), required=False, max_length=answering.LONGEST,
        help_text=lazy("It is sent once, and cannot be changed."),
        widget=forms.Textarea(attrs={"rows": 6, "data-limit-chars": answering.LONGEST}),
    )  # fmt: skip
