"""Funds, calls and awards."""

from fund.models.awards import Award, AwardCondition, Instalment, ProgressReport
from fund.models.calls import Call, Criterion, DeadlineChange, PublicQuestion, Rubric, Theme
from fund.models.counters import Counter
from fund.models.funds import Contribution, Fund, LedgerEntry

__all__ = [
    "Award", "AwardCondition", "Call", "Contribution", "Counter", "Criterion", "DeadlineChange", "Fund", "Instalment",
    "LedgerEntry", "ProgressReport", "PublicQuestion", "Rubric", "Theme",
]  # fmt: skip
