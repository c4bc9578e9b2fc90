"""Filters and sorting of the lists of awards."""

from typing import Any

import django_filters
from django.db.models import Q
from django.db.models.functions import ExtractYear
from django.forms import HiddenInput

from core.language import lazy
from core.people.models import country_name
from fund.models import Award, Call
from fund.models.awards import AwardQuerySet


class RegisterFilter(django_filters.FilterSet):
    """The public register's filters; what would tell of a withheld award leaves it out."""

    q = django_filters.CharFilter(
        label=lazy("Search"), method="search", help_text=lazy("Words from title, summary or grantee.")
    )
    year = django_filters.ChoiceFilter(label=lazy("Year"), field_name="decided_at__year", empty_label=lazy("All years"))
    theme = django_filters.ChoiceFilter(label=lazy("Theme"), method="with_theme", empty_label=lazy("All themes"))
    country = django_filters.ChoiceFilter(label=lazy("Country"), method="in_country", empty_label=lazy("All countries"))

    class Meta:
        model = Award
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by().annotate(year=ExtractYear("decided_at"))
        shown = list(rows.values_list("year", "theme__name", "grantee__country", "is_withheld").distinct())
        years, open_rows = {row[0] for row in shown}, [row for row in shown if not row[3]]
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in sorted(years, reverse=True)]
        themes = sorted({row[1] for row in open_rows if row[1]})
        self.filters["theme"].extra["choices"] = [(name, name) for name in themes]
        countries = {row[2]: country_name(row[2]) for row in open_rows}
        self.filters["country"].extra["choices"] = sorted(countries.items(), key=lambda each: each[1])

    def search(self, awards: AwardQuerySet, name: str, value: str) -> AwardQuerySet:
        """Keep the awards whose public texts have every word."""
        found = awards.filter(is_withheld=False)
        for word in value.split()[:8]:
            texts = Q(title__icontains=word) | Q(public_summary__icontains=word) | Q(grantee_name__icontains=word)
            found = found.filter(texts | Q(number__iexact=word))
        return found

    def with_theme(self, awards: AwardQuerySet, name: str, value: str) -> AwardQuerySet:
        """Keep the awards of a theme, whichever call it was in."""
        return awards.filter(theme__name=value, is_withheld=False)

    def in_country(self, awards: AwardQuerySet, name: str, value: str) -> AwardQuerySet:
        """Keep the awards to a country."""
        return awards.filter(grantee__country=value, is_withheld=False)


class AwardFilter(django_filters.FilterSet):
    """The staff's filters and sorting; the address is the saved view."""

    q = django_filters.CharFilter(
        label=lazy("Search"), method="search", help_text=lazy("Number, title, grantee or investigator.")
    )
    state = django_filters.ChoiceFilter(label=lazy("State"), empty_label=lazy("All states"))
    call = django_filters.ModelChoiceFilter(
        label=lazy("Call"), queryset=Call.objects.none(), empty_label=lazy("All calls")
    )
    country = django_filters.ChoiceFilter(
        label=lazy("Country"), field_name="grantee__country", empty_label=lazy("All countries")
    )
    sort = django_filters.OrderingFilter(
        fields=(
            ("number", "number"), ("title", "title"), ("grantee_name", "grantee"), ("amount", "amount"),
            ("answer_by", "answer"), ("ends_on", "ends"), ("state", "state"),
        ),
        widget=HiddenInput,
    )  # fmt: skip

    class Meta:
        model = Award
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by().values_list("grantee__country", flat=True).distinct()
        countries = {code: country_name(code) for code in rows}
        self.filters["country"].extra["choices"] = sorted(countries.items(), key=lambda each: each[1])
        wordings = Award.TABLE.wordings
        self.filters["state"].extra["choices"] = [(value, wordings[value].staff) for value in Award.State.values]
        self.filters["call"].extra["queryset"] = Call.objects.filter(awards__in=self.queryset).distinct()

    def search(self, awards: AwardQuerySet, name: str, value: str) -> AwardQuerySet:
        """Keep the awards that have every word."""
        for word in value.split()[:8]:
            texts = Q(title__icontains=word) | Q(grantee_name__icontains=word) | Q(investigator_name__icontains=word)
            awards = awards.filter(texts | Q(number__icontains=word))
        return awards
