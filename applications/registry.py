"""What this app adds when the product starts."""

from applications import deadline, file_jobs, file_waiting, form_changes, lately, likeness, reminders, rules, waiting
from applications.actions import returning
from applications.models import Application
from applications.models.application import veiled_from
from core.interests import shut_out
from core.language import lazy
from core.mail import doors as mail_doors
from core.web import nav

__all__ = [
    "deadline",
    "file_jobs",
    "file_waiting",
    "form_changes",
    "lately",
    "likeness",
    "reminders",
    "returning",
    "rules",
    "waiting",
]

# What the fund does with somebody's own application is not theirs to follow, whatever else they are.
shut_out.register("applications.application", lambda user: user.teams.values("application"))
# A mail is addressed to who applies, so it stays shut to whoever must not know that.
mail_doors.opens(
    "applications.application",
    lambda user: Application.objects.visible_to_fund(user).exclude(veiled_from(user)).values("pk"),
)

nav.register(
    lazy("Incidents"), "incidents:list", shown=lambda user: user.is_authenticated and user.reads_all,
    section="office",
)  # fmt: skip
nav.register(
    lazy("My applications"),
    "apply:home",
    shown=lambda user: user.is_authenticated and not user.is_insider,
    section="apply",
)
