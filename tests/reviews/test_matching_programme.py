"""The assignment against a second, plain formulation: every pair, every rule, one binary per application and group."""

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from reviews.matching import Instance, Proposal, Reviewer, broken_rules, solve


def made(seed, *, height=18, width=13):
    """A panel that is often tight: groups cut across organisations, so that the relaxation is not whole."""
    draw = np.random.default_rng(seed)
    k = int(draw.integers(2, 5))
    most = draw.integers(1, 2 * height * k // width, width)
    reviewers = tuple(
        Reviewer(
            f"R{at:02}", f"G{draw.integers(4)}", f"O{draw.integers(7)}", f"C{draw.integers(3)}",
            int(draw.integers(0, load + 1)) // 2, int(load), int(draw.integers(0, 4)) if at % 2 else None,
        )
        for at, load in enumerate(most)
    )  # fmt: skip
    proposals = tuple(Proposal(f"P{at:02}", "", f"C{draw.integers(6)}", bool(at % 3)) for at in range(height))
    conflicts = [(one.id, other.id) for one in proposals for other in reviewers if draw.random() < 0.15]
    return Instance(
        proposals, reviewers, draw.integers(0, 1001, (height, width)), k,
        min_groups=int(draw.integers(1, k + 1)), conflicts=tuple(conflicts), min_countries=min(k, 1 + seed % 3),
        excludes_own_country=bool(seed % 2),
    )  # fmt: skip


def plain_optimum(instance):  # noqa: C901 - plain on purpose
    """Open places, unmet loads and total of the best answer, by one programme with prices that cannot be outbid."""
    height, width = instance.shape
    labels, places = int(instance.groups.max()) + 1, height * width
    lands = int(instance.countries.max()) + 1
    unmet_price = 1 + 1000 * height * instance.k
    open_price = unmet_price * (1 + int(instance.min_loads.sum()))
    size = places + height + width + height * (labels + lands)
    cost = np.concatenate(
        [
            -instance.affinity.ravel(),
            np.full(height, open_price),
            np.full(width, unmet_price),
            np.zeros(height * (labels + lands)),
        ]
    )
    rows, low, high = [], [], []

    def add(entries, least, most):
        row = np.zeros(size)
        for at, value in entries:
            row[at] += value
        rows.append(row)
        low.append(least)
        high.append(most)

    for p in range(height):
        seats = [p * width + r for r in range(width)]
        present = [places + height + width + p * labels + g for g in range(labels)]
        add([*((at, 1) for at in seats), (places + p, 1)], instance.k, instance.k)
        there = [places + height + width + height * labels + p * lands + c for c in range(lands)]
        add([*((at, 1) for at in present), (places + p, 1)], instance.min_groups, np.inf)
        add([*((at, 1) for at in there), (places + p, 1)], instance.min_countries, np.inf)
        for g in range(labels):
            add([(present[g], -1), *((seats[r], 1) for r in range(width) if instance.groups[r] == g)], 0, np.inf)
        for c in range(lands):
            add([(there[c], -1), *((seats[r], 1) for r in range(width) if instance.countries[r] == c)], 0, np.inf)
        for organisation in np.unique(instance.organisations):
            add([(seats[r], 1) for r in range(width) if instance.organisations[r] == organisation], 0, 1)
    for r in range(width):
        column = [(p * width + r, 1) for p in range(height)]
        add(column, 0, instance.max_loads[r])
        add([*column, (places + height + r, 1)], instance.min_loads[r], np.inf)
        if (cap := instance.reviewers[r].most_content_notes) is not None:
            add([each for p, each in enumerate(column) if instance.proposals[p].has_content_note], 0, cap)
    top = np.concatenate(
        [
            ~instance.forbidden.ravel(),
            np.full(height, instance.k),
            instance.min_loads,
            np.ones(height * (labels + lands)),
        ]
    )
    found = milp(
        cost, constraints=LinearConstraint(np.array(rows), low, high), bounds=Bounds(0, top),
        integrality=np.ones(size), options={"mip_rel_gap": 0},
    )  # fmt: skip
    values = np.rint(found.x)
    opened, unmet = values[places : places + height].sum(), values[places + height : places + height + width].sum()
    return int(opened), int(unmet), int(instance.affinity.ravel() @ values[:places])


@pytest.mark.parametrize("seed", range(8))
def test_a_second_formulation_finds_nothing_better(seed):
    instance = made(seed)

    solution = solve(instance)

    counts = len(solution.unfilled), sum(load.short for load in solution.unmet)
    assert (*counts, solution.objective) == plain_optimum(instance)
    assert solution.proved
    assert broken_rules(instance, solution.assignments) == []
