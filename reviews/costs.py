"""What a change by hand costs: the best assignment with it, against the best without, of what one viewer may see."""

from dataclasses import dataclass, replace
from typing import Any

from applications.models import Application
from fund.models import Call
from reviews.matching import Instance, InstanceError, Solution
from reviews.models import PanelMember
from reviews.problem import Pair, Problem, best, read_problem

MOST_PAIRS = 40_000
"""Beyond so many pairs nobody wants to wait for the answer on a page."""
SECONDS = 4.0


@dataclass(frozen=True)
class Cost:
    """What a change does to the best that can be had."""

    with_it: Solution
    without: Solution

    @property
    def points(self) -> int:
        """By how much the total fit is less with the change."""
        return self.without.objective - self.with_it.objective

    @property
    def more_open(self) -> int:
        """How many places more stay open with the change."""
        return len(self.with_it.unfilled) - len(self.without.unfilled)

    @property
    def is_proved(self) -> bool:
        """Whether both are the optimum, so that the difference is exact."""
        return self.with_it.proved and self.without.proved


def of_adding(call: Call, viewer: Any, application: Application, member: PanelMember) -> Cost | None:
    """Compare the best assignment in which a member has the application with the best of all."""
    return _compared(call, viewer, (application.pk, member.pk), adds=True)


def of_removing(call: Call, viewer: Any, application: Application, member: PanelMember) -> Cost | None:
    """Compare the best assignment in which a member does not have the application with the best in which they may."""
    return _compared(call, viewer, (application.pk, member.pk), adds=False)


def _compared(call: Call, viewer: Any, keys: tuple[int, int], *, adds: bool) -> Cost | None:
    """Solve it twice; None where it is too large to wait for, or the pair has no place in what is to be assigned."""
    seen = Application.objects.visible_to_fund(viewer).filter(call=call)
    try:
        problem = read_problem(call, seen=set(seen.values_list("pk", flat=True)), free=keys)
        pair = _named(problem, keys)
        if pair is None or problem.instance.affinity.size > MOST_PAIRS:
            return None
        changed = replace(
            problem, instance=_locked(problem.instance, pair) if adds else _barred(problem.instance, pair)
        )
    except InstanceError:
        return None
    return Cost(with_it=best(changed, seconds=SECONDS), without=best(problem, seconds=SECONDS))


def _named(problem: Problem, keys: tuple[int, int]) -> Pair | None:
    application = next((name for name, key in problem.applications.items() if key == keys[0]), None)
    member = next((name for name, key in problem.members.items() if key == keys[1]), None)
    return None if application is None or member is None else (application, member)


def _locked(instance: Instance, pair: Pair) -> Instance:
    return replace(instance, locked=tuple(sorted({*instance.locked, pair})))


def _barred(instance: Instance, pair: Pair) -> Instance:
    return replace(instance, conflicts=tuple(sorted({*instance.conflicts, pair})))
