"""Filters over the register of letters."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from core.documents.models import IssuedLetter
from core.documents.registry import kinds
from core.language import lazy


def _states() -> list[tuple[str, str]]:
    return [(state, wording.staff) for state, wording in IssuedLetter.TABLE.wordings.items()]


def _kinds() -> list[tuple[str, str]]:
    return [(kind.code, kind.label) for kind in kinds() if kind.is_letter]


class LetterFilter(django_filters.FilterSet):
    """Find letters by their number, their code or what they are about, and by where they are."""

    q = django_filters.CharFilter(method="search", label=lazy("Number, code or title"))
    state = django_filters.ChoiceFilter(choices=_states, label=lazy("State"), empty_label=lazy("All states"))
    kind = django_filters.ChoiceFilter(choices=_kinds, label=lazy("Kind"), empty_label=lazy("All kinds"))

    class Meta:
        model = IssuedLetter
        fields: list[str] = []

    def search(self, letters: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep letters whose number or code was typed, or in whose title the text occurs."""
        series, _, sequence = value.strip().rpartition("-")
        found = letters.filter(about__icontains=value) | letters.filter(code__iexact=value.strip())
        if sequence.isdecimal() and len(sequence) < 10:
            found |= letters.filter(series__iexact=series, sequence=int(sequence))
        return found
