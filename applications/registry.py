"""What this app adds when the product starts."""

from typing import Any

from django.db.models import QuerySet

from applications import deadline, file_jobs, file_waiting, form_changes, lately, likeness, reminders, rules, waiting
from applications.actions import returning
from applications.models import Application, Attachment
from applications.models.application import veiled_from
from core import jobs
from core.interests import shut_out
from core.language import lazy
from core.mail import doors as mail_doors
from core.web import nav
from fund.models import Call, FormChange

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


def _files(user: Any) -> QuerySet[Attachment]:
    return Attachment.objects.exclude(application__in=Application.objects.shut_to(user).values("pk"))


def _untold(file: Attachment) -> str:
    """Say nothing of a file: its name is its team's while it belongs to a draft."""
    return ""


# The scanner is asked again each hour, and what waits says when it does not answer.
jobs.concerns("attachment-scan", "attachment", lambda user: Attachment.objects.none())
jobs.concerns("attachment-pages", "attachment", lambda user: _files(user).filter(pictured_at=None), words=_untold)
jobs.concerns("correction-ends", "application", Application.objects.visible_to_fund)
for kind in ("deadline-moved", "call-cancelled"):
    jobs.concerns(kind, "call", lambda user: Call.objects.all(), page=Call.get_absolute_url)
jobs.concerns("form-changed", "change", lambda user: FormChange.objects.select_related("call"))

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
