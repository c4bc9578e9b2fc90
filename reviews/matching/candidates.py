"""Which pairs a programme starts with: those that look good once busy reviewers have a price."""

import numpy as np

from reviews.matching.instance import Instance

ROUNDS = 30
BEST_PER_PROPOSAL = 14
BEST_PER_GROUP = 2
BEST_PER_REVIEWER = 6


def first_candidates(instance: Instance) -> np.ndarray:
    """Mark the pairs to start with: the best of each proposal, of each group in it, and of each reviewer."""
    height, width = instance.shape
    allowed = ~instance.forbidden
    mask = instance.fixed.copy()
    if not height or not width:
        return mask
    worth = instance.worth - guessed_prices(instance)
    worth[~allowed] = -np.inf
    _mark_best(mask, worth, BEST_PER_PROPOSAL + instance.k)
    for group in np.unique(instance.groups):
        members = np.flatnonzero(instance.groups == group)
        part = np.zeros((height, len(members)), dtype=bool)
        _mark_best(part, worth[:, members], BEST_PER_GROUP)
        mask[:, members] |= part
    needed = -np.partition(-worth, min(instance.k, width) - 1, axis=1)[:, min(instance.k, width) - 1]
    loss = np.where(allowed, worth - np.where(np.isfinite(needed), needed, 0)[:, None], -np.inf)
    best = np.zeros((width, height), dtype=bool)
    _mark_best(best, loss.T, BEST_PER_REVIEWER + int(instance.min_loads.max(initial=0)))
    return (mask | best.T) & allowed


def guessed_prices(instance: Instance) -> np.ndarray:
    """Guess a price for each reviewer's time: it rises while too many proposals want them, and falls below the least.

    A few rounds of subgradient steps; only a start for the exact prices of the relaxation.
    """
    width = len(instance.reviewers)
    prices = np.zeros(width, dtype=np.float32)
    worth = np.where(instance.forbidden, np.float32(-1e6), instance.worth.astype(np.float32))
    places = min(instance.k, width)
    step = 60.0
    for _ in range(ROUNDS):
        chosen = np.argpartition(worth - prices, width - places, axis=1)[:, width - places :]
        loads = np.bincount(chosen.ravel(), minlength=width)
        excess = np.maximum(loads - instance.max_loads, 0) - np.maximum(instance.min_loads - loads, 0)
        relief = (excess == 0) & (loads < instance.max_loads) & (prices > 0)
        relief_up = (excess == 0) & (loads > instance.min_loads) & (prices < 0)
        scale = np.maximum(instance.max_loads, 1)
        prices += (step * np.clip(excess / scale, -1, 1)).astype(np.float32)
        prices[relief] = np.maximum(prices[relief] - step / 4, 0)
        prices[relief_up] = np.minimum(prices[relief_up] + step / 4, 0)
        step *= 0.92
    return prices


def _mark_best(mask: np.ndarray, worth: np.ndarray, count: int) -> None:
    count = min(count, worth.shape[1])
    if count:
        best = np.argpartition(worth, worth.shape[1] - count, axis=1)[:, worth.shape[1] - count :]
        np.put_along_axis(mask, best, True, axis=1)
