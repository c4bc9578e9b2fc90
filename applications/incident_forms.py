"""The forms by which a file is reported, and the record of an incident is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.forms import DateInput, LinesField


class ReportForm(forms.Form):
    """What somebody saw in a file that must not be here."""

    seen = LinesField(
        label=_("What did you see?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence in plain words is enough. You need not look at it again."),
        error_messages={"required": _("Say in a sentence what you saw. Do not look at it again for that.")},
    )  # fmt: skip
    use_required_attribute = False


class HandoverForm(forms.Form):
    """To whom a content was handed."""

    recipient = forms.CharField(
        label=_("Hotline or authority"), max_length=200,
        error_messages={"required": _("Name the hotline or the authority.")},
    )  # fmt: skip
    handed_on = forms.DateField(
        label=_("Handed over on"), widget=DateInput,
        error_messages={"required": _("Write the day on which it was handed over.")},
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Their reference"), max_length=100, required=False, help_text=_("The number under which they keep it.")
    )
    use_required_attribute = False


class SettleForm(forms.Form):
    """Why an incident is closed, or a file opened again."""

    because = LinesField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say in a sentence why. It stays in the record.")},
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "settle_%s"} | kwargs)
