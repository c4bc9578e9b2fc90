"""Who reviews what: proposed by the solver, adjusted by hand, released to the reviewers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from applications.models import Application
from core import audit, clock, jobs, mail
from core.jobs import Claim
from core.jobs.models import Batch
from core.language import lazy
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.actions import conflicts
from reviews.fitting import Fitting
from reviews.matching import InstanceError, Solution
from reviews.models import Assignment, MatchingRun, PanelMember
from reviews.problem import TO_REVIEW, Pair, Problem, best, read_problem

State = Assignment.State
TRIES = 3
TAKEN_BACK = "Given to somebody else by the fund"


class _Changed(Exception):
    """The panel or its applications changed while the solver ran."""


@transaction.atomic
def ask_for_proposal(*, call: Call, by: User) -> Batch:
    """Have a worker propose who reviews what, and return the batch whose progress is watched."""
    must_run(call, by)
    batch = jobs.open_batch(title=f"Assignment of reviewers: {call}", by=by, subject=call)
    jobs.put("matching", priority=jobs.Priority.URGENT, batch=batch, call=call.pk, by=by.pk)
    return batch


@jobs.handles("matching", lazy("Assignment of reviewers"))
def propose_by_job(claim: Claim) -> None:
    """Propose who reviews what in a call."""
    call = Call.objects.get(pk=claim.payload["call"])
    propose(call=call, by=User.objects.get(pk=claim.payload["by"]), storing=claim.filing)


def propose(
    *, call: Call, by: User | None, storing: Callable[[], AbstractContextManager[Any]] = transaction.atomic
) -> MatchingRun:
    """Solve who reviews what, and store it as proposals that only those who run the panel see.

    Loads are balanced, and only where that leaves a place open they go up to what each member agreed to.
    Proposals of an earlier run are replaced; what was released, or kept by hand, stays. The solver runs outside
    any transaction; if the ground changed meanwhile, it runs again.
    """
    must_run(call, by)
    conflicts.raise_by_system(call=call, by=by)
    for __ in range(TRIES):
        problem = read(call)
        solution = best(problem)
        try:
            with storing() as result:
                run = _store(call, problem, solution, by)
                if result is not None:
                    result["run"] = run.pk
            return run
        except _Changed:
            continue
    raise WrongState(_("The panel or its applications changed while reviewers were being matched. Try again."))


def must_run(call: Call, by: User | None) -> None:
    """Refuse whoever does not run the panel."""
    if by is not None and not by.has_perm("reviews.run_panel", call):
        raise PermissionDenied(_("Reviewers are assigned by an administrator or the chair of the panel."))


def read(call: Call, **scope: Any) -> Problem:
    """Read the assignment problem of a call, or say what to change in it before it can be solved."""
    try:
        return read_problem(call, **scope)
    except InstanceError as error:
        raise ValidationError(str(error)) from error


def _store(call: Call, problem: Problem, solution: Solution, by: User | None) -> MatchingRun:
    """Replace the proposals by a solution, unless what it was made for no longer holds."""
    call = Call.lock(call.pk)
    if read(call).ground != problem.ground:
        raise _Changed
    run = MatchingRun.objects.create(
        call=call, objective=solution.objective, is_proved=solution.proved, made_at=clock.now(), made_by=by,
        unfilled=open_places(solution),
    )  # fmt: skip
    put_proposals(problem, run, set(solution.assignments) - set(problem.instance.locked), by)
    return run


def open_places(solution: Solution) -> list[dict[str, str]]:
    """Give the open places as they are stored."""
    return [{"proposal": place.proposal, "reason": place.reason} for place in solution.unfilled]


def put_proposals(problem: Problem, run: MatchingRun, chosen: set[Pair], by: User | None) -> None:
    """Replace the proposals of earlier runs, but those kept by hand, by the chosen pairs."""
    old = Assignment.objects.filter(application__call=run.call, state=State.PROPOSED, is_kept=False)
    removed, __ = old.delete()
    new = [Assignment(**problem.proposed(pair), run=run, proposed_at=run.made_at) for pair in sorted(chosen)]
    Assignment.objects.bulk_create(new, batch_size=500)
    audit.record(
        "call:propose_reviewers", by=by, subject=run.call, run=run.pk, proposed=len(new), replaced=removed,
        open_places=len(run.unfilled), is_proved=run.is_proved,
    )  # fmt: skip


@transaction.atomic
def add(*, application: Application, member: PanelMember, by: User | None) -> Assignment:
    """Propose one reviewer by hand, which a new run of the solver keeps."""
    call = Call.lock(application.call_id)
    application = Application.lock(application.pk)
    member = PanelMember.objects.select_related("person").get(pk=member.pk)
    row = Assignment(application=application, member=member, is_kept=True)
    if by is not None and not by.has_perm("reviews.run_assignment", row):
        raise PermissionDenied(_("Reviewers are assigned by an administrator or the chair, free of ties themselves."))
    if application.state not in TO_REVIEW:
        raise WrongState(_("Only applications that are eligible or in review get reviewers."))
    conflicts.raise_by_system(call=call)
    _must_fit(application, member)
    row.save()
    audit.record("assignment:add", by=by, subject=row, application=application.pk, member=member.pk)
    return row


def _must_fit(application: Application, member: PanelMember) -> None:
    if Assignment.objects.held().filter(application=application, member=member).exists():
        raise WrongState(_("%(name)s is already assigned to this application.") % {"name": member.person.name})
    held = Assignment.objects.held().filter(member=member)
    if refusal := Fitting.of(application, held).refusal(member, held.count()):
        raise ValidationError({"member": refusal})


@transaction.atomic
def keep(*, assignment: Assignment, is_kept: bool, by: User) -> Assignment:
    """Mark a proposal as one that a new run of the solver leaves as it is, or take the mark off."""
    assignment = _locked_proposal(assignment, by)
    assignment.is_kept = is_kept
    assignment.save(update_fields=["is_kept"])
    audit.record("assignment:keep", by=by, subject=assignment, is_kept=is_kept)
    return assignment


@transaction.atomic
def remove(*, assignment: Assignment, by: User) -> None:
    """Take a reviewer off an application: a proposal is deleted, an owed review is taken back."""
    Application.lock(assignment.application_id)
    assignment = Assignment.lock(assignment.pk)
    if assignment.state == State.PROPOSED:
        assignment = _locked_proposal(assignment, by)
        audit.record("assignment:remove", by=by, subject=assignment, application=assignment.application_id)
        assignment.delete()
        return
    assignment.take("take_back", by=by)
    assignment.decline_reason = TAKEN_BACK
    assignment.save(update_fields=["decline_reason"])


def _locked_proposal(assignment: Assignment, by: User) -> Assignment:
    assignment = Assignment.lock(assignment.pk)
    if not by.has_perm("reviews.run_assignment", assignment):
        raise PermissionDenied(_("Reviewers are assigned by an administrator or the chair, free of ties themselves."))
    if assignment.state != State.PROPOSED:
        raise WrongState(_("This assignment was released already, so it is no longer a proposal."))
    return assignment


@transaction.atomic
def release(*, call: Call, due_at: datetime, by: User | None) -> list[Assignment]:
    """Show the proposals to their reviewers, with one mail to each, and return what was released.

    What the releasing person is recused from stays proposed, for somebody else to release.
    """
    call = Call.lock(call.pk)
    must_run(call, by)
    if call.state != Call.State.IN_REVIEW:
        raise WrongState(_("Start the review of this call first; then release the assignments."))
    if due_at <= clock.now():
        raise ValidationError({"due_at": _("This date has passed. Choose one that leaves time to review.")})
    found = _releasable(call, by)
    if not found:
        raise WrongState(_("There is nothing to release. Propose an assignment first."))
    now = clock.now()
    for application in _unstarted(found):
        application.take("start_review", by=by)
    for assignment in found:
        assignment.take("release", by=by)
        assignment.released_at, assignment.due_at = now, due_at
    Assignment.objects.bulk_update(found, ["released_at", "due_at"], batch_size=200)
    audit.record("call:release_assignments", by=by, subject=call, assignments=len(found))
    _tell(call, found, due_at)
    return found


def _releasable(call: Call, by: User | None) -> list[Assignment]:
    seen = Assignment.objects.all() if by is None else Assignment.objects.visible_to(by)
    keys = list(seen.filter(application__call=call, state=State.PROPOSED).values_list("pk", flat=True))
    applications = Assignment.objects.filter(pk__in=keys).values("application")
    list(Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=applications).order_by("pk"))
    locked = Assignment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys, state=State.PROPOSED)
    return list(locked.select_related("application", "member__person").order_by("pk"))


def _unstarted(assignments: list[Assignment]) -> list[Application]:
    unique = {each.application_id: each.application for each in assignments}
    return [each for __, each in sorted(unique.items()) if each.state == Application.State.ELIGIBLE]


def _tell(call: Call, released: list[Assignment], due_at: datetime) -> None:
    by_member: dict[int, list[Assignment]] = {}
    for assignment in released:
        by_member.setdefault(assignment.member_id, []).append(assignment)
    for __, mine in sorted(by_member.items()):
        mail.queue("reviews/mail/released.txt", to=mine[0].member.person, call=call, assignments=mine, until=due_at)
