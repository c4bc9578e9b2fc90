"""What happened to an application, as far as its applicant may know.

From submission to release there is one state for the applicant: whatever staff and panel do in between leaves no
trace here, not even a date.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.language import lazy
from core.states import Shape, Wording


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the audit trail, as the timeline reads it."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One node of the path; `at` is empty for what is still to come."""

    words: str
    shape: Shape
    at: datetime | None = None
    detail: str = ""
    is_current: bool = False
    url: str = ""


KNOWN = {
    "application:start": (lazy("Draft started"), Shape.DONE),
    "application:extend": (lazy("More time given to this application"), Shape.DONE),
    "application:submit": (lazy("Submitted"), Shape.DONE),
    "application:return": (lazy("Returned to you for correction"), Shape.DONE),
    "application:stand": (lazy("Not corrected by the date: what you submitted stands"), Shape.DONE),
    "inquiry:ask": (lazy("The fund asked you something"), Shape.DONE),
    "inquiry:answer": (lazy("Answered by you"), Shape.DONE),
    "application:withdraw": (lazy("Withdrawn by you"), Shape.STOPPED),
    "application:wish_withdrawal": (lazy("Withdrawn by you"), Shape.STOPPED),
}
"""The only events that an applicant reads of."""
WITHDRAWALS = ("application:withdraw", "application:wish_withdrawal")
TURNS = ("application:submit", "application:return", "application:stand")


def timeline(
    events: Iterable[Event], *, returns: Sequence[str] = (), outcome: Wording | None = None,
    released_at: datetime | None = None, expected_at: datetime | None = None,
) -> list[Step]:  # fmt: skip
    """Return the path: what happened, where it stands, what is to come. `returns` are the texts of the returns."""
    known = [event for event in events if event.code in KNOWN]
    steps = list(_past(known, returns))
    if any(event.code in WITHDRAWALS for event in known) and outcome is None:
        return steps
    if outcome is not None:
        return [*steps, Step(outcome.applicant, outcome.mark("applicant"), released_at, is_current=True)]
    was_submitted = any(event.code == "application:submit" for event in known)
    if was_submitted:
        steps.append(_present(known))
        steps.append(Step(_("Decision"), Shape.TO_COME, expected_at))
    return steps


def _past(known: Iterable[Event], returns: Sequence[str]) -> Iterable[Step]:
    texts = iter(returns)
    submissions = 0
    for event in known:
        words, shape = KNOWN[event.code]
        if event.code == "application:submit":
            submissions += 1
            words = _("Submitted") if submissions == 1 else _("Submitted again")
        detail = next(texts, "") if event.code == "application:return" else ""
        yield Step(words, shape, event.at, detail)


def _present(known: Sequence[Event]) -> Step:
    turns = [event.code for event in known if event.code in TURNS]
    if turns[-1] == "application:return":
        return Step(_("Please correct and submit again"), Shape.YOURS, is_current=True)
    return Step(_("We are reading your application"), Shape.MOVING, is_current=True)
