"""What happened to an application, in the words of those who run the call, from its audit trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery

from applications.models import Application
from core.audit.models import AuditEvent
from core.people.models import User

ROOT = "applications.application"
LONGEST = 200
DRAFTING = (
    "application:add_member", "application:remove_member", "application:change_member", "application:join",
    "application:decline_invitation", "application:attach", "application:detach",
)  # fmt: skip
WORDS = {
    "application:start": "Draft started",
    "application:submit": "Submitted",
    "application:return": "Returned for correction",
    "application:stand": "Not corrected by the date: the submitted version stands",
    "application:extend": "More time given",
    "application:find_eligible": "Found eligible",
    "application:find_ineligible": "Found not eligible",
    "application:start_review": "Sent to review",
    "application:recommend": "Recommendation recorded",
    "application:decide": "Decided",
    "application:withdraw": "Withdrawn by the applicant",
    "assignment:add": "Reviewer added",
    "assignment:remove": "Reviewer taken off the proposal",
    "assignment:keep": "Reviewer kept in the proposal",
    "assignment:release": "Review released to its reviewer",
    "assignment:accept": "Reviewer declared no conflict",
    "assignment:begin": "Review begun",
    "assignment:submit": "Review submitted",
    "assignment:reopen": "Review reopened",
    "assignment:lock": "Review locked",
    "assignment:decline": "Review handed back",
    "assignment:take_back": "Review given to somebody else",
    "assignment:recuse": "Reviewer recused",
    "assignment:reinstate": "Review opened again",
    "decision:prepare": "Decision prepared",
    "decision:approve": "Decision approved",
    "decision:unapprove": "Approval taken back",
    "decision:release": "Decision released",
    "decision:supersede": "Decision replaced",
    "award:offer": "Award offered",
    "award:accept": "Award accepted",
    "award:decline": "Award declined",
    "award:lapse": "Offer lapsed",
    "ledger:committed": "Money promised",
    "ledger:decommitted": "Money given back to the fund",
}
HIDDEN_FROM_CHAIR = ("decision:", "award:", "ledger:")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    words: str
    who: str


def history_of(application: Application, viewer: Any) -> list[Event]:
    """Return what happened since the draft was started, the latest first, in one query.

    A chair reads of no decision before the fund tells them.
    """
    names = User.objects.filter(pk=OuterRef("actor")).values("name")[:1]
    rows = AuditEvent.objects.filter(root_type=ROOT, root=application.pk).exclude(code__in=DRAFTING)
    rows = rows.annotate(name=Subquery(names)).order_by("-pk")[:LONGEST]
    return list(_events(rows, viewer))


def _events(rows: Any, viewer: Any) -> Iterator[Event]:
    for row in rows:
        if viewer.reads_all or not row.code.startswith(HIDDEN_FROM_CHAIR):
            yield Event(row.at, WORDS.get(row.code) or _spoken(row.code), _who(row))


def _who(row: Any) -> str:
    if row.actor is None:
        return "The system"
    return row.name or "A former user"


def _spoken(code: str) -> str:
    subject, _, action = code.partition(":")
    return f"{subject}: {action.replace('_', ' ').replace('-', ' ')}".capitalize()
