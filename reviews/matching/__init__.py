"""Who reviews what: the exact assignment of reviewers to applications, without a database."""

from reviews.matching.check import broken_rules
from reviews.matching.explain import explain_unfilled, explain_unmet
from reviews.matching.instance import (
    Instance,
    InstanceError,
    OpenPlace,
    Proposal,
    Reviewer,
    Solution,
    UnmetLoad,
)
from reviews.matching.solve import solve

__all__ = [
    "Instance",
    "InstanceError",
    "OpenPlace",
    "Proposal",
    "Reviewer",
    "Solution",
    "UnmetLoad",
    "broken_rules",
    "explain_unfilled",
    "explain_unmet",
    "solve",
]
