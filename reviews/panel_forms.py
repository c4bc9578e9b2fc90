"""The forms of a panel member's own place. They read; the actions save."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.language import lazy
from core.web.forms import LinesField
from reviews.actions.interests import MOST
from reviews.intake_forms import ThemesField, countries
from reviews.models import Interest, InterestDeclaration, PanelMember
from reviews.panel_lines import MOST_EMAIL


class WishForm(forms.Form):
    """What somebody does not want to read. No reason is asked for."""

    mark_optional = False
    use_required_attribute = False

    avoids = ThemesField(label=lazy("Themes on which I read nothing"))
    most_content_notes = forms.IntegerField(
        label=lazy("At most how many with a content note"), min_value=0, max_value=200, required=False,
        help_text=lazy("A content note says that a text describes harm. Left empty, what the call says holds."),
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, member: PanelMember, **kwargs: Any) -> None:
        first = {"avoids": [theme.pk for theme in member.avoids.all()], "most_content_notes": member.most_content_notes}
        kwargs.setdefault("initial", first)
        super().__init__(*args, **kwargs)
        self.fields["avoids"].queryset = member.call.themes.all()  # type: ignore[attr-defined]


class InterestForm(forms.Form):
    """One organisation to which there is a tie; an empty row is none."""

    use_required_attribute = False
    mark_optional = False

    name = forms.CharField(label=lazy("Organisation"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=lazy("What ties you to it"), choices=[("", lazy("Choose")), *Interest.Kind.choices], required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both or neither."""
        data = super().clean() or self.cleaned_data
        if data.get("name") and not data.get("kind"):
            self.add_error("kind", _("Choose what ties you to it."))
        if data.get("kind") and not data.get("name"):
            self.add_error("name", _("Write the name of the organisation."))
        return data


class NothingForm(forms.Form):
    """Say that there is nothing to declare."""

    mark_optional = False

    nothing = forms.BooleanField(
        label=lazy("I have no such tie to any organisation that could take part in a project of this fund"),
        required=False,
    )


InterestFormSet = forms.formset_factory(InterestForm, extra=4, max_num=MOST, validate_max=True, absolute_max=MOST + 10)


def first_rows(last: InterestDeclaration | None) -> list[dict[str, str]]:
    """Return what the form begins with: what was declared the last time."""
    return [] if last is None else [{"name": each.name, "kind": each.kind} for each in last.interests.all()]


class DelegateForm(forms.Form):
    """Somebody in one's place, if one declines."""

    use_required_attribute = False
    mark_optional = False

    name = forms.CharField(label=lazy("Their name"), max_length=200, required=False)
    email = forms.EmailField(label=lazy("Their e-mail address"), max_length=MOST_EMAIL, required=False)
    country = forms.ChoiceField(label=lazy("Country"), choices=countries, required=False)
    note = LinesField(
        label=lazy("Why they"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("Only the administrators read this. Ask them first whether they want to be named."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for all of a person, or for none."""
        data = super().clean() or self.cleaned_data
        needed = {
            "name": _("Write their name."), "email": _("Write their e-mail address."), "country": _("Choose their country."),
        }  # fmt: skip
        if any(data.get(field) for field in ("name", "email", "note")):
            for field, words in needed.items():
                if not data.get(field) and field not in self.errors:
                    self.add_error(field, words)
        return data

    @property
    def is_given(self) -> bool:
        """Whether somebody is named."""
        return bool(self.cleaned_data.get("name"))
