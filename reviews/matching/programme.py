"""The integer programme over some of the pairs: its rows, its relaxation with prices, and its exact solution.

Values are laid out as pairs | open places per proposal | unmet load per reviewer | shortfall to the floor.
"""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array

from reviews.matching.instance import Instance
from reviews.matching.rules import Cuts

INFEASIBLE = 2  # scipy's status
MOST_SHORT = 1_000  # an affinity's scale: nothing lacks more than this per place


class OutOfTime(Exception):
    """The solver's time ended before it had any answer."""


@dataclass(frozen=True)
class Clock:
    """When the search must end."""

    ends: float

    @classmethod
    def of(cls, seconds: float) -> "Clock":
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        return self.ends - time.monotonic()


@dataclass(frozen=True)
class Goal:
    """What is maximised: affinity times its weight, less a price on each open place, unmet load, point short."""

    affinity: int = 0
    open_place: int = 0
    unmet: int = 0
    short: int = 0


@dataclass(frozen=True)
class Limits:
    """What earlier goals settled: the most open places and unmet loads, and a floor per proposal's total."""

    open_places: int | None = None
    unmet: int | None = None
    floor: np.ndarray | None = None


@dataclass(frozen=True)
class Prices:
    """The duals of a relaxation, all as costs to be paid by a pair."""

    place: np.ndarray
    load: np.ndarray
    floor: np.ndarray
    notes: np.ndarray
    charges: dict[int, np.ndarray]


@dataclass(frozen=True)
class Point:
    """Values of all variables, and what they are worth under the goal."""

    rows: np.ndarray
    columns: np.ndarray
    pairs: np.ndarray
    slack: np.ndarray
    value: float
    bound: float

    def open_places(self, instance: Instance) -> np.ndarray:
        return self.slack[: instance.shape[0]]

    def unmet(self, instance: Instance) -> np.ndarray:
        return self.slack[instance.shape[0] : sum(instance.shape)]

    def short(self, instance: Instance) -> np.ndarray:
        return self.slack[sum(instance.shape) :]


