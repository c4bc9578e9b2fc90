"""Filters over the outbox."""

import django_filters
from django.db.models import Q, QuerySet

from core.language import lazy
from core.mail.models import Message

FOR_STAFF = ("for_staff", lazy("Waits for a decision"))


class MessageFilter(django_filters.FilterSet):
    """Find mail by its address or subject, and by where it is."""

    q = django_filters.CharFilter(method="search", label=lazy("Address or subject"))
    state = django_filters.ChoiceFilter(
        choices=[FOR_STAFF, *Message.State.choices], method="in_state", label=lazy("State"), empty_label=lazy("All"),
    )  # fmt: skip

    class Meta:
        model = Message
        fields: list[str] = []

    def search(self, messages: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        """Keep mail in whose address or subject the text occurs."""
        return messages.filter(Q(address__icontains=value) | Q(subject__icontains=value))

    def in_state(self, messages: QuerySet[Message], name: str, value: str) -> QuerySet[Message]:
        """Keep mail in one state, or all that does not go on by itself."""
        return messages.filter(state__in=Message.FOR_STAFF if value == FOR_STAFF[0] else [value])
