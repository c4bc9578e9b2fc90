"""Filters over the audit trail."""

import django_filters

from core.audit.models import AuditEvent
from core.language import lazy


class EventFilter(django_filters.FilterSet):
    """Find audit rows by what was done and to what."""

    code = django_filters.CharFilter(lookup_expr="icontains", label=lazy("What was done"))
    subject_type = django_filters.CharFilter(lookup_expr="icontains", label=lazy("Kind of thing"))
    subject = django_filters.NumberFilter(label=lazy("Its key"))
    actor = django_filters.NumberFilter(label=lazy("Key of the person"))

    class Meta:
        model = AuditEvent
        fields: list[str] = []
