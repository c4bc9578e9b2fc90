"""The forms of the funding line and its draw. They draw and read; the actions save."""

from django import forms

from core.language import lazy
from reviews.models import FundingRule
from reviews.models.selection import SEED_MOST


class RuleForm(forms.ModelForm):
    """What happens at the funding line of a call."""

    mark_optional = False

    budget = forms.ChoiceField(
        label=lazy("When an application does not fit the money that is left"), choices=FundingRule.Budget,
        widget=forms.RadioSelect,
    )  # fmt: skip
    draw = forms.ChoiceField(
        label=lazy("Which applications are drawn?"), choices=FundingRule.Draw, widget=forms.RadioSelect
    )
    threshold = forms.DecimalField(
        label=lazy("Threshold"), required=False, max_digits=5, decimal_places=2,
        help_text=lazy("The least weighted mean that takes part in the draw. For a draw above a threshold only."),
        widget=forms.NumberInput(attrs={"class": "is-short", "step": "0.01"}),
    )  # fmt: skip

    class Meta:
        model = FundingRule
        fields = ["budget", "draw", "threshold"]

    def _post_clean(self) -> None:
        """Leave what fits together to the action, which says it in words."""


class SeedForm(forms.Form):
    """The seed of a draw."""

    mark_optional = False

    seed = forms.CharField(
        label=lazy("Seed"), required=False, max_length=SEED_MOST,
        help_text=lazy(
            "Best something that nobody can choose, named beforehand: the numbers of the next public lottery. "
            "Left empty, a random one is made."
        ),
    )  # fmt: skip


class AnnulForm(forms.Form):
    """Why a draw is annulled."""

    mark_optional = False

    reason = forms.CharField(
        label=lazy("Why is it annulled?"), required=False, max_length=300,
        help_text=lazy("The draw stays on record with this reason."),
    )  # fmt: skip
