"""Filters over documents."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from core.documents.models import Document
from core.documents.registry import kinds
from core.language import lazy


def _choices() -> list[tuple[str, str]]:
    return [(kind.code, kind.label) for kind in kinds()]


class DocumentFilter(django_filters.FilterSet):
    """Find documents by kind and by a part of their title or number."""

    q = django_filters.CharFilter(method="search", label=lazy("Title or number"))
    kind = django_filters.ChoiceFilter(choices=_choices, label=lazy("Kind"), empty_label=lazy("All kinds"))

    class Meta:
        model = Document
        fields: list[str] = []

    def search(self, documents: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep documents in whose title or number the text occurs."""
        return documents.filter(title__icontains=value) | documents.filter(number__icontains=value)
