"""Money in and promised: pledges, receipts, commitments, reversals. Every act locks the fund's row first."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core import audit, clock
from core.money import check_amount, exact
from core.people.models import Organisation, User
from core.states import WrongState
from fund.models import Award, Contribution, Fund, LedgerEntry

Kind = LedgerEntry.Kind


def lock_fund(pk: int) -> Fund:
    """Lock a fund’s row, so that nobody else promises its money until the transaction ends.

    Rows that only point to the fund may still be written: PostgreSQL checks them again at the commit, and waiting
    for this lock there would be a deadlock.
    """
    return Fund.objects.select_for_update(no_key=True).get(pk=pk)


@transaction.atomic
def pledge(*, fund: Fund, organisation: Organisation, amount: Decimal, by: User | None) -> Contribution:
    """Record what a company promises to pay in; money from government agencies and NCMEC is refused."""
    _must_keep_ledger(by)
    _check_above_zero(amount, fund.currency)
    contribution = Contribution(fund=fund, organisation=organisation, pledged=amount, pledged_at=clock.now())
    contribution.clean()
    contribution.save()
    audit.record("contribution:pledge", by=by, subject=contribution, amount=str(amount))
    return contribution


@transaction.atomic
def receive(*, contribution: Contribution, amount: Decimal, by: User | None, note: str = "") -> LedgerEntry:
    """Record money that arrived; refused from the day on which its giver became a government agency."""
    _must_keep_ledger(by)
    fund = lock_fund(contribution.fund_id)
    _check_above_zero(amount, fund.currency)
    contribution.clean()
    return _enter(fund, Kind.RECEIVED, amount, by=by, contribution=contribution, note=note)


@transaction.atomic
def commit(*, award: Award, by: User | None) -> LedgerEntry:
    """Promise an award's amount; refused where the fund does not have it."""
    fund = lock_fund(award.fund_id)
    if award.currency != fund.currency:
        raise ValidationError(
            _("This fund promises %(currency)s only, and the award is in %(currency_2)s.")
            % {"currency": fund.currency, "currency_2": award.currency}
        )
    _check_above_zero(award.amount, fund.currency)
    # No figure of what is left: it would tell of awards from which the reader may be recused.
    if award.amount > fund.available():
        raise ValidationError(
            _(
                "The fund does not have %(currency)s %(exact)s left to promise. Record the money that came in, or offer less."
            )
            % {"currency": fund.currency, "exact": exact(award.amount, fund.currency)}
        )
    return _enter(fund, Kind.COMMITTED, -award.amount, by=by, award=award)


@transaction.atomic
def decommit(*, award: Award, by: User | None) -> LedgerEntry:
    """Give what is still promised for an award back to the fund's available money."""
    fund = lock_fund(award.fund_id)
    committed = -award.entries.aggregate(total=Sum("amount", default=Decimal(0)))["total"]
    return _enter(fund, Kind.DECOMMITTED, committed, by=by, award=award)


@transaction.atomic
def reverse(*, entry: LedgerEntry, reason: str, by: User | None) -> LedgerEntry:
    """Correct a mistaken entry by its opposite; commitments follow their award and are not reversed by hand."""
    _must_keep_ledger(by)
    fund = lock_fund(entry.fund_id)
    if not reason.strip():
        raise ValidationError({"reason": _("Say what was wrong with this entry.")})
    if entry.award_id is not None:
        raise WrongState(_("This entry follows from an award. Change the award, and the ledger follows."))
    if entry.reverses_id is not None or LedgerEntry.objects.filter(reverses=entry).exists():
        raise WrongState(_("This entry was reversed already. Reload the page."))
    return _enter(
        fund, Kind(entry.kind), -entry.amount,
        by=by, reverses=entry, contribution=entry.contribution, note=reason.strip(),
    )  # fmt: skip


def _enter(
    fund: Fund,
    kind: LedgerEntry.Kind,
    amount: Decimal,
    *,
    by: User | None,
    award: Award | None = None,
    contribution: Contribution | None = None,
    reverses: LedgerEntry | None = None,
    note: str = "",
) -> LedgerEntry:
    entry = LedgerEntry.objects.create(
        fund=fund, kind=kind, amount=amount, award=award, contribution=contribution, reverses=reverses,
        entered_at=clock.now(), entered_by=by, note=note,
    )  # fmt: skip
    audit.record(f"ledger:{kind.value}", by=by, subject=entry, amount=str(amount), reverses=entry.reverses_id)
    return entry


def _must_keep_ledger(by: User | None) -> None:
    if by is not None and not by.has_perm("fund.keep_ledger"):
        raise PermissionDenied(_("Only fund administrators and finance officers write to the ledger."))


def _check_above_zero(amount: Decimal, currency: str) -> None:
    check_amount(amount, currency)
    if not amount:
        raise ValidationError(_("Write an amount above zero."))
