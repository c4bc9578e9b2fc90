"""The base filters over applications, for the staff's list and the interface."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from applications.models import Application
from applications.models.application import veiled_from

OPEN_COLUMNS = ("title", "reference", "summary")
NAMING_COLUMNS = ("investigator_name", "host_name")


class ApplicationFilter(django_filters.FilterSet):
    """Find applications by words, state, theme, country and amount."""

    q = django_filters.CharFilter(method="search", label="Search")
    state = django_filters.MultipleChoiceFilter(
        choices=[(state, Application.TABLE.wordings[state].staff) for state in Application.State.values], label="State"
    )
    theme = django_filters.CharFilter(field_name="theme__slug", label="Theme")
    country = django_filters.CharFilter(method="in_country", label="Country")
    least = django_filters.NumberFilter(field_name="amount", lookup_expr="gte", min_value=0, label="Least amount")
    most = django_filters.NumberFilter(field_name="amount", lookup_expr="lte", min_value=0, label="Most amount")

    class Meta:
        model = Application
        fields: list[str] = []

    def search(self, applications: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep applications in which every word occurs somewhere."""
        for word in value.split()[:10]:
            found = Q()
            for column in OPEN_COLUMNS:
                found |= Q(**{f"{column}__icontains": word})
            for column in NAMING_COLUMNS:
                found |= Q(**{f"{column}__icontains": word}) & self._unveiled()
            applications = applications.filter(found)
        return applications

    def in_country(self, applications: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep applications of a country, among those whose host is not hidden from the person."""
        return applications.filter(self._unveiled(), country=value.upper())

    def _unveiled(self) -> Q:
        """Return the condition that keeps a blinded name from being found by searching for it."""
        return ~veiled_from(self.request.user)
