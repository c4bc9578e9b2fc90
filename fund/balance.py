"""What the ledger adds up to, from the entries that a person may see."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from core.money import MoneyField
from fund.models import Contribution, LedgerEntry
from fund.models.funds import LedgerQuerySet

Kind = LedgerEntry.Kind


@dataclass(frozen=True, slots=True)
class Balance:
    """The fund in four figures."""

    received: Decimal
    promised: Decimal
    other: Decimal

    @property
    def available(self) -> Decimal:
        """What can still be promised."""
        return self.received + self.other - self.promised


def of(entries: LedgerQuerySet) -> Balance:
    """Add up entries by what they mean; reversals count with the kind that they correct."""
    sums = dict(entries.order_by().values_list("kind").annotate(Sum("amount")))
    received = sums.pop(Kind.RECEIVED, Decimal(0))
    promised = -sums.pop(Kind.COMMITTED, Decimal(0)) - sums.pop(Kind.DECOMMITTED, Decimal(0))
    return Balance(received, promised, sum(sums.values(), Decimal(0)))


def contributions() -> QuerySet[Contribution]:
    """Return who pledged, with what came in so far."""
    received = Coalesce(Sum("entries__amount"), Decimal(0), output_field=MoneyField())
    rows = Contribution.objects.select_related("organisation", "fund").annotate(received=received)
    return rows.order_by("-pledged_at", "-pk")
