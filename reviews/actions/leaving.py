"""Leaving a place: whoever hands a review back, or is recused from it, leaves it to somebody else, who is looked for."""

from core import audit, jobs
from core.people.models import User
from reviews.models import Assignment

State = Assignment.State


def leave(*, assignment: Assignment, step: str, by: User | None) -> None:
    """Take a locked assignment out of its reviewer's queue, and have a worker propose somebody for the place."""
    assignment.take(step, by=by)
    _look_for_somebody(assignment)


def withdraw(*, assignment: Assignment, by: User | None) -> None:
    """Delete a locked proposal, which nobody has seen, and have a worker propose somebody else."""
    _delete(assignment, by)
    _look_for_somebody(assignment)


def _look_for_somebody(assignment: Assignment) -> None:
    jobs.put("replacement", application=assignment.application_id)


def make_room(*, assignment: Assignment, by: User | None) -> None:
    """Delete the latest proposals, but those by hand, that the places of an application do not take beside this one."""
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).held()
    held = list(rows.filter(application=assignment.application_id).order_by("-pk"))
    spare = max(len(held) - assignment.application.call.reviews_each, 0)
    for proposal in [each for each in held if each.state == State.PROPOSED and not each.is_kept][:spare]:
        _delete(proposal, by)


def _delete(proposal: Assignment, by: User | None) -> None:
    audit.record("assignment:remove", by=by, subject=proposal, application=proposal.application_id)
    proposal.delete()
