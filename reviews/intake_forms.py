"""The forms of staff until reviews begin: screening, a question to the applicants, inviting the panel."""

from datetime import date, timedelta
from typing import Any

import pycountry
from django import forms
from django.utils.translation import gettext as _

from applications.actions import asking
from applications.models import Screening
from core import clock
from core.language import lazy
from core.people.models import User, country_name
from core.web import moments
from core.web.forms import DateInput, LinesField, check_year
from core.web.requests import LARGEST_KEY
from fund.models import Call, Theme
from reviews.models import StakeholderGroup
from reviews.panel_lines import MOST_EMAIL


class ScreeningForm(forms.Form):
    """The outcome of the eligibility check. Nothing is chosen beforehand."""

    use_required_attribute = False
    mark_optional = False

    outcome = forms.ChoiceField(
        label=lazy("What is the outcome?"), widget=forms.RadioSelect,
        choices=[("eligible", lazy("Eligible")), ("ineligible", lazy("Not eligible"))],
        error_messages={"required": lazy("Choose eligible or not eligible.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=lazy("Reason, if it is not eligible"),
        required=False,
        choices=[("", lazy("None")), *Screening.Reason.choices],
    )
    text = LinesField(
        label=lazy("In words, for the applicant"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy("They read it with the outcome."),
    )  # fmt: skip


def _in_a_week() -> date:
    return clock.today() + timedelta(days=7)


class InquiryForm(forms.Form):
    """What to ask, and until when."""

    use_required_attribute = False
    mark_optional = False

    question = LinesField(
        label=lazy("What do you want to know?"), max_length=asking.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=lazy("The owner gets it by mail at once, and answers once. Reviewers do not see it."),
    )  # fmt: skip
    due_at = forms.DateField(label=lazy("Answer by"), widget=DateInput, initial=_in_a_week, validators=[check_year])

    def given(self, zone: str) -> dict[str, Any]:
        """Return the question, and the last minute of its day in the call’s zone."""
        return {"question": self.cleaned_data["question"], "due_at": moments.end_of(self.cleaned_data["due_at"], zone)}


def countries() -> list[tuple[str, str]]:
    """Return all countries by name, and nothing chosen."""
    names = sorted((country_name(each.alpha_2), each.alpha_2) for each in pycountry.countries)
    return [("", _("Choose a country")), *((code, name) for name, code in names)]


class ThemesField(forms.ModelMultipleChoiceField):
    """Some of a call's themes, or none; its form says of which call."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Theme.objects.none(), required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse a number that no database keeps like any other that is none of the themes."""
        return super().clean([0 if len(str(each)) >= len(str(LARGEST_KEY)) else each for each in value or ()])


class InvitationForm(forms.Form):
    """Invite somebody to the panel: a person who is known, or one by name and address."""

    use_required_attribute = False
    mark_optional = False

    person = forms.ModelChoiceField(
        label=lazy("Somebody who has reviewed for the fund"), queryset=User.objects.none(), required=False,
        empty_label=lazy("Nobody of these"), help_text=lazy("Or write a new person’s name and address below."),
    )  # fmt: skip
    name = forms.CharField(label=lazy("A new person’s name"), max_length=200, required=False)
    email = forms.EmailField(label=lazy("Their e-mail address"), max_length=MOST_EMAIL, required=False)
    group = forms.ChoiceField(
        label=lazy("For whom do they speak?"), choices=[("", lazy("Choose")), *StakeholderGroup.choices]
    )
    country = forms.ChoiceField(label=lazy("Country"), choices=countries)
    themes = ThemesField(label=lazy("Themes that they can judge"))
    avoids = ThemesField(
        label=lazy("Themes on which they read nothing"), help_text=lazy("They can change this themselves.")
    )
    statement = LinesField(
        label=lazy("What they know, in a few sentences"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=lazy("Matching compares it with the applications."),
    )  # fmt: skip
    least_load = forms.IntegerField(label=lazy("At least how many applications"), min_value=0, max_value=200, initial=0)
    most_load = forms.IntegerField(label=lazy("At most how many applications"), min_value=1, max_value=200, initial=20)
    most_content_notes = forms.IntegerField(
        label=lazy("Of them at most how many with a content note"), min_value=0, max_value=200, required=False,
        help_text=lazy("Left empty, what the call says holds."),
    )  # fmt: skip
    is_chair = forms.BooleanField(label=lazy("They chair the panel"), required=False)

    def __init__(self, *args: Any, call: Call, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        for name in ("themes", "avoids"):
            self.fields[name].queryset = call.themes.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one person: chosen, or named with an address."""
        data = super().clean() or self.cleaned_data
        named = [field for field in ("name", "email") if data.get(field)]
        if data.get("person") and named:
            self.add_error("person", _("Choose somebody here or write a new name and address, not both."))
        elif not data.get("person") and not self.errors:
            if not named:
                self.add_error("person", _("Choose somebody, or write a name and an e-mail address below."))
            elif len(named) == 1:
                missing = "email" if named == ["name"] else "name"
                self.add_error(missing, _("Write both the name and the e-mail address."))
        return data
