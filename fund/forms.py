"""The shapes of what people type about calls, awards and money. Forms check; actions save."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.language import lazy
from core.people.models import Organisation
from core.web.forms import DateInput, DateTimeInput, LinesField, MoneyField, check_year
from fund.keys import keyed
from fund.models import Call, Fund


class AcceptForm(forms.Form):
    """Who signs for the grantee."""

    signatory = forms.CharField(
        label=lazy("Who signs the grant agreement for your organisation?"),
        help_text=lazy("Name and position of the person who may sign for it, such as Prof. Linnea Sørby, Pro-Rector."),
        max_length=200,
    )


class DeclineForm(forms.Form):
    """Why the offer is declined."""

    reason = LinesField(
        label=lazy("Why do you decline?"),
        help_text=lazy("One sentence helps us to make better offers. At most 300 characters."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "data-limit-chars": 300}),
    )


class ReasonForm(forms.Form):
    """A reason that others will read."""

    reason = LinesField(
        label=lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "data-limit-chars": 300})
    )

    def __init__(self, *args: Any, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = f"{hint} {_('At most 300 characters.')}".strip()


class SignedForm(forms.Form):
    """When both sides had signed."""

    signed_on = forms.DateField(
        label=lazy("Signed by both on"),
        help_text=lazy("The later of the two signatures."),
        widget=DateInput,
        error_messages={"invalid": lazy("Write a date as year-month-day, such as 2027-06-01.")},
    )


class PledgeForm(forms.Form):
    """What a company promises to pay in."""

    fund = forms.ModelChoiceField(label=lazy("Fund"), queryset=Fund.objects.order_by("name"), empty_label=None)
    organisation = forms.ModelChoiceField(
        label=lazy("Contributor"), empty_label=lazy("Choose a company"),
        queryset=Organisation.objects.filter(kind=Organisation.Kind.COMPANY).order_by("name"),
        help_text=lazy("Member companies only. The fund takes no money from government agencies or NCMEC."),
    )  # fmt: skip
    amount = MoneyField(label=lazy("Amount"))


class ReceiptForm(forms.Form):
    """Money that arrived."""

    note = forms.CharField(label=lazy("Bank reference"), max_length=300, required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"amount": MoneyField(label=_("Amount"), currency=currency), **self.fields}


class LocalMoment(forms.Field):
    """A date with a time as a wall clock shows it; `in_zone` makes a moment of what it cleans to."""

    widget = DateTimeInput
    default_validators = [check_year]
    default_error_messages = {"invalid": lazy("Write a date with a time, such as 2027-01-31T17:00.")}

    def to_python(self, value: Any) -> datetime | None:
        """Read the time without a zone, whatever zone was typed."""
        if value in self.empty_values:
            return None
        try:
            return datetime.fromisoformat(str(value)).replace(tzinfo=None)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


def in_zone(moment: datetime | None, zone: str) -> datetime | None:
    """Say where a wall clock shows this time."""
    return None if moment is None else moment.replace(tzinfo=ZoneInfo(zone))


def on_wall(moment: datetime | None, zone: str) -> datetime | None:
    """Return what a wall clock shows in a zone, for a form's first value."""
    return None if moment is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


class DeadlineForm(forms.Form):
    """A later deadline, and why."""

    new = LocalMoment(label=lazy("New deadline"))
    reason = LinesField(
        label=lazy("Reason"), max_length=300, help_text=lazy("Everyone who is writing reads it. At most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 3, "data-limit-chars": 300}),
    )  # fmt: skip

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = call.zone
        self.fields["new"].help_text = _("In the zone of the call, %(zone)s.") % {"zone": call.zone}
        self.fields["new"].initial = on_wall(call.closes_at, call.zone)

    def clean_new(self) -> datetime | None:
        """Read the time in the zone of the call."""
        return in_zone(self.cleaned_data["new"], self.zone)


class TextsForm(forms.ModelForm):
    """What the call says."""

    class Meta:
        model = Call
        fields = ["title", "slug", "prefix", "summary", "text", "eligibility"]
        labels = {
            "slug": lazy("Address"),
            "prefix": lazy("Start of its reference numbers"),
            "text": lazy("What you look for"),
            "eligibility": lazy("Who can apply"),
        }
        help_texts = {
            "slug": lazy("The end of its public address: small letters, digits and hyphens."),
            "prefix": lazy("Such as SORF-2027; the numbers follow it."),
            "summary": lazy("Two sentences for the front page."),
            "text": lazy("An empty line starts a new paragraph."),
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3, "class": "is-reading"}),
            "text": forms.Textarea(attrs={"rows": 12, "class": "is-reading"}),
            "eligibility": forms.Textarea(attrs={"rows": 5, "class": "is-reading"}),
        }


