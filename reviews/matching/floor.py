"""The fairness floor: how high the worst-served application's total affinity can be.

An application counts with what it has, open places or not, so that these are spread fairly too. Only one
that could not be filled even if it were the only one is left out: it would hold the floor of all down.
"""

import math
from collections import Counter
from dataclasses import replace

import numpy as np

from reviews.matching.candidates import first_candidates
from reviews.matching.exact import Search
from reviews.matching.instance import Instance, Reviewer
from reviews.matching.programme import Clock, Goal, Limits, OutOfTime, Point
from reviews.matching.rules import Cuts

SHORT_PRICE = 1_000  # per point below the floor; where that proves nothing, `_try` pays what surely does
SURELY_SHORT = 1e-4


def highest_floor(search: Search, start: Point, limits: Limits) -> tuple[Point, int, int]:
    """Return the best point at the highest floor that was reached, that floor, and what no floor can exceed."""
    counted = _can_be_filled(search.instance)
    if not counted.any():
        return start, 0, 0
    reached, high = _lowest_total(search.instance, start, counted), best_alone(search.instance, counted)
    best, target = start, high
    most = math.ceil(search.value(Goal(affinity=1), start) + start.bound - start.value)
    while reached < high:
        point, possible = _try(search, limits, counted, target, most)
        if point is not None:
            best, reached = point, max(target, _lowest_total(search.instance, point, counted))
        elif possible == target:
            break  # neither reached nor excluded: the time is over
        else:
            high = possible
        # A long step down comes from the prices and may be exact; short ones could be many.
        target = high if possible < target - 1 else (reached + high + 1) // 2
    return best, reached, high


def best_alone(instance: Instance, counted: np.ndarray) -> int:
    """Return the smallest of the totals that each counted application could have if it were the only one.

    With an open place it may have more than when it is filled, if its best reviewers are not to sit together.
    Sorted by a bound without the organisation rule, so that few need an exact solution.
    """
    bounds = {int(row): sum(_take_alone(instance, int(row), colleagues=True)) for row in np.flatnonzero(counted)}
    smallest = math.inf
    for row in sorted(bounds, key=bounds.__getitem__):
        if bounds[row] >= smallest:
            break
        smallest = min(smallest, round(_alone(instance, row, Goal(affinity=1))[1].value))
    return int(smallest)


def _lowest_total(instance: Instance, point: Point, counted: np.ndarray) -> int:
    worth = point.pairs * instance.affinity[point.rows, point.columns]
    totals = np.bincount(point.rows, weights=worth, minlength=instance.shape[0])
    return round(totals[counted].min())


def _can_be_filled(instance: Instance) -> np.ndarray:
    """Mark the applications that could be filled if they were the only one."""
    return np.array(
        [
            len(_take_alone(instance, row, colleagues=False)) == instance.k or _is_filled_alone(instance, row)
            for row in range(instance.shape[0])
        ]
    )


def _try(search: Search, limits: Limits, counted: np.ndarray, target: int, most: int) -> tuple[Point | None, int]:
    """Return the best point with this floor, or None; and the highest floor that may still be possible."""
    limits = replace(limits, floor=counted * target)
    short, growth = search.short_at_least(limits)
    if short > SURELY_SHORT:
        return None, target - max(1, math.ceil(short / max(growth, 1) - SURELY_SHORT))
    least = target * int(counted.sum())  # what every answer at this floor is worth, and none is worth over `most`
    try:
        for price in (SHORT_PRICE, most - least + 1):
            point = search.best(Goal(affinity=1, short=price), limits)
            if not point.short(search.instance).any():
                return search.best(Goal(affinity=1), limits, known=point), target
            if point.bound < least:
                return None, target - 1
    except OutOfTime:
        pass
    return None, target


def _take_alone(instance: Instance, row: int, *, colleagues: bool) -> list[int]:
    """Take the best reviewers of one application one by one, as the group rule allows, and list their affinity.

    If `colleagues` and compatriots may sit together this is the most it can have (the group rule makes a matroid);
    if not, and every place is taken, it is a way to fill the application.
    """
    room, taken = instance.k - instance.min_groups, list[int]()
    abroad = instance.k if colleagues else instance.k - instance.min_countries
    groups, countries, organisations = set[int](), set[int](), Counter[int]()
    free = ~instance.forbidden[row] & (instance.max_loads > 0) & ~_spared(instance, row)
    for column in np.argsort(-(instance.affinity[row] + 2000 * instance.fixed[row]), kind="stable"):
        group, country = int(instance.groups[column]), int(instance.countries[column])
        organisation = int(instance.organisations[column])
        full = not colleagues and organisations[organisation] >= instance.max_per_organisation
        alike = (group in groups and not room) or (country in countries and not abroad)
        if not free[column] or full or alike:
            continue
        room -= group in groups
        abroad -= country in countries
        groups.add(group)
        countries.add(country)
        organisations[organisation] += 1
        taken.append(int(instance.affinity[row, column]))
        if len(taken) == instance.k:
            break
    return taken


def _spared(instance: Instance, row: int) -> np.ndarray:
    """Mark the reviewers who take none with a content note, if this one has one."""
    spared = np.zeros(instance.shape[1], dtype=bool)
    if instance.noted[row]:
        spared[instance.capped] = instance.note_caps == 0
    return spared


def _is_filled_alone(instance: Instance, row: int) -> bool:
    alone, point = _alone(instance, row, Goal(affinity=1, open_place=1001 * instance.k))
    return not point.open_places(alone).any()


def _alone(instance: Instance, row: int, goal: Goal) -> tuple[Instance, Point]:
    """Solve one application with every reviewer free."""
    proposal = instance.proposals[row]
    alone = replace(
        instance,
        proposals=(proposal,),
        reviewers=tuple(_free(reviewer) for reviewer in instance.reviewers),
        affinity=instance.affinity[row : row + 1],
        avoided=(),
        released=(),
        conflicts=tuple((proposal.id, instance.reviewers[at].id) for at in np.flatnonzero(instance.forbidden[row])),
        locked=tuple((proposal.id, instance.reviewers[at].id) for at in np.flatnonzero(instance.fixed[row])),
    )
    search = Search(alone, first_candidates(alone), Cuts(alone), Clock.of(60))
    return alone, search.best(goal, Limits())


def _free(reviewer: Reviewer) -> Reviewer:
    return replace(reviewer, min_load=0, max_load=min(reviewer.max_load, 1))
