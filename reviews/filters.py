"""The staff's filters over the applications of one call, which know about reviews and scores."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet

from applications.filters import ApplicationFilter
from applications.models import Application
from core.people.models import country_name
from core.web.forms import MoneyField
from fund.models import Call
from reviews.standing import Result

STATES = [state for state in Application.State.values if state != Application.State.DRAFT]
REVIEWS = [
    ("missing", "A review missing"), ("complete", "All reviews in"), ("disagree", "Reviewers disagree"),
]  # fmt: skip
SORTS = [
    ("newest", "Newest first"), ("-newest", "Oldest first"), ("-score", "Highest score"), ("score", "Lowest score"),
    ("-missing", "Most reviews missing"), ("missing", "Fewest reviews missing"), ("-amount", "Largest amount"),
    ("amount", "Smallest amount"), ("reference", "Reference"), ("-reference", "Reference, last first"),
    ("title", "Title"), ("-title", "Title, Z to A"),
]  # fmt: skip


class AmountFilter(django_filters.Filter):
    """An amount as people type it."""

    field_class = MoneyField


class CallApplicationFilter(ApplicationFilter):
    """Find the applications of a call by what was written, and by how their reviews stand.

    `results` are how the applications stand for this viewer: nothing else of the reviews is asked. `total` is how many
    there are without any filter.
    """

    q = django_filters.CharFilter(
        method="search", label="Search",
        help_text="Words from reference, title, summary, investigator or host. "
        "The address of this page is your saved view.",
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        label="State", empty_label="All states",
        choices=[(state, Application.TABLE.wordings[state].staff) for state in STATES],
    )  # fmt: skip
    theme = django_filters.ChoiceFilter(label="Theme", field_name="theme__slug", empty_label="All themes")
    country = django_filters.ChoiceFilter(label="Country", method="in_country")
    least = AmountFilter(label="Least amount", field_name="amount", lookup_expr="gte")
    most = AmountFilter(label="Most amount", field_name="amount", lookup_expr="lte")
    score = django_filters.NumberFilter(label="Least score", method="with_score", min_value=0, max_value=100)
    reviews = django_filters.ChoiceFilter(label="Reviews", method="with_reviews", choices=REVIEWS, empty_label="All")
    sort = django_filters.ChoiceFilter(label="Sort by", method="leave", choices=SORTS, empty_label=None)

    def __init__(
        self, data: Any, queryset: QuerySet[Any], *, call: Call, results: Mapping[int, Result], **kwargs: Any
    ) -> None:
        super().__init__(data, queryset, **kwargs)
        self.call, self.results = call, results
        countries = list(queryset.order_by().values_list("country", "is_veiled"))
        self.total = len(countries)
        codes = {code for code, is_veiled in countries if code and not is_veiled}
        self.filters["country"].extra |= {
            "choices": sorted(((code, country_name(code)) for code in codes), key=lambda each: each[1]),
            "empty_label": f"All {len(codes)} countries" if len(codes) > 1 else "All countries",
        }
        self.filters["theme"].extra["choices"] = [(theme.slug, theme.name) for theme in call.themes.all()]
        for name in ("least", "most"):
            self.filters[name].extra["currency"] = call.currency

    @property
    def order(self) -> str:
        """The sorting that was asked for, or the newest first."""
        self.form.full_clean()
        return self.form.cleaned_data.get("sort") or "newest"

    def with_score(self, applications: QuerySet[Any], name: str, value: Decimal) -> QuerySet[Any]:
        """Keep what has at least this weighted score, as it is shown."""
        return applications.filter(pk__in=[key for key, each in self.results.items() if _reaches(each, value)])

    def with_reviews(self, applications: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what lacks a review, has all, or has reviewers who disagree."""
        kept = {
            "missing": lambda each: each.missing > 0,
            "complete": lambda each: each.missing == 0,
            "disagree": lambda each: each.disagree,
        }[value]
        return applications.filter(pk__in=[key for key, each in self.results.items() if kept(each)])

    def leave(self, applications: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep all: sorting chooses nothing."""
        return applications


def _reaches(result: Result, least: Decimal) -> bool:
    return result.shown_mean is not None and result.shown_mean >= least
