"""Finding somebody else for a review that was handed back or lost to a tie."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, clock, jobs
from core.jobs import Claim
from core.language import lazy
from core.states import WrongState
from fund.models import Call
from reviews.actions import conflicts
from reviews.actions.assigning import open_places
from reviews.matching import InstanceError, Solution, solve
from reviews.models import Assignment, MatchingRun
from reviews.problem import TO_REVIEW, Problem, read_problem

TRIES = 3


class _Changed(Exception):
    """The panel or the application changed while the solver ran."""


@dataclass(frozen=True)
class _Gap:
    """The open places of one application: as a problem of their own, or why they make none."""

    problem: Problem | None = None
    obstacle: str = ""

    @property
    def ground(self) -> tuple[object, ...]:
        """What must still hold when the answer is stored."""
        return self.problem.ground if self.problem else (self.obstacle,)


@jobs.handles("replacement", lazy("Search for another reviewer"))
def propose_by_job(claim: Claim) -> None:
    """Propose somebody for the open places of an application."""
    application = Application.objects.select_related("call").get(pk=claim.payload["application"])
    propose(application=application, storing=claim.filing)


def propose(
    *, application: Application, storing: Callable[[], AbstractContextManager[Any]] = transaction.atomic
) -> list[Assignment]:
    """Propose the best reviewers for the open places of one application, by the same rules as a whole call's.

    All other proposals stay as they are, and nobody is told before the next release. Where the rules leave nobody, the
    place stays open on the board, with the reason; once the review of the call is over, nothing is proposed.
    """
    call = application.call
    conflicts.raise_by_system(call=call)
    for __ in range(TRIES):
        gap = _read(call, application)
        found = solve(gap.problem.instance) if gap.problem else None
        try:
            with storing() as result:
                new = _store(application, gap, found)
                if result is not None:
                    result["assignments"] = [each.pk for each in new]
            return new
        except _Changed:
            continue
    raise WrongState(_("The panel or its applications changed while a reviewer was being looked for."))


def _read(call: Call, application: Application) -> _Gap:
    """Read the open places of one application, if there are any to fill."""
    if call.state != Call.State.IN_REVIEW or application.state not in TO_REVIEW:
        return _Gap()
    try:
        problem = read_problem(call, only=application.pk)
    except InstanceError as error:
        return _Gap(obstacle=str(error))  # those who have it already break a rule among themselves
    return _Gap(problem if problem.applications else None)


def _store(application: Application, gap: _Gap, found: Solution | None) -> list[Assignment]:
    """Store who was found as proposals, and what stays open and why, unless what it was found for no longer holds."""
    call = Call.lock(application.call_id)
    application = Application.lock(application.pk)
    if _read(call, application).ground != gap.ground:
        raise _Changed
    if gap.problem is None and not gap.obstacle:
        return []
    run = MatchingRun.objects.create(
        call=call, application=application, objective=found.objective if found else 0, made_at=clock.now(),
        is_proved=found is not None and found.proved,
        unfilled=open_places(found) if found else [{"proposal": str(application.reference), "reason": gap.obstacle}],
    )  # fmt: skip
    if gap.problem is None or found is None:
        return []
    locked = set(gap.problem.instance.locked)
    return [_put(gap.problem.proposed(pair), run) for pair in found.assignments if pair not in locked]


def _put(proposed: dict[str, Any], run: MatchingRun) -> Assignment:
    row = Assignment.objects.create(**proposed, run=run, proposed_at=run.made_at)
    audit.record("assignment:replace", by=None, subject=row, application=row.application_id, member=row.member_id)
    return row
