"""The standard plan of an award: three instalments, two reports. Our own choice; the agreement states it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from core.money import minor_units
from fund.periods import end_of, months_after

SHARES = (Decimal("0.4"), Decimal("0.4"), Decimal("0.2"))
CLOSING_MONTHS = 2
"""Months after the end in which the final report is written."""


@dataclass(frozen=True, slots=True)
class PlannedInstalment:
    """One payment: when, how much, and what must come first."""

    number: int
    due_on: date
    amount: Decimal
    condition: str


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """One report: its title and when it is due."""

    number: int
    title: str
    due_on: date


def split(amount: Decimal, currency: str) -> list[Decimal]:
    """Divide an amount by the standard shares in whole minor units; the last part takes the rest, none is zero."""
    unit = Decimal(1).scaleb(-minor_units(currency))
    parts = [(amount * share).quantize(unit, ROUND_DOWN) for share in SHARES[:-1]]
    return [part for part in (*parts, amount - sum(parts)) if part]


def first_stage(months: int) -> int:
    """Return how many months the first report covers: half, but six of a long grant and twelve of two years."""
    if months >= 24:
        return 12
    return 6 if months >= 12 else max(1, months // 2)


def instalments(
    amount: Decimal, currency: str, starts_on: date, months: int, *, needs_ethics: bool = False
) -> list[PlannedInstalment]:
    """Plan the payments: on signature, after the first report, after the final report."""
    parts = split(amount, currency)
    days = (
        starts_on,
        months_after(starts_on, first_stage(months) + 1),
        end_of(starts_on, months + CLOSING_MONTHS + 1),
    )
    second = "the first report is accepted" + (" and ethics approval is on file" if needs_ethics else "")
    conditions = ("the agreement is signed by both", second, "the final report is accepted")
    return [
        PlannedInstalment(number, due_on, part, condition)
        for number, (part, due_on, condition) in enumerate(zip(parts, days, conditions, strict=False), start=1)
    ]


def reports(starts_on: date, months: int) -> list[PlannedReport]:
    """Plan the reports: on the first stage two weeks after it, and the final one two months after the end."""
    stage = first_stage(months)
    progress = f"Progress report, months 1 to {stage}" if stage > 1 else "Progress report, month 1"
    return [
        PlannedReport(1, progress, months_after(starts_on, stage) + timedelta(days=14)),
        PlannedReport(2, "Final report and outputs", end_of(starts_on, months + CLOSING_MONTHS)),
    ]
