"""The forms of staff from reviewing to release: dates and reviewers, advice, decisions, when they are visible."""

from datetime import UTC
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from applications.models import Application
from core.language import LETTER_LANGUAGES, lazy
from core.web.forms import DateTimeInput, MoneyField
from fund.models import Call
from reviews.actions.reassigning import MOST_PRICE, USUAL_PRICE
from reviews.award_terms import language_of
from reviews.models import Decision, PanelMember, Recommendation


class AdviceForm(forms.Form):
    """What the panel advises on one application."""

    mark_optional = False

    kind = forms.ChoiceField(
        label=lazy("What does the panel advise?"), choices=Recommendation.Kind, widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose what the panel advises.")},
    )  # fmt: skip
    rank = forms.IntegerField(
        label=lazy("Place on the reserve list"), required=False, min_value=1, max_value=999,
        help_text=lazy("For a reserve only: 1 is asked first."), widget=forms.NumberInput(attrs={"class": "is-short"}),
    )  # fmt: skip
    rationale = forms.CharField(
        label=lazy("Why"), help_text=lazy("In words that the applicant can learn from. It goes into the decision."), required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "is-reading"}),
    )  # fmt: skip

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = application.call.currency
        self.fields["amount"] = MoneyField(
            label=_("Amount in %(currency)s") % {"currency": currency},
            currency=currency,
            required=False,
            help_text=_("If the advice is to fund."),
        )
        self.order_fields(["kind", "amount", "rank", "rationale"])


class DecisionForm(forms.Form):
    """What the fund decides on one application."""

    mark_optional = False

    outcome = forms.ChoiceField(
        label=lazy("Outcome"), choices=Decision.Outcome, widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose the outcome.")},
    )  # fmt: skip
    rationale = forms.CharField(
        label=lazy("Why"), help_text=lazy("The applicant reads this in the letter."), required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "is-reading"}),
    )  # fmt: skip
    special_conditions = forms.CharField(
        label=lazy("Conditions of this award"), required=False,
        help_text=lazy("Beyond the fund’s own, if there are any. They become part of the letter."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "is-reading"}),
    )  # fmt: skip

    language = forms.ChoiceField(
        label=lazy("Language of the letter"), required=False, choices=LETTER_LANGUAGES,
        help_text=lazy("The applicant’s own, unless you choose another."),
    )  # fmt: skip

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        currency = application.call.currency
        self.fields["language"].initial = language_of(application)
        self.fields["amount"] = MoneyField(
            label=_("Amount in %(currency)s") % {"currency": currency},
            currency=currency,
            required=False,
            help_text=_("If the outcome is to fund."),
        )
        self.order_fields(["outcome", "amount", "rationale", "special_conditions", "language"])


class DueForm(forms.Form):
    """By when the reviews are due."""

    mark_optional = False

    due_at = forms.DateTimeField(
        label=lazy("Reviews are due"), widget=DateTimeInput(attrs={"class": "is-short"}), help_text=lazy("In UTC."),
        error_messages={"invalid": lazy("Give a date and a time, such as 2026-12-11 17:00.")},
    )  # fmt: skip

    def clean_due_at(self) -> Any:
        """Read the time as UTC."""
        return self.cleaned_data["due_at"].replace(tzinfo=UTC)


class PriceForm(forms.Form):
    """What moving a released review costs."""

    mark_optional = False

    price = forms.IntegerField(
        label=lazy("Points that it must gain"), min_value=0, max_value=MOST_PRICE, initial=USUAL_PRICE,
        help_text=lazy("A pair fits by 0 to 1,000 points. The higher the number, the fewer reviews move."),
        widget=forms.NumberInput(attrs={"class": "is-short"}),
    )  # fmt: skip


class VisibleForm(forms.Form):
    """When applicants learn of their outcome."""

    mark_optional = False

    visible_at = forms.DateTimeField(
        label=lazy("Applicants learn of it"), required=False, widget=DateTimeInput(attrs={"class": "is-short"}),
        help_text=lazy("In UTC. Left empty, it is as soon as each letter is made."),
        error_messages={"invalid": lazy("Give a date and a time, such as 2026-12-15 09:00, or leave this empty.")},
    )  # fmt: skip

    def clean_visible_at(self) -> Any:
        """Read the time as UTC."""
        given = self.cleaned_data["visible_at"]
        return given.replace(tzinfo=UTC) if given else None


class AddReviewerForm(forms.Form):
    """One reviewer more for an application, of those who can take it."""

    member = forms.ModelChoiceField(
        PanelMember.objects.none(), label=lazy("Add a reviewer"), empty_label=lazy("Choose a member"),
        error_messages={
            "required": lazy("Choose a member of the panel."),
            "invalid_choice": lazy("This member cannot take this application any more. Choose somebody else."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, possible: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        field.queryset = PanelMember.objects.filter(pk__in=possible)  # type: ignore[attr-defined]
        field.choices = [("", _("Choose a member")), *possible.items()]  # type: ignore[attr-defined]


def advice_of(recommendation: Recommendation | None, application: Application, call: Call) -> dict[str, Any]:
    """Return what the advice form begins with: what was advised before, or the requested amount."""
    if recommendation is None:
        return {"amount": min(application.amount or call.most_amount, call.most_amount)}
    return {
        "kind": recommendation.kind, "amount": recommendation.amount, "rank": recommendation.rank,
        "rationale": recommendation.rationale,
    }  # fmt: skip
