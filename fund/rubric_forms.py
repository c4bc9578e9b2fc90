"""The shapes of criteria and of the scale on which they are scored."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from fund.models import Criterion, Rubric


class ScaleForm(forms.Form):
    """The scores that can be given, and what each means."""

    least = forms.IntegerField(label=_lazy("Lowest score"), min_value=0, max_value=10)
    most = forms.IntegerField(label=_lazy("Highest score"), min_value=1, max_value=20)
    anchors = forms.CharField(
        label=_lazy("What the scores mean"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_lazy("One a line, from the lowest score to the highest. Leave a line empty to skip a score."),
    )  # fmt: skip
    mark_optional = False
    use_required_attribute = False

    def __init__(self, data: Any = None, *, rubric: Rubric) -> None:
        anchors = "\n".join(rubric.anchors.get(str(score), "") for score in rubric.scale)
        super().__init__(data, initial={"least": rubric.least, "most": rubric.most, "anchors": anchors.rstrip()})

    def clean(self) -> dict[str, Any]:
        """Give each score its line."""
        least, most = self.cleaned_data.get("least"), self.cleaned_data.get("most")
        if least is None or most is None:
            return self.cleaned_data
        if most <= least:
            self.add_error("most", _("The highest score is not above the lowest. Change one of the two."))
            return self.cleaned_data
        lines = [line.strip()[:200] for line in self.cleaned_data.get("anchors", "").rstrip().splitlines()]
        if len(lines) > most - least + 1:
            self.add_error("anchors", _("There are more lines than scores. Take some out."))
        anchors = {str(least + place): line for place, line in enumerate(lines) if line}
        return {"least": least, "most": most, "anchors": anchors}


class CriterionForm(forms.ModelForm):
    """One criterion as a row of a table; a row without a label is left out."""

    class Meta:
        model = Criterion
        fields = ["label", "question", "weight"]
        widgets = {
            "label": forms.TextInput(attrs={"class": "is-text", "aria-label": _lazy("Criterion")}),
            "question": forms.TextInput(attrs={"class": "is-text", "aria-label": _lazy("What reviewers ask")}),
            "weight": forms.NumberInput(attrs={"aria-label": _lazy("Weight")}),
        }


CriteriaFormSet = forms.modelformset_factory(Criterion, form=CriterionForm, extra=3, max_num=10, can_delete=True)
