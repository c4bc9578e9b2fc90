"""Writing what a letter says."""

from typing import Any

from django import forms

from core.language import lazy
from core.web.forms import LinesField
from reports.builders.template.tree import MOST_CHARACTERS


class TemplateForm(forms.Form):
    """The text of a template, what changed in it, and the record that the preview shows."""

    mark_optional = False
    use_required_attribute = False

    text = LinesField(
        label=lazy("Text"), max_length=MOST_CHARACTERS, strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "class": "is-reading", "spellcheck": "true"}),
    )  # fmt: skip
    note = forms.CharField(
        label=lazy("What changed, and why"), max_length=300,
        help_text=lazy("Kept with the version. Letters that left stay as they are."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    record = forms.CharField(
        label=lazy("Preview on"), max_length=40, required=False,
        help_text=lazy("The number of an award or the reference of an application that you may see."),
        widget=forms.TextInput(attrs={"list": "records", "autocomplete": "off", "class": "is-short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