class DatesForm(forms.Form):
    """When things happen, on the clock of the call's zone."""

    mark_optional = False

    zone = forms.ChoiceField(
        label=lazy("Time zone"),
        help_text=lazy("All times on this page are in this zone; visitors see their own beside it."),
    )
    opens_at = LocalMoment(label=lazy("Opens"))
    closes_at = LocalMoment(label=lazy("Closes"), help_text=lazy("The closing second itself is in time."))
    reviews_due_at = LocalMoment(
        label=lazy("Reviews are due"), required=False, help_text=lazy("Needed before the call can be published.")
    )
    decision_at = LocalMoment(
        label=lazy("Applicants hear the decision by"),
        required=False,
        help_text=lazy("Needed before the call can be published."),
    )

    def __init__(self, *args: Any, instance: Call, **kwargs: Any) -> None:
        moments = {name: on_wall(getattr(instance, name), instance.zone) for name in self.base_fields if name != "zone"}
        super().__init__(*args, initial={"zone": instance.zone, **moments}, **kwargs)
        zones = sorted({zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc")})
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in ["UTC", *zones]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read all times in the chosen zone."""
        zone = self.cleaned_data.get("zone")
        if zone is None:
            return self.cleaned_data
        return {name: in_zone(each, zone) if name != "zone" else each for name, each in self.cleaned_data.items()}


class MoneyForm(forms.Form):
    """How much, and how long."""

    mark_optional = False

    budget = MoneyField(label=lazy("Money in all"))
    least_amount = MoneyField(label=lazy("Smallest grant"))
    most_amount = MoneyField(label=lazy("Largest grant"))
    least_months = forms.IntegerField(label=lazy("Shortest grant, in months"), min_value=1, max_value=120)
    most_months = forms.IntegerField(label=lazy("Longest grant, in months"), min_value=1, max_value=120)
    most_per_pi = forms.IntegerField(
        label=lazy("Applications that one person may lead"),
        min_value=1,
        max_value=20,
        help_text=lazy("As principal investigator."),
    )

    def __init__(self, *args: Any, instance: Call, **kwargs: Any) -> None:
        first = {name: getattr(instance, name) for name in self.base_fields}
        super().__init__(*args, initial=first, **kwargs)


class ThemesForm(forms.Form):
    """The themes of a call."""

    mark_optional = False
    themes = forms.CharField(
        label=lazy("Themes"), help_text=lazy("One a line. Applicants choose one."), required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip

    def __init__(self, *args: Any, instance: Call, **kwargs: Any) -> None:
        self.kept = {theme.name: theme.slug for theme in instance.themes.all()}
        super().__init__(*args, initial={"themes": "\n".join(self.kept)}, **kwargs)

    def clean_themes(self) -> list[tuple[str, str]]:
        """Give each line a slug; a theme that was there keeps its own."""
        return keyed(_lines(self.cleaned_data["themes"]), self.kept, most=40)


class ReviewForm(forms.ModelForm):
    """How applications are reviewed."""

    class Meta:
        model = Call
        fields = [
            "reviews_each", "least_groups", "least_countries", "excludes_own_country", "most_content_notes",
            "reviewers_see_names", "applicants_hidden",
        ]  # fmt: skip
        labels = {
            "reviews_each": lazy("Reviews of each application"),
            "least_groups": lazy("From at least so many stakeholder groups"),
            "least_countries": lazy("From at least so many countries"),
            "excludes_own_country": lazy("Nobody reviews an application from their own country"),
            "most_content_notes": lazy("Most applications with a content note for one reviewer"),
            "reviewers_see_names": lazy("Reviewers see each other’s names"),
            "applicants_hidden": lazy("Team and host are hidden from reviewers until they have submitted"),
        }
        help_texts = {
            "most_content_notes": lazy("Left empty, there is no such limit. A member of the panel may ask for fewer."),
        }


class PanelTermsForm(forms.ModelForm):
    """What the members of the panel accept."""

    class Meta:
        model = Call
        fields = ["panel_terms"]
        field_classes = {"panel_terms": LinesField}  # a line end that a browser writes otherwise is no change
        labels = {"panel_terms": lazy("Terms and confidentiality")}
        help_texts = {
            "panel_terms": lazy(
                "Each member accepts them, word for word, before their queue opens. If they change once the call is "
                "published, every member is asked again. An empty line starts a new paragraph."
            ),
        }
        widgets = {"panel_terms": forms.Textarea(attrs={"rows": 10, "class": "is-reading"})}


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip()[:120] for line in text.splitlines() if line.strip()))
