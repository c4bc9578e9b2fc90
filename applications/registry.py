"""What this app adds when the product starts."""

from applications import deadline, form_changes, reminders, rules, waiting
from applications.actions import returning
from core.interests import shut_out
from core.web import nav

__all__ = ["deadline", "form_changes", "reminders", "returning", "rules", "waiting"]

# What the fund does with somebody's own application is not theirs to follow, whatever else they are.
shut_out.register("applications.application", lambda user: user.teams.values("application"))

nav.register(
    "My applications",
    "apply:home",
    shown=lambda user: user.is_authenticated and not user.is_insider,
    section="apply",
)
