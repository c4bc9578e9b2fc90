"""Who signs a letter, and to which address it goes."""

from django import forms

from core.language import lazy
from core.web.forms import LinesField


class GranteeForm(forms.Form):
    """The grantee as its award names it."""

    address = LinesField(
        label=lazy("Legal address"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("As it stands in the award letter, line by line, with the country."),
    )  # fmt: skip
    signatory = forms.CharField(
        label=lazy("Who signs for the grantee"), max_length=200, required=False,
        help_text=lazy(
            "Name and position, such as Prof. Linnea Sørby, Pro-Rector. Left empty, the letter has a line to write them on."
        ),
    )  # fmt: skip


class SignatoryForm(forms.Form):
    """Who signs for the fund."""

    signatory = forms.CharField(label=lazy("Who signs for the fund"), max_length=200)
    role = forms.CharField(label=lazy("Position"), max_length=200, required=False)
