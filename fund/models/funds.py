"""The pot of money, who pays into it, and its ledger."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Never

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from core import clock
from core.language import lazy
from core.money import CurrencyField, MoneyField
from core.people.models import Organisation

SOURCE = "applications.application"
"""What `Award.source_key` is a key of: the fund knows only that somebody may be recused from it."""


class Fund(models.Model):
    """A pot of money in one currency."""

    class Paper(models.TextChoices):
        A4 = "A4", "A4"
        LETTER = "Letter", lazy("US Letter")

    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    prefix = models.CharField(max_length=12, unique=True, default="SORF")
    currency = CurrencyField()
    about = models.TextField(blank=True)
    signatory = models.CharField(max_length=200, blank=True)
    signatory_role = models.CharField(max_length=200, blank=True)
    governing_law = models.CharField(max_length=120, default="England and Wales")
    courts = models.CharField(max_length=120, default="London")
    paper = models.CharField(max_length=6, choices=Paper, default=Paper.A4)
    """What the fund's documents are printed on."""

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

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pledged__gt=0), name="contribution_pledged")]

    def __str__(self) -> str:
        return f"{self.organisation} to {self.fund}"

    def clean(self) -> None:
        """Refuse money from a government agency or NCMEC, by any organisation above it too."""
        if any(map(is_refused, _line_of(self.organisation))):
            raise ValidationError(
                _(
                    "The fund takes no money from government agencies or NCMEC, nor from what belongs to one. "
                    "This contribution is refused."
                )
            )


_NCMEC = ("ncmec", "national center for missing exploited children", "national centre for missing exploited children")


def is_refused(organisation: Organisation) -> bool:
    """Whether the fund takes no money from this organisation itself."""
    words = re.sub(r"[^a-z]+", " ", organisation.name.casefold().replace(" and ", " ")).strip()
    return organisation.kind in {Organisation.Kind.GOVERNMENT, Organisation.Kind.POLICE} or words in _NCMEC


def _line_of(organisation: Organisation) -> Iterator[Organisation]:
    seen: set[int] = set()
    above: Organisation | None = organisation
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        yield above
        above = above.parent


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    """Ledger entries, and who may see them."""

    def visible_to(self, user: Any) -> "LedgerQuerySet":
        """Keep the ledger for the people of the fund, without what tells of an award that they may not see.

        That is one from which they are recused, or their own before its offer becomes known.
        """
        if not user.is_authenticated or not user.is_insider:
            return self.none()
        recused = user.declarations.recusing().filter(subject_type=SOURCE)
        unknown = Q(award__offered_at__gt=clock.now())
        return (
            self.exclude(award__source_key__in=recused.values("subject"))
            .exclude(unknown, award__investigator=user)
            .exclude(unknown, award__in=user.held_awards.values("pk"))
        )

    def update(self, **kwargs: Any) -> Never:
        """Refuse: a fact about money is not rewritten."""
        raise TypeError("Ledger entries are never changed. Correct a mistake with a reversal.")

    def delete(self) -> Never:
        """Refuse: a fact about money is not removed."""
        raise TypeError("Ledger entries are never removed. Correct a mistake with a reversal.")


class LedgerEntry(models.Model):
    """One fact about money; entries are only added, and a mistake is corrected by a reversal.

    `amount` is signed by what it does to the available money. The database refuses changes too, by triggers.
    """

    class Kind(models.TextChoices):
        """What happened."""

        RECEIVED = "received", lazy("Received")
        RETURNED = "returned", lazy("Returned by a grantee")
        GIVEN_BACK = "given_back", lazy("Given back to a contributor")
        FEE = "fee", lazy("Fee")
        EXCHANGE = "exchange", lazy("Exchange difference")
        COMMITTED = "committed", lazy("Committed")
        DECOMMITTED = "decommitted", lazy("Decommitted")

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
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_amount_not_zero"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=False)
                | Q(kind="exchange")
                | Q(kind__in=["received", "returned", "decommitted"], amount__gt=0)
                | Q(kind__in=["given_back", "fee", "committed"], amount__lt=0),
                name="ledger_sign_fits_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["committed", "decommitted"]) | Q(award__isnull=False),
                name="ledger_commitment_has_award",
            ),
            models.CheckConstraint(
                condition=~Q(kind="received") | Q(contribution__isnull=False), name="ledger_receipt_has_contribution"
            ),
        ]
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; a stored one is never changed."""
        if not self._state.adding:
            raise TypeError("Ledger entries are never changed. Correct a mistake with a reversal.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse: a fact about money is not removed."""
        raise TypeError("Ledger entries are never removed. Correct a mistake with a reversal.")

    @property
    def audit_root(self) -> tuple[str, int]:
        """What the entry's award came from: whoever is recused from it reads nothing of its money; else itself."""
        return self.award.audit_root if self.award else (self._meta.label_lower, self.pk)
