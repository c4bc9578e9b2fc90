"""The filters over applications for the interface; the pages of staff have the same language in their search box."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from applications.models import Application
from applications.models.application import veiled_from
from applications.search.keys import KEYS, Scope, conditions
from applications.search.language import parse
from core.language import lazy


class ApplicationFilter(django_filters.FilterSet):
    """Find applications by words and keys, state, theme, country and amount."""

    q = django_filters.CharFilter(
        method="search", label=lazy("Search"),
        help_text=lazy("Words, texts in quotation marks, and keys, such as "
        "`theme:detection amount:>100000 submitted:<2021-04-01 \"grooming\" -trial`."),
    )  # fmt: skip
    state = django_filters.MultipleChoiceFilter(
        choices=[(state, Application.TABLE.wordings[state].staff) for state in Application.State.values],
        label=lazy("State"),
    )
    theme = django_filters.CharFilter(field_name="theme__slug", label=lazy("Theme"))
    country = django_filters.CharFilter(method="in_country", label=lazy("Country"))
    least = django_filters.NumberFilter(field_name="amount", lookup_expr="gte", min_value=0, label=lazy("Least amount"))
    most = django_filters.NumberFilter(field_name="amount", lookup_expr="lte", min_value=0, label=lazy("Most amount"))

    class Meta:
        model = Application
        fields: list[str] = []

    def search(self, applications: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what the language of the search box asks for; a program gets a refusal where a person gets a hint."""
        scope = Scope(self.request.user)
        found = conditions(parse(value, KEYS), scope)
        if scope.faults:
            raise ValidationError({"q": scope.faults})
        return applications.filter(*found)

    def in_country(self, applications: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep applications of a country, among those whose host is not hidden from the person."""
        return applications.filter(~veiled_from(self.request.user), country=value.upper())
