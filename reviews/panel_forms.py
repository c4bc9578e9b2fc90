"""The forms of a panel member's own place. They read; the actions save."""

from typing import Any

from django import forms

from core.language import lazy
from fund.models import Theme
from reviews.models import PanelMember


class WishForm(forms.Form):
    """What somebody does not want to read. No reason is asked for."""

    mark_optional = False
    use_required_attribute = False

    avoids = forms.ModelMultipleChoiceField(
        label=lazy("Themes on which I read nothing"), queryset=Theme.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
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
