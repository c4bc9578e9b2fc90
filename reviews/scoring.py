"""What the scores of the reviews of an application come to, and how far the reviewers agree.

All in Decimal, rounded once, at display. *Not applicable* (None) drops out of a mean and is never a zero.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

import numpy as np

PRECISION = Context(prec=50)
SAME = Decimal("1e-20")  # closer than this, two means differ by the rounding of thirds only
DISAGREE_RANGE = Decimal("0.5")  # of the scale
DISAGREE_TOP = Decimal("0.1")  # of the applications, by spread


@dataclass(frozen=True)
class Scale:
    """The lowest and the highest score that a criterion can get."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass(frozen=True)
class Outcome:
    """What the reviews of one application come to; None where nothing was scored."""

    mean: Decimal | None
    spread: Decimal | None
    range: Decimal | None
    count: int


def weighted_score[Key: Hashable](
    scores: Mapping[Key, int | Decimal | None], weights: Mapping[Key, int | Decimal]
) -> Decimal | None:
    """Give Σ w·s / Σ w over the criteria that were answered, None if none was."""
    answered = {key: Decimal(score) for key, score in scores.items() if score is not None}
    with localcontext(PRECISION):
        weight = sum((Decimal(weights[key]) for key in answered), Decimal(0))
        if not weight:
            return None
        return sum((Decimal(weights[key]) * score for key, score in answered.items()), Decimal(0)) / weight


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """Average what is known, None if nothing is."""
    known = [value for value in values if value is not None]
    with localcontext(PRECISION):
        return sum(known, Decimal(0)) / len(known) if known else None


def spread(values: Iterable[Decimal | None]) -> Decimal | None:
    """Give the standard deviation between reviews (n − 1), None for fewer than two."""
    known = [value for value in values if value is not None]
    centre = mean(known)
    if centre is None or len(known) < 2:
        return None
    with localcontext(PRECISION):
        return (sum(((value - centre) ** 2 for value in known), Decimal(0)) / (len(known) - 1)).sqrt()


def outcome(reviews: Iterable[Decimal | None]) -> Outcome:
    """Sum up the weighted scores of the reviews of one application."""
    known = [value for value in reviews if value is not None]
    return Outcome(mean(known), spread(known), max(known) - min(known) if len(known) > 1 else None, len(known))


def disagreeing[Key: Hashable](outcomes: Mapping[Key, Outcome], scale: Scale, *, is_part: bool = False) -> set[Key]:
    """Name the applications whose reviewers disagree.

    The range is at least half the scale, or the spread is in the top tenth of all applications with a spread
    above 0 (ties at the edge are all in). Of a part of the applications, only the range is looked at.
    """
    found = {
        key for key, item in outcomes.items() if item.range is not None and item.range >= DISAGREE_RANGE * scale.width
    }
    spreads = sorted((item.spread for item in outcomes.values() if item.spread is not None), reverse=True)
    top = int(len(spreads) * DISAGREE_TOP)
    if top and not is_part:
        edge = spreads[top - 1]
        found |= {key for key, item in outcomes.items() if item.spread and item.spread >= edge}
    return found


def ranks[Key: Hashable](means: Mapping[Key, Decimal | None]) -> dict[Key, int | None]:
    """Rank by mean, the highest first; equal means share a rank and the next one is skipped. None has no rank."""
    scored = [(value, key) for key, value in means.items() if value is not None]
    found: dict[Key, int | None] = dict.fromkeys(means)
    start, shared = None, 0
    for place, (value, key) in enumerate(sorted(scored, key=lambda item: item[0], reverse=True), start=1):
        if start is None or start - value > SAME:
            start, shared = value, place
        found[key] = shared
    return found


def group_means(scores: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal]:
    """Average the weighted scores per stakeholder group: how a group scores is information, not bias."""
    grouped: dict[str, list[Decimal]] = defaultdict(list)
    for group, score in scores:
        if score is not None:
            grouped[group].append(score)
    return {group: value for group in sorted(grouped) if (value := mean(grouped[group])) is not None}


def shown(value: Decimal | None, places: int = 2) -> Decimal | None:
    """Round for display, half up, as people expect of a score."""
    return None if value is None else value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def krippendorff_alpha(reviews: Sequence[Sequence[float]]) -> float | None:
    """Say how far reviewers agree beyond chance (1 fully, 0 as if by chance), for scores with equal steps.

    One sequence of scores per application. None with fewer than two comparable scores or no variation at all.
    Source: Krippendorff, Content Analysis (2004), ch. 11, interval difference.
    """
    units = [np.asarray(unit, dtype=float) for unit in reviews if len(unit) > 1]
    if not units:
        return None
    everything = np.concatenate(units)
    count = len(everything)
    expected = 2 * (count * (everything**2).sum() - everything.sum() ** 2) / (count * (count - 1))
    observed = sum(2 * (len(unit) * (unit**2).sum() - unit.sum() ** 2) / (len(unit) - 1) for unit in units) / count
    return None if np.isclose(expected, 0) else float(1 - observed / expected)


def reliability_of_mean(reviews: Sequence[Sequence[float]]) -> float | None:
    """Give the ICC of the mean of k reviews (one-way, k the harmonic mean), None where undefined.

    Undefined are fewer than two applications with a review, no second review anywhere, and no variation between
    applications. It can be negative: then reviews of one application differ more than applications do.
    """
    units = [np.asarray(unit, dtype=float) for unit in reviews if len(unit)]
    sizes = np.array([len(unit) for unit in units])
    if len(units) < 2 or sizes.sum() == len(units):
        return None
    centres = np.array([unit.mean() for unit in units])
    total = sizes.sum()
    between = (sizes * (centres - sizes @ centres / total) ** 2).sum() / (len(units) - 1)
    within = sum(((unit - unit.mean()) ** 2).sum() for unit in units) / (total - len(units))
    if np.isclose(between, 0):
        return None
    usual = (total - (sizes**2).sum() / total) / (len(units) - 1)  # k of an unbalanced one-way design
    per_application = (between - within) / usual
    k = len(units) / (1 / sizes).sum()
    whole = per_application + within / k
    return float(per_application / whole) if whole > 0 else None
