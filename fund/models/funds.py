"""The pot of money, who pays into it, and its ledger."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum

from core.money import CurrencyField, MoneyField
from core.people.models import Organisation


class Fund(models.Model):
    """A pot of money in one currency."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    currency = CurrencyField()
    about = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name

    def available(self) -> Decimal:
        """Return what may still be promised: received and returned, less paid, fees and open commitments."""
        total = self.entries.aggregate(total=Sum("amount"))["total"]
        return total if total is not None else Decimal(0)


class Contribution(models.Model):
    """What a member company pledges; government agencies are refused."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contributions")
    pledged = MoneyField()
    pledged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation} to {self.fund}"

    def clean(self) -> None:
        """Refuse money from a government agency, by its parent organisation too."""
        kinds = {self.organisation.kind, self.organisation.parent.kind if self.organisation.parent else None}
        if kinds & {Organisation.Kind.GOVERNMENT, Organisation.Kind.POLICE}:
            raise ValidationError("The fund takes no money from government agencies. This contribution is refused.")


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    """Ledger entries, and who may see them."""

    def visible_to(self, user: Any) -> "LedgerQuerySet":
        """Keep the ledger for finance, administrators and auditors."""
        return self if user.is_authenticated and user.is_insider else self.none()


class LedgerEntry(models.Model):
    """One fact about money; entries are only added, and a mistake is corrected by a reversal.

    `amount` is signed by what it does to the available money.
    """

    class Kind(models.TextChoices):
        """What happened."""

        RECEIVED = "received", "Received"
        RETURNED = "returned", "Returned by a grantee"
        GIVEN_BACK = "given_back", "Given back to a contributor"
        FEE = "fee", "Fee"
        EXCHANGE = "exchange", "Exchange difference"
        COMMITTED = "committed", "Committed"
        DECOMMITTED = "decommitted", "Decommitted"

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    amount = MoneyField()
    award = models.ForeignKey("fund.Award", models.PROTECT, null=True, related_name="entries")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["fund", "entered_at"])]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="ledger_amount_not_zero")]
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