@dataclass(frozen=True)
class Programme:
    """A goal and limits over the pairs (rows[i], columns[i]), which are sorted by proposal."""

    instance: Instance
    goal: Goal
    limits: Limits
    cuts: Cuts
    rows: np.ndarray
    columns: np.ndarray

    def relax(self) -> tuple[Point, Prices]:
        """Solve without integrality; the prices belong to the rows known so far."""
        equal, at_most = self._places(), self._at_most()
        low, high = self._bounds()
        result = linprog(
            -self._worth(),
            A_eq=equal,
            b_eq=self._sizes(),
            A_ub=at_most[0],
            b_ub=at_most[1],
            bounds=np.column_stack([low, high]),
            method="highs-ds",
        )
        if result.x is None:
            raise OutOfTime(result.message)
        return self._point(result.x, -result.fun, -result.fun), self._prices(result)

    def solve(self, clock: Clock, *, sure: np.ndarray) -> Point | None:
        """Solve exactly over these pairs, taking the sure ones; None if that cannot be. Adds broken rows as it goes."""
        low, high = self._bounds()
        low[: len(sure)] = np.maximum(low[: len(sure)], sure)
        while True:
            rows, most = self._at_most()
            result = milp(
                -self._worth(),
                constraints=[
                    LinearConstraint(self._places(), self._sizes(), self._sizes()),
                    LinearConstraint(rows, -np.inf, most),
                ],
                bounds=Bounds(low, high),
                integrality=np.ones(len(low)),
                options={"mip_rel_gap": 0, "time_limit": max(clock.left, 0.1)},
            )
            if result.status == INFEASIBLE:
                return None
            if result.x is None:
                raise OutOfTime(result.message)
            values = np.rint(result.x)
            if not self.cuts.add_broken(self.rows, self.columns, values[: len(self.rows)]):
                return self._point(values, float(self._worth() @ values), -result.mip_dual_bound)

    def _point(self, values: np.ndarray, value: float, bound: float) -> Point:
        count = len(self.rows)
        return Point(self.rows, self.columns, values[:count], values[count:], value, bound)

    def _worth(self) -> np.ndarray:
        height, width = self.instance.shape
        affinity = self.goal.affinity * self.instance.worth[self.rows, self.columns].astype(float)
        slack = [np.full(height, -self.goal.open_place), np.full(width, -self.goal.unmet)]
        if self.limits.floor is not None:
            slack.append(np.full(height, -self.goal.short))
        return np.concatenate([affinity, *slack])

    def _bounds(self) -> tuple[np.ndarray, np.ndarray]:
        height = self.instance.shape[0]
        slack = [np.full(height, float(self.instance.k)), self.instance.min_loads.astype(float)]
        if self.limits.floor is not None:
            # A shortfall that the goal does not price is not allowed at all.
            slack.append(np.full(height, float(MOST_SHORT * self.instance.k if self.goal.short else 0)))
        high = np.concatenate([np.ones(len(self.rows)), *slack])
        low = np.zeros(len(high))
        low[: len(self.rows)] = self.instance.fixed[self.rows, self.columns]
        return low, high

    def _sizes(self) -> np.ndarray:
        return np.full(self.instance.shape[0], float(self.instance.k))

    @property
    def _size(self) -> int:
        height, width = self.instance.shape
        return len(self.rows) + height + width + (height if self.limits.floor is not None else 0)

    def _places(self) -> csr_array:
        """Each proposal's reviewers and open places make k."""
        height = self.instance.shape[0]
        count = len(self.rows)
        row = np.concatenate([self.rows, np.arange(height)])
        return _sparse(np.ones(count + height), row, np.arange(count + height), height, self._size)

    def _at_most(self) -> tuple[csr_array, np.ndarray]:
        """Stack loads, floors, limits and cuts, in the order in which `_prices` reads them."""
        height, width = self.instance.shape
        count = len(self.rows)
        everyone, pairs = np.arange(width), np.arange(count)
        ones = np.ones(count)
        parts = [(ones, self.columns, pairs), (-ones, self.columns + width, pairs)]
        parts.append((-np.ones(width), everyone + width, everyone + count + height))
        limits = [self.instance.max_loads, -self.instance.min_loads]
        if self.limits.floor is not None:
            parts += self._floor_rows(2 * width)
            limits.append(-self.limits.floor)
        first = sum(map(len, limits))
        for limit, start, length in self._settled():
            parts.append((np.ones(length), np.full(length, first), np.arange(start, start + length)))
            limits.append(np.array([limit]))
            first += 1
        parts.append(self._note_rows(first))
        limits.append(self.instance.note_caps)
        first += len(self.instance.capped)
        numbers, members = self.cuts.entries(self.rows, self.columns)
        parts.append((np.ones(len(members)), numbers + first, members))
        limits.append(self.cuts.limits())
        values, row, column = (np.concatenate(piece) for piece in zip(*parts, strict=True))
        return _sparse(values, row, column, first + len(self.cuts), self._size), np.concatenate(limits)

    def _floor_rows(self, first: int) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Each proposal's total and its shortfall reach the floor."""
        height, width = self.instance.shape
        count, all_rows = len(self.rows), np.arange(height)
        affinity = self.instance.affinity[self.rows, self.columns]
        return [
            (-affinity.astype(float), self.rows + first, np.arange(count)),
            (-np.ones(height), all_rows + first, all_rows + count + height + width),
        ]

    def _note_rows(self, first: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Each capped reviewer's applications with a content note are at most so many."""
        place = np.full(self.instance.shape[1], -1)
        place[self.instance.capped] = np.arange(len(self.instance.capped))
        counted = np.flatnonzero(self.instance.noted[self.rows] & (place[self.columns] >= 0))
        return np.ones(len(counted)), place[self.columns[counted]] + first, counted

    def _settled(self) -> list[tuple[int, int, int]]:
        height, width = self.instance.shape
        count = len(self.rows)
        rows = [(self.limits.open_places, count, height), (self.limits.unmet, count + height, width)]
        return [(limit, start, length) for limit, start, length in rows if limit is not None]

    def _prices(self, result: Any) -> Prices:
        height, width = self.instance.shape
        duals = -result.ineqlin.marginals
        start = 2 * width
        floor = np.zeros(height)
        if self.limits.floor is not None:
            floor = duals[start : start + height]
            start += height
        start += len(self._settled())
        notes = np.zeros(width)
        notes[self.instance.capped] = duals[start : start + len(self.instance.capped)]
        start += len(self.instance.capped)
        return Prices(
            place=-result.eqlin.marginals,
            load=duals[:width] - duals[width : 2 * width],
            floor=floor,
            notes=notes,
            charges=self.cuts.charge(duals[start:]),
        )


def _sparse(values: np.ndarray, row: np.ndarray, column: np.ndarray, height: int, width: int) -> csr_array:
    return csr_array(coo_array((values, (row, column)), shape=(height, width)))
