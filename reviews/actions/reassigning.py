"""Assigning anew what was released and not begun: planned for a price, looked at, and stored as a whole."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.core.exceptions import ValidationError
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
from reviews.actions.assigning import TAKEN_BACK, must_run, open_places, put_proposals, read
from reviews.matching import InstanceError, Solution
from reviews.models import Assignment, MatchingRun, Reassignment
from reviews.problem import Pair, Problem, best, read_problem

MOST_PRICE = 1000
USUAL_PRICE = 200
"""By how much the fit must gain before a released review goes to somebody else; our own choice."""


@transaction.atomic
def ask_for_plan(*, call: Call, price: int, by: User) -> Batch:
    """Have a worker work out what would be better, and return the batch whose progress is watched."""
    must_run(call, by)
    _check(price)
    batch = jobs.open_batch(title=f"Assignment worked out anew: {call}", by=by, subject=call)
    jobs.put("rematching", priority=jobs.Priority.URGENT, batch=batch, call=call.pk, price=price, by=by.pk)
    return batch


@jobs.handles("rematching", lazy("Assignment worked out anew"))
def plan_by_job(claim: Claim) -> None:
    """Work out what would be better."""
    call, by = Call.objects.get(pk=claim.payload["call"]), User.objects.get(pk=claim.payload["by"])
    plan(call=call, price=claim.payload["price"], by=by, storing=claim.filing)


def plan(
    *, call: Call, price: int, by: User | None,
    storing: Callable[[], AbstractContextManager[Any]] = transaction.atomic,
) -> Reassignment:  # fmt: skip
    """Solve who reviews what if a released assignment that is not begun may move for more than the price.

    Nothing is changed by it. What the person is recused from does not move.
    """
    must_run(call, by)
    _check(price)
    conflicts.raise_by_system(call=call, by=by)
    problem = read(call, moves=_seen(call, by), price=price)
    solution = best(problem)
    with storing() as result:
        made = Reassignment.objects.create(
            call=call, price=price, is_proved=solution.proved, made_at=clock.now(), made_by=by, ground=problem.digest,
            chosen=_chosen(problem, solution), removed=_removed(call, problem, solution), unfilled=open_places(solution),
        )  # fmt: skip
        if result is not None:
            result["plan"] = made.pk
    return made


def _check(price: int) -> None:
    if not 0 <= price <= MOST_PRICE:
        raise ValidationError({"price": _("Write a number of points from 0 to 1000.")})


def _seen(call: Call, by: User | None) -> set[int]:
    seen = Application.objects.all() if by is None else Application.objects.visible_to_fund(by)
    return set(seen.filter(call=call).values_list("pk", flat=True))


def _keys(problem: Problem, pair: Pair) -> tuple[int, int, int]:
    application, member = pair
    affinity = problem.instance.affinity[problem.instance.row[application], problem.instance.column[member]]
    return problem.applications[application], problem.members[member], int(affinity)


def _chosen(problem: Problem, solution: Solution) -> list[list[int]]:
    pairs = set(solution.assignments) - set(problem.instance.locked)
    return [list(_keys(problem, pair)) for pair in sorted(pairs)]


def _removed(call: Call, problem: Problem, solution: Solution) -> list[list[int]]:
    gone = [_keys(problem, pair) for pair in sorted(set(problem.instance.released) - set(solution.assignments))]
    rows = Assignment.objects.filter(application__call=call).active().order_by()
    keys = {(application, member): pk for pk, application, member in rows.values_list("pk", "application", "member")}
    return [[keys[application, member], application, member, affinity] for application, member, affinity in gone]


@transaction.atomic
def store(*, plan: Reassignment, by: User | None) -> MatchingRun:
    """Do what a plan says: take back what it gives to others, and put its proposals; refused if the ground changed."""
    call = Call.lock(plan.call_id)
    must_run(call, by)
    plan = Reassignment.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if plan.stored_at is not None:
        raise WrongState(_("This plan is stored already."))
    moves = _seen(call, plan.made_by)
    if not moves <= _seen(call, by):  # whether it moves something there or not: the refusal must not tell
        raise WrongState(
            _("This was worked out for somebody who may see more of the call. Have it worked out for you.")
        )
    problem = _read_again(call, plan, moves)
    now = clock.now()
    taken = _take_back([row[0] for row in plan.removed], by)
    run = MatchingRun.objects.create(
        call=call, objective=sum(row[2] for row in plan.chosen) + problem.instance.total(problem.instance.locked),
        is_proved=plan.is_proved, made_at=now, made_by=by, unfilled=plan.unfilled,
    )  # fmt: skip
    put_proposals(problem, run, _names(problem, plan) - set(problem.instance.released), by)
    plan.stored_at, plan.stored_by = now, by
    plan.save(update_fields=["stored_at", "stored_by"])
    audit.record("call:store_reassignment", by=by, subject=call, plan=plan.pk, price=plan.price, taken_back=len(taken))
    _tell(call, taken)
    return run


def _read_again(call: Call, plan: Reassignment, moves: set[int]) -> Problem:
    try:
        problem = read_problem(call, moves=moves, price=plan.price)
    except InstanceError:
        problem = None
    if problem is None or problem.digest != plan.ground:
        raise WrongState(_("The panel, its applications or the reviews changed since. Have it worked out again."))
    return problem


def _names(problem: Problem, plan: Reassignment) -> set[Pair]:
    applications = {key: name for name, key in problem.applications.items()}
    members = {key: name for name, key in problem.members.items()}
    return {(applications[application], members[member]) for application, member, __ in plan.chosen}


def _take_back(keys: list[int], by: User | None) -> list[Assignment]:
    of = Assignment.objects.filter(pk__in=keys).values("application")
    list(Application.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=of).order_by("pk"))
    locked = Assignment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    found = list(locked.select_related("application", "member__person"))
    for assignment in found:
        assignment.take("take_back", by=by)
        assignment.decline_reason = TAKEN_BACK
    Assignment.objects.bulk_update(found, ["decline_reason"], batch_size=200)
    return found


def _tell(call: Call, taken: list[Assignment]) -> None:
    by_member: dict[int, list[Assignment]] = {}
    for assignment in taken:
        by_member.setdefault(assignment.member_id, []).append(assignment)
    for __, mine in sorted(by_member.items()):
        mail.queue("reviews/mail/taken-back.txt", to=mine[0].member.person, call=call, assignments=mine)
