"""Filters over people."""

import django_filters
from django.db.models import Q, QuerySet

from core.language import lazy
from core.people.models import Role, User


class PersonFilter(django_filters.FilterSet):
    """Find people by a part of their name, address or organisation, and by role."""

    q = django_filters.CharFilter(method="search", label=lazy("Name, e-mail or organisation"))
    role = django_filters.ChoiceFilter(
        choices=Role, method="in_role", label=lazy("Role"), empty_label=lazy("All roles")
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep people in whose name, address or organisation the text occurs."""
        return people.filter(
            Q(name__icontains=value) | Q(email__icontains=value) | Q(organisation__name__icontains=value)
        )

    def in_role(self, people: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Keep people who have the role now."""
        return people.filter(grants__role=value, grants__ended_at=None)
