"""The forms of the pool and of a list of people. They read; the actions save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.files.field import UploadField
from core.language import lazy
from fund.models import Call
from reviews.panel_lines import MOST_LETTERS

LARGEST = 2 * 2**20
OPEN = (Call.State.DRAFT, *Call.UNDER_WAY)


class AgainForm(forms.Form):
    """To which call the chosen are invited."""

    use_required_attribute = False
    mark_optional = False

    call = forms.ModelChoiceField(
        label=lazy("Invite the chosen to"), queryset=Call.objects.none(), empty_label=lazy("Choose a call"),
        error_messages={"required": lazy("Choose the call to whose panel they are invited.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calls = Call.objects.filter(state__in=OPEN).order_by("-closes_at")
        self.fields["call"].queryset = calls  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A list of people, pasted or as a file."""

    use_required_attribute = False
    mark_optional = False

    lines = forms.CharField(
        label=lazy("The list"), required=False, strip=False, max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 8, "class": "is-wide", "spellcheck": "false"}),
    )  # fmt: skip
    file = UploadField(
        label=lazy("Or a CSV file"), required=False, most=LARGEST,
        error_messages={
            "too_large": lazy(
                "This file has %(has)s MB and the limit is %(limit)s MB. Import at most 500 people at a time."
            ),
        },
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Read the file, if there is one, as the list."""
        data = super().clean() or self.cleaned_data
        if "file" in self.errors:
            return data
        file = data.get("file")
        self.text = data.get("lines", "")
        if file is not None:
            try:
                self.text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise ValidationError({"file": _("This file is not text in UTF-8. Save it as CSV UTF-8.")}) from None
        if not self.text.strip():
            raise ValidationError({"lines": _("Paste the list, or choose a file.")})
        return data

    def shown(self) -> "ImportForm":
        """Return the form with the text that was read standing in its box, so that it can be changed and sent again."""
        if not self.is_bound or not getattr(self, "text", ""):
            return self
        again = ImportForm({"lines": self.text})
        again.is_valid()
        for name, found in self.errors.items():
            again.add_error(None if name == "__all__" else name, list(found))
        return again
