"""Forms about people."""

from typing import Any

from django import forms

from core.language import lazy
from core.people.identifiers import check_orcid, check_zone
from core.people.models import Role


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
    position = forms.CharField(label=lazy("Position"), max_length=200, required=False)
    orcid = forms.CharField(
        label=lazy("ORCID iD"), max_length=19, required=False, validators=[check_orcid],
        help_text=lazy("Four groups of four, such as 0000-0002-1825-0097. What you type here is shown as not verified."),
    )  # fmt: skip
    time_zone = forms.CharField(
        label=lazy("Time zone"), max_length=60, required=False, validators=[check_zone],
        help_text=lazy("Such as Africa/Nairobi. Deadlines are shown in the call’s zone and in yours."),
    )  # fmt: skip


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
