"""Rank applications by the grades of their reviewers, with how sure the order is."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from threadpoolctl import threadpool_limits

from reviews.ranking.model import Design, Posterior, Priors, better
from reviews.ranking.result import Grade, Leniency, Ranked, Ranking
from reviews.scoring import Scale

DRAWS = 10_000
SAME = 1e-9  # closer expected ranks are one place


def rank(
    grades: Iterable[Grade], *, scale: Scale, seed: int, applications: Iterable[str] = (), draws: int = DRAWS
) -> Ranking:
    """Rank the applications that have a grade; only the rank intervals are drawn, from `seed`.

    `applications` may name more, so that those without a grade are told. One reviewer grades an application once.
    """
    given = sorted(
        (grade for grade in grades if _is_known(grade)), key=lambda grade: (grade.application, grade.reviewer)
    )
    names = sorted({grade.application for grade in given})
    unranked = tuple(sorted({*applications} - {*names}))
    _check(given, scale)
    if not given:
        return Ranking(unranked=unranked, notes=("Nothing has been scored yet.",), seed=seed)
    people = sorted({grade.reviewer for grade in given})
    design, mean, means = _design(given, names, people)
    with threadpool_limits(1):  # the matrices are small: threads would wait for each other
        posterior = Posterior.of(design, Priors.of(scale))
        chances, quality, square, leniency = _averages(posterior)
        ranks = _draw_ranks(posterior, seed, draws)
    return Ranking(
        applications=tuple(_ranked(names, chances, mean + quality, np.sqrt(square), means, ranks, design)),
        reviewers=tuple(_leniencies(people, *leniency, design)),
        unranked=unranked,
        parts=(parts := _parts(names, design)),
        notes=tuple(_notes(given, people, parts, unranked)),
        mean=mean,
        between_applications=float(posterior.weights @ posterior.between),
        within_application=float(posterior.weights @ posterior.within),
        seed=seed,
        draws=draws,
    )


def _is_known(grade: Grade) -> bool:
    return grade.value is not None and not math.isnan(grade.value)


def _check(given: Sequence[Grade], scale: Scale) -> None:
    for pair, count in Counter((grade.application, grade.reviewer) for grade in given).items():
        if count > 1:
            raise ValueError(f"{pair[1]} graded {pair[0]} {count} times: keep one grade.")
    for grade in given:
        if grade.value is not None and not scale.low <= grade.value <= scale.high:
            raise ValueError(
                f"{grade.reviewer} gave {grade.application} {grade.value}, outside {scale.low} to {scale.high}."
            )


def _design(given: Sequence[Grade], names: list[str], people: list[str]) -> tuple[Design, float, np.ndarray]:
    """Index the grades, and find their centre: the mean over applications of their mean grade."""
    row = {name: at for at, name in enumerate(names)}
    column = {name: at for at, name in enumerate(people)}
    application = np.array([row[grade.application] for grade in given])
    reviewer = np.array([column[grade.reviewer] for grade in given])
    values = np.array([grade.value for grade in given], dtype=float)
    means = np.bincount(application, weights=values) / np.bincount(application)
    mean = float(means.mean())
    return Design(application, reviewer, values - mean), mean, means


def _averages(
    posterior: Posterior,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray]]:
    """Average over the grid: chance to be better, mean and variance of quality, mean and variance of leniency."""
    height, width = posterior.design.counts.shape
    chances = np.zeros(height)
    moments = np.zeros((2, height))
    leniency = np.zeros((2, width))
    for weight, point in posterior.conditionals():
        quality, (covariance, variance) = point.quality, point.covariances()
        chances += weight * (better(quality, covariance).sum(axis=1) - 0.5)
        moments += weight * np.array([quality, np.diag(covariance) + quality**2])
        leniency += weight * np.array([point.leniency, variance + point.leniency**2])
    return chances, moments[0], moments[1] - moments[0] ** 2, (leniency[0], leniency[1] - leniency[0] ** 2)


def _draw_ranks(posterior: Posterior, seed: int, draws: int) -> np.ndarray:
    """Draw the ranks of all applications, sorted per application."""
    generator = np.random.default_rng(seed)
    shares = generator.multinomial(draws, posterior.weights)
    ranks = np.empty((draws, len(posterior.design.per_application)), dtype=np.int32)
    first = 0
    for share, (_, point) in zip(shares, posterior.conditionals(), strict=True):
        order = np.argsort(-point.sample(int(share), generator), axis=1)
        np.put_along_axis(ranks[first : first + share], order, np.arange(1, order.shape[1] + 1), axis=1)
        first += share
    ranks.sort(axis=0)
    return ranks


def _ranked(
    names: list[str],
    chances: np.ndarray,
    quality: np.ndarray,
    sd: np.ndarray,
    means: np.ndarray,
    ranks: np.ndarray,
    design: Design,
) -> Iterator[Ranked]:
    count, place, last = len(names), 0, -math.inf
    for number, at in enumerate(
        sorted(range(count), key=lambda at: (round(float(chances[at]), 9), names[at])), start=1
    ):
        expected = 1 + float(chances[at])
        if expected - last > SAME:
            place, last = number, expected
        yield Ranked(
            application=names[at],
            place=place,
            expected_rank=expected,
            pcer=100 * (expected - 0.5) / count,
            sucra=(count - expected) / (count - 1) if count > 1 else None,
            mean=float(means[at]),
            calibrated=float(quality[at]),
            calibrated_sd=float(sd[at]),
            interval=_interval(ranks[:, at], 0.5),
            wide_interval=_interval(ranks[:, at], 0.9),
            count=int(design.per_application[at]),
        )


def _interval(ranks: np.ndarray, chance: float) -> tuple[int, int]:
    low, high = np.quantile(ranks, [(1 - chance) / 2, (1 + chance) / 2], method="inverted_cdf")
    return int(low), int(high)


def _leniencies(people: list[str], mean: np.ndarray, variance: np.ndarray, design: Design) -> Iterator[Leniency]:
    for at, name in enumerate(people):
        yield Leniency(name, float(mean[at]), math.sqrt(variance[at]), int(design.per_reviewer[at]))


def _parts(names: list[str], design: Design) -> tuple[tuple[str, ...], ...]:
    """Split the applications into sets that are connected by common reviewers."""
    height, width = design.counts.shape
    links = coo_array(
        (np.ones(len(design.residual)), (design.application, design.reviewer + height)), shape=(height + width,) * 2
    )
    count, labels = connected_components(links, directed=False)
    found = [tuple(name for name, label in zip(names, labels, strict=False) if label == part) for part in range(count)]
    return tuple(sorted(found, key=lambda part: (-len(part), part)))


def _notes(
    given: Sequence[Grade], people: list[str], parts: tuple[tuple[str, ...], ...], unranked: tuple[str, ...]
) -> Iterator[str]:
    if len({grade.value for grade in given}) == 1:
        yield "All scores are equal, so there is nothing to order the applications by."
    if len(people) == 1:
        yield "There is one reviewer only: leniency and quality cannot be told apart."
    if len(parts) > 1:
        yield (
            f"The applications fall into {len(parts)} sets without a common reviewer: between these sets, "
            "leniency and quality cannot be told apart."
        )
    if unranked:
        yield f"{len(unranked)} without a score: not ranked."
