"""What this app adds when the product starts."""

from applications import deadline, rules, waiting
from core.web import nav

__all__ = ["deadline", "rules", "waiting"]

nav.register(
    "My applications",
    "apply:home",
    shown=lambda user: user.is_authenticated and not user.is_insider,
    section="apply",
)
