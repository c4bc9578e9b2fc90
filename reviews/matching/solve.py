"""Assign reviewers to applications: the exact optimum, or the best answer with what could not be filled."""

import time
from dataclasses import replace

import numpy as np

from reviews.matching.candidates import first_candidates
from reviews.matching.exact import Search
from reviews.matching.explain import explain_unfilled, explain_unmet
from reviews.matching.floor import highest_floor
from reviews.matching.instance import Instance, Solution
from reviews.matching.programme import Clock, Goal, Limits, OutOfTime, Point
from reviews.matching.rules import Cuts

SECONDS = 600.0
OPEN_PRICE = 20_000  # of a place, in points of affinity: a filled answer never pays it, see `_settle`
UNMET_PRICE = 10_000


def solve(instance: Instance, *, floor: bool = False, seconds: float = SECONDS) -> Solution:
    """Maximise the total affinity under every rule; conflicts are never crossed and locks always kept.

    Where not all can be had: fewest open places, then fewest unmet least loads, then (with `floor`) the
    highest total of the worst-served application, then the highest total. After `seconds` the best answer
    found so far is returned with `proved=False`.
    """
    started = time.monotonic()
    if 0 in instance.shape:
        return Solution((), 0, explain_unfilled(instance, ()), explain_unmet(instance, ()))
    search = Search(instance, first_candidates(instance), Cuts(instance), Clock.of(seconds))
    point, limits, proved = _settle(search)
    reached = high = None
    if floor:
        point, reached, high = highest_floor(search, point, limits)
        proved = proved and reached == high
    answer = _answer(instance, point, proved=proved)
    return replace(answer, floor=reached, floor_bound=high, seconds=time.monotonic() - started)


def _settle(search: Search) -> tuple[Point, Limits, bool]:
    """Find the best point, and the fewest open places and unmet loads as limits for what follows.

    If high prices leave nothing open, the point is the optimum whatever the prices are. Else the counts
    are minimised one after the other, so that no price has to be high enough.
    """
    first = search.best(Goal(affinity=1, open_place=OPEN_PRICE, unmet=UNMET_PRICE), Limits())
    if not first.slack.any():
        return first, Limits(open_places=0, unmet=0), True
    try:
        opened = search.best(Goal(open_place=1), Limits(), known=first)
        limits = Limits(open_places=-round(opened.value))
        unmet = search.best(Goal(unmet=1), limits, known=opened)
        limits = replace(limits, unmet=-round(unmet.value))
        # Where these are the first point's own counts, it pays the same prices as every other such point.
        best = first if unmet.pairs is first.pairs else search.best(Goal(affinity=1), limits)
        return best, limits, _is_proved(opened) and _is_proved(unmet)
    except OutOfTime:
        opened_now, unmet_now = first.open_places(search.instance).sum(), first.unmet(search.instance).sum()
        return first, Limits(open_places=round(opened_now), unmet=round(unmet_now)), False


def _is_proved(point: Point) -> bool:
    return point.bound < point.value + 1 - 1e-6


def _answer(instance: Instance, point: Point, *, proved: bool) -> Solution:
    taken = np.zeros(instance.shape, dtype=bool)
    chosen = point.pairs > 0.5
    taken[point.rows[chosen], point.columns[chosen]] = True
    total = int(instance.affinity[taken].sum(dtype=np.int64))
    assignments = instance.pairs(taken)
    return Solution(
        assignments=assignments,
        objective=total,
        unfilled=explain_unfilled(instance, assignments),
        unmet=explain_unmet(instance, assignments),
        proved=proved and _is_proved(point),
        bound=total if _is_proved(point) else total + int(point.bound - point.value),
    )
