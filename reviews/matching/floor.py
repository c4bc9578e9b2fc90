"""The fairness floor: how high the worst-served application's total affinity can be.

An application with an open place is left out: what it lacks is named as unfilled instead.
"""

import math
from dataclasses import replace

import numpy as np

from reviews.matching.candidates import first_candidates
from reviews.matching.exact import Search
from reviews.matching.instance import Instance, Reviewer
from reviews.matching.programme import Clock, Goal, Limits, OutOfTime, Point
from reviews.matching.rules import Cuts

SHORT_PRICE = 1_000  # per point below the floor; where that is not enough, `_try` finds one that is
SURELY_SHORT = 1e-4


def highest_floor(search: Search, start: Point, limits: Limits) -> tuple[Point, int, int]:
    """Return the best point at the highest floor that was reached, that floor, and what no floor can exceed."""
    reached, high = lowest_total(search.instance, start), best_alone(search.instance)
    if high is None or reached is None:
        return start, 0, 0
    best, target = start, high
    while reached < high:
        point, possible = _try(search, replace(limits, floor=target))
        if point is not None:
            best, reached = point, target
        elif possible == high:
            break  # neither reached nor excluded: the time is over
        target = possible if possible < target - 1 else (reached + possible + 1) // 2
        high = possible
    return best, reached, high


def lowest_total(instance: Instance, point: Point) -> int | None:
    """Return the lowest total of an application without open places, None if there is none."""
    worth = point.pairs * instance.affinity[point.rows, point.columns]
    totals = np.bincount(point.rows, weights=worth, minlength=instance.shape[0])
    full = totals[np.rint(point.open_places(instance)) == 0]
    return round(full.min()) if len(full) else None


def best_alone(instance: Instance) -> int | None:
    """Return the smallest of the totals that each application could have if it were the only one.

    Sorted by a bound without the organisation rule, so that few need an exact solution.
    """
    bounds = [_bound_alone(instance, row) for row in range(instance.shape[0])]
    smallest: int | None = None
    for row in np.argsort(bounds, kind="stable"):
        if smallest is not None and bounds[row] >= smallest:
            break
        total = _exact_alone(instance, int(row))
        if total is not None and (smallest is None or total < smallest):
            smallest = total
    return smallest


def _try(search: Search, limits: Limits) -> tuple[Point | None, int]:
    """Return the best point with this floor, or None; and the highest floor that may still be possible."""
    target = limits.floor or 0
    short, growth = search.short_at_least(limits)
    if short > SURELY_SHORT:
        return None, target - max(1, math.ceil(short / max(growth, 1) - SURELY_SHORT))
    try:
        point = search.best(Goal(affinity=1, short=SHORT_PRICE), limits)
        if not point.short(search.instance).any():
            return point, target
        # No answer at this floor is worth less than the floor everywhere, so this price leaves no doubt.
        least = target * (search.instance.shape[0] - (limits.open_places or 0))
        point = search.best(Goal(affinity=1, short=max(SHORT_PRICE, int(point.bound) - least + 1)), limits)
        if not point.short(search.instance).any():
            return search.best(Goal(affinity=1), limits, known=point), target
        return None, target - 1 if point.bound < least else target
    except OutOfTime:
        return None, target


def _bound_alone(instance: Instance, row: int) -> int:
    """Take the best reviewers greedily under the group rule: exact without the organisation rule (a matroid)."""
    room, total, places = instance.k - instance.min_groups, 0, instance.k
    seen: set[int] = set()
    for column in np.argsort(-instance.affinity[row], kind="stable"):
        group = int(instance.groups[column])
        if not places:
            break
        if instance.forbidden[row, column] or not instance.max_loads[column] or (group in seen and not room):
            continue
        room -= group in seen
        seen.add(group)
        total += int(instance.affinity[row, column])
        places -= 1
    return total


def _exact_alone(instance: Instance, row: int) -> int | None:
    """Solve one application with every reviewer free, None if it cannot be filled even so."""
    proposal = instance.proposals[row]
    alone = Instance(
        proposals=(proposal,),
        reviewers=tuple(_free(reviewer) for reviewer in instance.reviewers),
        affinity=instance.affinity[row : row + 1],
        k=instance.k,
        min_groups=instance.min_groups,
        max_per_organisation=instance.max_per_organisation,
        conflicts=tuple((proposal.id, instance.reviewers[at].id) for at in np.flatnonzero(instance.forbidden[row])),
        locked=tuple((proposal.id, instance.reviewers[at].id) for at in np.flatnonzero(instance.fixed[row])),
    )
    search = Search(alone, first_candidates(alone), Cuts(alone), Clock.of(60))
    point = search.best(Goal(affinity=1, open_place=1001 * instance.k), Limits())
    return None if point.open_places(alone).any() else round(point.value)


def _free(reviewer: Reviewer) -> Reviewer:
    return replace(reviewer, min_load=0, max_load=min(reviewer.max_load, 1))
