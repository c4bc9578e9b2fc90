"""What this app adds when the product starts: rules, doors, jobs, what waits for people, places in the navigation."""

from typing import Any

from applications.models import Application
from core import jobs
from core.interests import shut_out
from core.language import lazy
from core.people.models import Role
from core.web import nav
from reviews import doors, reminders, rules, waiting
from reviews.actions import assigning, ranking, reassigning, replacing

__all__ = ["assigning", "doors", "ranking", "reassigning", "reminders", "replacing", "rules", "waiting"]


def _reviews(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_role(Role.PANEL, Role.CHAIR))


def _runs(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_role(Role.ADMINISTRATOR, Role.AUDITOR, Role.CHAIR))


jobs.concerns("replacement", "application", Application.objects.visible_to_fund)
shut_out.register("reviews.release", doors.shut_releases)
nav.register(lazy("Calls"), "manage:calls", shown=_runs, section="review")
nav.register(lazy("Queue"), "review:queue", shown=_reviews, section="review")
nav.register(lazy("Conflicts"), "review:conflicts", shown=_reviews, section="review")
nav.register(lazy("Take a pause"), "review:pause", shown=_reviews, section="account")
