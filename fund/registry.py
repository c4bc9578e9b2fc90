"""What this app adds when the product starts."""

from core.audit import triggers
from fund import rules
from fund.actions import awards

triggers.protect("fund_ledgerentry", "the ledger")

__all__ = ["awards", "rules"]
