"""What happened lately to a person's applications, as far as applicants may know."""

from django.urls import reverse

from applications.models import Application
from applications.models.parts import is_on_a_team
from applications.timeline import KNOWN
from core import clock
from core.audit.models import AuditEvent
from core.people.models import User
from core.waiting import MOST_LATELY, Happened, reporter


@reporter
def events_of(user: User) -> list[Happened]:
    """Return the latest events of the person's applications, and the outcomes that they may read."""
    if not is_on_a_team(user):
        return []
    rows = AuditEvent.objects.filter(
        root_type="applications.application", root__in=user.teams.values("application"), code__in=KNOWN
    )
    events = list(rows.order_by("-pk").values_list("code", "at", "root")[:MOST_LATELY])
    mine = Application.objects.of_team(user)
    decided = mine.filter(outcome_released_at__lte=clock.now()).order_by("-outcome_released_at")[:MOST_LATELY]
    known = mine.select_related("call").in_bulk({root for _, _, root in events})
    found = [_event(KNOWN[code], at, known[root]) for code, at, root in events if root in known]
    for application in decided.select_related("call"):
        wording = application.applicant_wording
        at = application.outcome_released_at or clock.now()
        found.append(_event((wording.applicant, wording.mark("applicant")), at, application))
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST_LATELY]


def _event(said: tuple[str, str], at: object, application: Application) -> Happened:
    words, shape = said
    where = application.reference or application.title or application.call.title
    return Happened(at, str(words), where, reverse("apply:detail", args=[application.pk]), str(shape))  # type: ignore[arg-type]
