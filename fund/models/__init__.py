"""Funds, calls and awards."""

from fund.models.awards import Award, AwardCondition, Instalment, ProgressReport
from fund.models.calls import Call, Criterion, Rubric
from fund.models.counters import Counter
from fund.models.funds import Contribution, Fund, LedgerEntry
from fund.models.parts import DeadlineChange, FormChange, PublicQuestion, Theme

__all__ = [
    "Award", "AwardCondition", "Call", "Contribution", "Counter", "Criterion", "DeadlineChange", "FormChange", "Fund",
    "Instalment", "LedgerEntry", "ProgressReport", "PublicQuestion", "Rubric", "Theme",
]  # fmt: skip
