"""Forms about people."""

from typing import Any

import pycountry
from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from core.language import LETTER_LANGUAGES, lazy
from core.people import cv
from core.people.identifiers import check_orcid, check_zone
from core.people.models import Role, country_name


def countries() -> list[tuple[str, Any]]:
    """Return all countries, by name, to choose one or none."""
    names = sorted((country_name(each.alpha_2), each.alpha_2) for each in pycountry.countries)
    return [("", lazy("Not said")), *((code, name) for name, code in names)]


class NameForm(forms.Form):
    """The extra question of the sign-up page."""

    name = forms.CharField(
        label=lazy("Your name"), max_length=200, help_text=lazy("As it should stand on letters, in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip

    field_order = ("name", "email", "password1")

    def signup(self, request: Any, user: Any) -> None:
        """Leave the person as the adapter stored them."""


class ProfileForm(forms.Form):
    """What a person says of themselves, once for everywhere."""

    name = forms.CharField(
        label=lazy("Name"), max_length=200, help_text=lazy("As it should stand on letters, in any script.")
    )
    organisation_name = forms.CharField(
        label=lazy("Organisation"), max_length=300, required=False,
        help_text=lazy("Its name, or its ROR id such as 03yrm5c26. Names of our register are suggested as you type."),
        widget=forms.TextInput(
            attrs={
                "list": "organisations", "autocomplete": "off", "hx-get": reverse_lazy("people:organisations"),
                "hx-trigger": "input changed delay:250ms", "hx-target": "#organisations", "hx-swap": "innerHTML",
            }
        ),
    )  # fmt: skip
    position = forms.CharField(label=lazy("Position"), max_length=200, required=False)
    country = forms.ChoiceField(label=lazy("Country"), required=False, choices=countries)
    orcid = forms.CharField(
        label=lazy("ORCID iD"), max_length=19, required=False, validators=[check_orcid],
        help_text=lazy("Four groups of four, such as 0000-0002-1825-0097. What you type here is shown as not verified."),
    )  # fmt: skip
    time_zone = forms.CharField(
        label=lazy("Time zone"), max_length=60, required=False, validators=[check_zone],
        help_text=lazy("Such as Africa/Nairobi. Deadlines are shown in the call’s zone and in yours."),
    )  # fmt: skip
    language = forms.ChoiceField(label=lazy("Letters to you are in"), required=False, choices=LETTER_LANGUAGES)

    def __init__(self, *args: Any, has_orcid: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_orcid:
            self.fields["orcid"].disabled = True
            self.fields["orcid"].help_text = _("It comes from ORCID. Disconnect ORCID below to write another.")
        for module in cv.MODULES:
            widget = forms.Textarea(attrs={"rows": 6, "class": "is-reading", "data-limit-words": cv.MOST_WORDS})
            self.fields[f"cv_{module.key}"] = forms.CharField(
                label=module.label, help_text=module.help, required=False, widget=widget, max_length=20_000
            )

    def about(self) -> list[Any]:
        """Return the fields on who the person is."""
        return [field for field in self if not field.name.startswith("cv_")]

    def narrative(self) -> list[Any]:
        """Return the modules of the narrative CV."""
        return [field for field in self if field.name.startswith("cv_")]


class RoleForm(forms.Form):
    """Give or take one role, with the reason."""

    role = forms.ChoiceField(label=lazy("Role"), choices=Role)
    reason = forms.CharField(label=lazy("Reason"), max_length=300, help_text=lazy("Kept in the audit trail."))


class InviteForm(RoleForm):
    """Invite a person who gets a role."""

    name = forms.CharField(label=lazy("Name"), max_length=200)
    email = forms.EmailField(label=lazy("E-mail address"))

    field_order = ("name", "email", "role", "reason")


class TokenForm(forms.Form):
    """Make a personal token."""

    name = forms.CharField(label=lazy("Name"), max_length=80, help_text=lazy("What you will use it for."))
    days = forms.TypedChoiceField(
        label=lazy("Valid for"),
        coerce=int,
        choices=[(30, lazy("30 days")), (90, lazy("90 days")), (365, lazy("one year"))],
        initial=90,
    )
