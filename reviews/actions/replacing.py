"""Finding somebody else for a review that was handed back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, jobs
from core.jobs import Claim
from core.states import WrongState
from fund.models import Call
from reviews.actions import conflicts
from reviews.matching import InstanceError, solve
from reviews.models import Assignment
from reviews.problem import TO_REVIEW, Pair, Problem, read_problem

TRIES = 3


class _Changed(Exception):
    """The panel or the application changed while the solver ran."""


def ask(*, application: Application) -> None:
    """Have a worker propose somebody for the open places of an application, in the transaction that opens them."""
    jobs.put("replacement", application=application.pk)


@jobs.handles("replacement")
def propose_by_job(claim: Claim) -> None:
    """Propose somebody for the open places of an application."""
    application = Application.objects.select_related("call").get(pk=claim.payload["application"])
    propose(application=application, storing=claim.filing)


def propose(
    *, application: Application, storing: Callable[[], AbstractContextManager[Any]] = transaction.atomic
) -> list[Assignment]:
    """Propose the best reviewers for the open places of one application, by the same rules as a whole call's.

    All other proposals stay as they are, and nobody is told before the next release. Where the rules leave nobody,
    or the review of the call is over, nothing is proposed, and the place stays open on the board.
    """
    call = application.call
    conflicts.raise_by_system(call=call)
    for __ in range(TRIES):
        problem = _read(call, application)
        found = solve(problem.instance).assignments if problem else ()
        try:
            with storing() as result:
                new = _store(application, problem, found)
                if result is not None:
                    result["assignments"] = [each.pk for each in new]
            return new
        except _Changed:
            continue
    raise WrongState(_("The panel or its applications changed while a reviewer was being looked for."))


def _read(call: Call, application: Application) -> Problem | None:
    """Read the places of one application as a problem of their own, if there is one that can be solved."""
    if call.state != Call.State.IN_REVIEW or application.state not in TO_REVIEW:
        return None
    try:
        problem = read_problem(call, only=application.pk)
    except InstanceError:
        return None  # those who have it already break a rule among themselves; the board shows the open place
    return problem if problem.applications else None


def _store(application: Application, problem: Problem | None, found: tuple[Pair, ...]) -> list[Assignment]:
    """Store who was found as proposals, unless what they were found for no longer holds."""
    call = Call.lock(application.call_id)
    ground = _read(call, Application.lock(application.pk))
    if (ground and ground.ground) != (problem and problem.ground):
        raise _Changed
    new = []
    for pair in found:
        if problem is not None and pair not in problem.instance.locked:
            row = Assignment.objects.create(**problem.proposed(pair))
            audit.record("assignment:replace", by=None, subject=row, application=application.pk, member=row.member_id)
            new.append(row)
    return new
