"""The exact optimum of a goal over all pairs, found on few of them.

1. Relax over the candidates; add outside pairs that would pay under its prices; repeat until none would.
   The prices then bound every answer over all pairs.
2. Solve exactly over the pairs whose reduced cost is near 0. A pair that loses more than the gap between
   bound and answer can be in no better answer (reduced-cost fixing), so if the gap is within the width,
   the answer is the optimum over all pairs. Otherwise widen and repeat.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from reviews.matching.instance import Instance
from reviews.matching.programme import Clock, Goal, Limits, OutOfTime, Point, Prices, Programme
from reviews.matching.rules import TOLERANCE, Cuts

SLAB = 512  # proposals priced at a time, to bound the memory
NEW_PER_PROPOSAL = 8
FIRST_WIDTH, WIDEN, WIDEST = 20.0, 8, 1e9
BOUND_TOLERANCE = 1e-4


@dataclass
class Search:
    """The candidates and cuts of one instance, shared by all goals that are solved on it."""

    instance: Instance
    mask: np.ndarray
    cuts: Cuts
    clock: Clock

    def best(self, goal: Goal, limits: Limits, *, known: Point | None = None) -> Point:
        """Find the best point of a goal; it is proved if its bound, rounded down, is its value.

        `known` is a point within the limits: if the relaxation shows that none is better, it is the answer.
        """
        enough = -math.inf if known is None else self.value(goal, known)
        point, prices, bound = self._relaxed(goal, limits, enough)
        if known is not None and bound <= enough:
            return replace(known, value=enough, bound=enough)
        if self._is_whole(point):
            return _with_bound(point, point.value)
        return self._whole(goal, limits, point, prices, bound)

    def _whole(self, goal: Goal, limits: Limits, point: Point, prices: Prices, bound: float) -> Point:
        """Find the best whole point, over more and more pairs until no other can be in a better one."""
        width, best = FIRST_WIDTH, None
        while width <= WIDEST:
            found = self._near_best(goal, limits, point, prices, width)
            if found is not None and (best is None or found.value > best.value):
                best = found
            if found is not None and best is not None and bound - best.value <= width:
                # Nothing outside can improve, so the bound of the programme near 0 holds for all pairs.
                return _with_bound(best, min(bound, max(found.bound, best.value)))
            if self.clock.left <= 0:
                break
            width = width * WIDEN if best is None else bound - best.value + 1
        if best is None:
            raise OutOfTime("The time ended before an answer was found.")
        return _with_bound(best, bound)

    def _near_best(self, goal: Goal, limits: Limits, point: Point, prices: Prices, width: float) -> Point | None:
        """Solve over the pairs that lose at most `width`, those that gain more being taken."""
        near, sure = self._near(goal, prices, point, width)
        try:
            found = self._programme(goal, limits, near).solve(self.clock, sure=sure[near])
        except OutOfTime:
            return None
        if found is not None:
            chosen = found.pairs > 0.5
            self.mask[found.rows[chosen], found.columns[chosen]] = True
        return found

    def short_at_least(self, limits: Limits) -> tuple[float, float]:
        """Bound the shortfall to the floor from below with one relaxation, and its growth per point of floor."""
        point, prices = self._programme(Goal(short=1), limits, self.mask).relax()
        _, missed = self._add_paying(Goal(short=1), prices)
        return -(point.value + missed), float(prices.floor.sum())

    def _relaxed(self, goal: Goal, limits: Limits, enough: float) -> tuple[Point, Prices, float]:
        """Relax until no rule is broken and no outside pair would pay, or until the bound is low enough.

        The bound holds over all pairs: what all outside pairs that pay could add is part of it.
        """
        while True:
            programme = self._programme(goal, limits, self.mask)
            point, prices = programme.relax()
            new_cuts = self.cuts.add_broken(point.rows, point.columns, point.pairs)
            new_pairs, missed = self._add_paying(goal, prices)
            bound = math.floor(point.value + missed + BOUND_TOLERANCE)
            if bound <= enough or (not new_cuts and (not new_pairs or missed < BOUND_TOLERANCE)):
                return point, prices, bound

    def _programme(self, goal: Goal, limits: Limits, mask: np.ndarray) -> Programme:
        rows, columns = np.nonzero(mask)
        return Programme(self.instance, goal, limits, self.cuts, rows, columns)

    def _add_paying(self, goal: Goal, prices: Prices) -> tuple[int, float]:
        """Take in the outside pairs that pay most; say how many, and how much all that pay could add."""
        added, missed = 0, 0.0
        for slab, reduced in self._reduced(goal, prices):
            reduced[self.mask[slab] | self.instance.forbidden[slab]] = -np.inf
            missed += float(reduced[reduced > 0].sum())
            count = min(NEW_PER_PROPOSAL, reduced.shape[1])
            best = np.argpartition(reduced, reduced.shape[1] - count, axis=1)[:, reduced.shape[1] - count :]
            pays = np.take_along_axis(reduced, best, axis=1) > TOLERANCE
            rows, places = np.nonzero(pays)
            self.mask[rows + slab.start, best[rows, places]] = True
            added += len(rows)
        return added, missed

    def _near(self, goal: Goal, prices: Prices, point: Point, width: float) -> tuple[np.ndarray, np.ndarray]:
        """Mark the pairs that lose at most `width`, and among them those that gain more than it: they are sure."""
        near = self.instance.fixed.copy()
        near[point.rows[point.pairs > TOLERANCE], point.columns[point.pairs > TOLERANCE]] = True
        sure = np.zeros_like(near)
        for slab, reduced in self._reduced(goal, prices):
            near[slab] |= (reduced >= -width - TOLERANCE) & ~self.instance.forbidden[slab]
            sure[slab] = reduced > width + 1
        return near, sure & near

    def _reduced(self, goal: Goal, prices: Prices) -> Iterator[tuple[slice, np.ndarray]]:
        """Give what each pair would add under the prices, some proposals at a time."""
        for start in range(0, self.instance.shape[0], SLAB):
            slab = slice(start, min(start + SLAB, self.instance.shape[0]))
            reduced = self.instance.affinity[slab] * prices.floor[slab, None] - prices.place[slab, None]
            if goal.affinity:
                reduced += self.instance.worth[slab]
            reduced -= prices.load
            if self.instance.capped.size:
                reduced[self.instance.noted[slab]] -= prices.notes
            for proposal in range(slab.start, slab.stop):
                charge = prices.charges.get(proposal)
                if charge is not None:
                    reduced[proposal - slab.start] -= charge
            yield slab, reduced

    def value(self, goal: Goal, point: Point) -> float:
        """Say what a point is worth under a goal."""
        worth = self.instance.worth[point.rows, point.columns] @ np.rint(point.pairs)
        prices = ((goal.open_place, point.open_places), (goal.unmet, point.unmet), (goal.short, point.short))
        return float(goal.affinity * worth - sum(price * count(self.instance).sum() for price, count in prices))

    def _is_whole(self, point: Point) -> bool:
        return all(np.abs(values - np.rint(values)).max(initial=0) < TOLERANCE for values in (point.pairs, point.slack))


def _with_bound(point: Point, bound: float) -> Point:
    return Point(point.rows, point.columns, np.rint(point.pairs), np.rint(point.slack), point.value, bound)
