"""What happened to an application, in the words of those who run the call, from its audit trail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from applications.models import Application
from applications.models.application import veiled_from
from core.audit.models import AuditEvent
from core.language import lazy
from core.people.models import User

ROOT = "applications.application"
LONGEST = 200
DRAFTING = (
    "application:add_member", "application:remove_member", "application:change_member", "application:join",
    "application:decline_invitation", "application:attach", "application:detach", "application:scan",
    "application:change_access", "application:invite_again", "application:let_editors_submit",
    "application:take_over_profile", "application:not_ready",
)  # fmt: skip
IN_THE_ROOM = ("meetingitem:begin", "meetingitem:call_vote", "meetingitem:cast", "meetingitem:put_off")
"""Steps of a discussion, which the minutes tell; who voted when is in nobody's history."""
BY_APPLICANTS = frozenset({
    "application:start", "application:ready", "application:sign", "application:submit", "application:hand_over",
    "application:withdraw", "application:wish_withdrawal", "inquiry:answer", "award:accept", "award:decline",
})  # fmt: skip
"""What applicants do: it is told without a name to whom the applicants are hidden."""
WORDS = {
    "application:start": lazy("Draft started"),
    "application:ready": lazy("Marked as ready"),
    "application:sign": lazy("Signed for the host"),
    "application:hand_over": lazy("Handed over to another owner"),
    "application:submit": lazy("Submitted"),
    "application:return": lazy("Returned for correction"),
    "application:stand": lazy("Not corrected by the date: the submitted version stands"),
    "application:extend": lazy("More time given"),
    "application:tick": lazy("Checklist answered"),
    "application:note": lazy("Note written"),
    "application:label": lazy("Tag or flag put on"),
    "application:unlabel": lazy("Tag or flag taken off"),
    "application:find_eligible": lazy("Found eligible"),
    "application:find_ineligible": lazy("Found not eligible"),
    "application:start_review": lazy("Sent to review"),
    "application:recommend": lazy("Recommendation recorded"),
    "application:decide": lazy("Decided"),
    "application:withdraw": lazy("Withdrawn by the applicant"),
    "application:wish_withdrawal": lazy("Withdrawn by the applicant after the release; the decision stands"),
    "application:quarantine": lazy("A file was closed"),
    "application:unquarantine": lazy("A closed file was opened again"),
    "inquiry:ask": lazy("Applicant asked"),
    "inquiry:answer": lazy("Answered by the applicant"),
    "inquiry:settle": lazy("Question settled"),
    "inquiry:share": lazy("Answer shown to the panel"),
    "assignment:add": lazy("Reviewer added"),
    "assignment:remove": lazy("Reviewer taken off the proposal"),
    "assignment:take_version": lazy("Reviewer went on with the newer version"),
    "bid:say": lazy("A panel member said whether they can review it"),
    "bid:take_back": lazy("A panel member took their word back"),
    "assignment:replace": lazy("Replacement proposed for a review that was handed back"),
    "assignment:move_due": lazy("Review given another date"),
    "assignment:keep": lazy("Reviewer kept in the proposal"),
    "assignment:release": lazy("Review released to its reviewer"),
    "assignment:accept": lazy("Reviewer declared no conflict"),
    "assignment:begin": lazy("Review begun"),
    "assignment:submit": lazy("Review submitted"),
    "assignment:reopen": lazy("Review reopened"),
    "assignment:lock": lazy("Review locked"),
    "assignment:decline": lazy("Review handed back"),
    "assignment:take_back": lazy("Review given to somebody else"),
    "assignment:recuse": lazy("Reviewer recused"),
    "assignment:reinstate": lazy("Review opened again"),
    "meetingitem:conclude": lazy("Discussed by the panel"),
    "decision:move_up": lazy("Next reserve: decision to fund prepared"),
    "decision:approve": lazy("Decision approved"),
    "decision:unapprove": lazy("Approval taken back"),
    "decision:release": lazy("Decision released"),
    "decision:supersede": lazy("Decision replaced"),
    "feedback:compose": lazy("Feedback composed from the comments"),
    "feedback:edit": lazy("Feedback edited"),
    "feedback:approve": lazy("Feedback approved"),
    "decision_inquiry:ask": lazy("Applicant asked or complained about the decision"),
    "decision_inquiry:answer": lazy("Applicant answered"),
    "award:offer": lazy("Award offered"),
    "award:accept": lazy("Award accepted"),
    "award:decline": lazy("Award declined"),
    "award:lapse": lazy("Offer lapsed"),
    "ledger:committed": lazy("Money promised"),
    "ledger:decommitted": lazy("Money given back to the fund"),
    "issuedletter:issue": lazy("Letter issued"),
    "issuedletter:hold": lazy("Letter held"),
    "issuedletter:mend": lazy("Held letter to be made once more"),
    "issuedletter:replace": lazy("Letter replaced by a new version"),
    "issuedletter:withdraw": lazy("Letter withdrawn"),
    "issuedletter:ask_version": lazy("New version of the letter asked for"),
    "payment-schedule:order": lazy("Payment schedule ordered"),
    "review-feedback:order": lazy("Copy of the feedback ordered"),
    "job:retry": lazy("Work that failed tried again"),
    "job:let_be": lazy("Work that failed given up"),
}
HIDDEN_FROM_CHAIR = (
    "application:note", "application:tick", "inquiry:", "decision:", "feedback:", "decision_inquiry:", "award:", "ledger:",
    "issuedletter:", "job:", "payment-schedule:", "review-feedback:",
)  # fmt: skip
"""What tells a chair of a decision among them: only an offer has a letter that can lack an address, and a schedule."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    words: str
    who: str


def history_of(application: Application, viewer: Any) -> list[Event]:
    """Return what happened since the draft was started, the latest first, in one query.

    A chair reads of no decision before the fund tells them, and whoever must not know who applies reads no name.
    """
    veiled = Application.objects.filter(veiled_from(viewer), pk=application.pk)
    names = User.objects.filter(pk=OuterRef("actor")).values("name")[:1]
    rows = AuditEvent.objects.filter(root_type=ROOT, root=application.pk).exclude(code__in=[*DRAFTING, *IN_THE_ROOM])
    rows = rows.annotate(name=Subquery(names), is_veiled=Exists(veiled)).order_by("-pk")[:LONGEST]
    return list(_events(rows, viewer))


def _events(rows: Any, viewer: Any) -> Iterator[Event]:
    for row in rows:
        if viewer.reads_all or not row.code.startswith(HIDDEN_FROM_CHAIR):
            yield Event(row.at, WORDS.get(row.code) or _spoken(row.code), _who(row))


def _who(row: Any) -> str:
    if row.actor is None:
        return _("The system")
    if row.is_veiled and row.code in BY_APPLICANTS:
        return _("The applicant")
    return row.name or _("A former user")


def _spoken(code: str) -> str:
    subject, __, action = code.partition(":")
    return f"{subject}: {action.replace('_', ' ').replace('-', ' ')}".capitalize()
