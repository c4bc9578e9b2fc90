"""The form with which the fund gives an application to another member of its team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import Application, TeamMember
from core.web.forms import LinesField


class NewOwnerForm(forms.Form):
    """Who owns the application from now on, and why."""

    member = forms.ModelChoiceField(
        TeamMember.objects.none(), label=_("New owner"), widget=forms.RadioSelect, empty_label=None,
        help_text=_("Only people who have joined the team."),
        error_messages={"required": _("Choose who owns the application from now on.")},
    )  # fmt: skip
    reason = LinesField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "data-limit-chars": 300}),
        help_text=_("Both people read it in the message that they get."),
        error_messages={"required": _("Say why the application gets another owner.")},
    )  # fmt: skip
    use_required_attribute = False

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        joined = application.team.exclude(user=None).exclude(access=TeamMember.Access.OWNER)
        self.fields["member"].queryset = joined  # type: ignore[attr-defined]
