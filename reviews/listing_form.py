"""The form over the list of applications: the search box, and the filters that say the same."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from applications.models import Application
from core.people.models import country_name
from core.web.forms import MoneyField
from fund.models import Call
from reviews.search_keys import KEYS

STATES = [state for state in Application.State.values if state != Application.State.DRAFT]
REVIEWS = [
    ("missing", gettext_lazy("A review missing")), ("complete", gettext_lazy("All reviews in")),
    ("disagree", gettext_lazy("Reviewers disagree")),
]  # fmt: skip
SORTS = [
    ("newest", gettext_lazy("Newest first")), ("-newest", gettext_lazy("Oldest first")),
    ("-score", gettext_lazy("Highest score")), ("score", gettext_lazy("Lowest score")),
    ("-missing", gettext_lazy("Most reviews missing")), ("missing", gettext_lazy("Fewest reviews missing")),
    ("-amount", gettext_lazy("Largest amount")), ("amount", gettext_lazy("Smallest amount")),
    ("reference", gettext_lazy("Reference")), ("-reference", gettext_lazy("Reference, last first")),
    ("title", gettext_lazy("Title")), ("-title", gettext_lazy("Title, Z to A")),
]  # fmt: skip


class SearchInput(forms.TextInput):
    """A search box with the browser's own list of hints: the keys, after what stands in the box."""

    input_type = "search"


class ListingForm(forms.Form):
    """Find the applications of a call by what was written, and by how their reviews stand."""

    mark_optional = False

    q = forms.CharField(
        label=gettext_lazy("Search"), required=False,
        widget=SearchInput(attrs={"list": "keys", "autocomplete": "off"}),
    )  # fmt: skip
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    least = MoneyField(label=gettext_lazy("Least amount"), required=False)
    score = forms.DecimalField(
        label=gettext_lazy("Least score"), required=False, min_value=0, max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    reviews = forms.ChoiceField(label=gettext_lazy("Reviews"), required=False)
    sort = forms.ChoiceField(label=gettext_lazy("Sort by"), required=False, choices=SORTS)
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, call: Call, countries: Collection[str], columns: Mapping[str, Any]) -> None:
        super().__init__(data)
        wordings = Application.TABLE.wordings
        self._choose("state", _("All states"), [(state, wordings[state].staff) for state in STATES])
        self._choose("theme", _("All themes"), [(each.slug, each.name) for each in call.themes.all()])
        named = sorted(((code, country_name(code)) for code in countries), key=lambda each: each[1])
        every = ngettext("All countries", "All %(number)d countries", len(named)) % {"number": len(named)}
        self._choose("country", every if named else _("All countries"), named)
        self._choose("reviews", _("All"), REVIEWS)
        self.fields["columns"].choices = [(name, each.label or call.currency) for name, each in columns.items()]  # type: ignore[attr-defined]
        self.fields["least"].currency = self.fields["least"].widget.currency = call.currency  # type: ignore[attr-defined]
        self.fields["q"].help_text = _(
            "Words, or keys: theme, amount, country, reviewer, score, submitted. The address of this page is your "
            "saved view."
        )

    def _choose(self, name: str, every: str, choices: list[Any]) -> None:
        self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]

    @property
    def filters(self) -> list[forms.BoundField]:
        """The filters beside the box."""
        return [field for field in self.visible_fields() if field.name not in ("q", "columns")]

    @property
    def examples(self) -> list[str]:
        """One example of each key."""
        return [each.example for each in KEYS.values()]

    @property
    def hints(self) -> list[str]:
        """What the box offers while one types: each key after what stands there already."""
        typed = str(self.data.get("q", "")).strip()
        return [f"{typed} {each.example}".strip() for each in KEYS.values()]
