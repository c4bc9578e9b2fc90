"""In which order a meeting takes its applications, so that people leave the room as seldom as can be.

Whoever has a conflict stays outside while an application is discussed. Going from one application to the next, those
leave who have to be out and were not: an order costs the number of such departures. It is the shortest path through
the different groups of people who are out, found exactly for few groups and by improving a greedy path for many.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Out = frozenset[int]
EXACT = 11
"""Up to so many different groups the best order is worked out; the work doubles with each one more."""


@dataclass(frozen=True)
class Agenda:
    """An order of the applications, how often somebody leaves the room in it, and whether fewer is impossible."""

    order: tuple[int, ...]
    departures: int
    is_least: bool


def arrange(absent: Sequence[Out]) -> Agenda:
    """Order applications, given by who has to be out, and name them by their places in the argument.

    Applications with the same people out stay together, in the order in which they were given: nothing about them
    decides it, so that the order tells nobody how they stand.
    """
    together: dict[Out, list[int]] = {}
    for place, out in enumerate(absent):
        together.setdefault(out, []).append(place)
    groups = list(together)
    path = _best(groups) if len(groups) <= EXACT else _improved(_greedy(groups))
    departures = departures_of(path)
    # Nobody who is ever out can stay in the room all the time: one departure each is the least that can be.
    least = len(frozenset[int]().union(*groups))
    order = tuple(place for out in path for place in together[out])
    return Agenda(order, departures, is_least=len(groups) <= EXACT or departures == least)


def departures_of(absent: Sequence[Out]) -> int:
    """Count how often somebody leaves the room when applications are taken in this order."""
    before: Out = frozenset()
    total = 0
    for out in absent:
        total += len(out - before)
        before = out
    return total


def _best(groups: list[Out]) -> list[Out]:
    """Return the best path: for each set of groups that are done and the last of them, the cheapest way there."""
    done = {(1 << at, at): (len(out), [at]) for at, out in enumerate(groups)}
    for __ in range(len(groups) - 1):
        further: dict[tuple[int, int], tuple[int, list[int]]] = {}
        for (seen, last), (cost, path) in done.items():
            for at, out in enumerate(groups):
                if seen >> at & 1:
                    continue
                offer = cost + len(out - groups[last]), [*path, at]
                key = seen | 1 << at, at
                if key not in further or offer < further[key]:
                    further[key] = offer
        done = further
    return [groups[at] for at in min(done.values())[1]] if done else []


def _greedy(groups: list[Out]) -> list[Out]:
    path: list[Out] = []
    left, before = list(groups), frozenset[int]()
    while left:
        nearest = min(left, key=lambda out: (len(out - before), len(before - out)))
        left.remove(nearest)
        path.append(nearest)
        before = nearest
    return path


def _improved(path: list[Out]) -> list[Out]:
    """Turn stretches round, and move single groups, as long as that saves a departure."""
    cost = [[len(after - before) for after in path] for before in path]
    first = [len(out) for out in path]

    def total(order: list[int]) -> int:
        return first[order[0]] + sum(cost[a][b] for a, b in pairwise(order))

    order = list(range(len(path)))
    while True:
        better = min(_neighbours(order), key=total)
        if total(better) >= total(order):
            return [path[at] for at in order]
        order = better


def _neighbours(order: list[int]) -> Iterator[list[int]]:
    size = range(len(order))
    for a in size:
        rest = order[:a] + order[a + 1 :]
        for b in size:
            if a < b:
                yield order[:a] + order[a : b + 1][::-1] + order[b + 1 :]
            if a != b:
                yield [*rest[:b], order[a], *rest[b:]]
