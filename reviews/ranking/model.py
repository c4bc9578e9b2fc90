"""The Bayesian model of Heyard, Ott, Salanti and Egger (2022), solved on a grid instead of by sampling.

grade = ȳ + θ(application) + λ(application, reviewer) + e; θ ~ N(0, τ²), λ ~ N(ν(reviewer), τa²), ν ~ N(0, ν_sd²),
e ~ N(0, σ²); τ, τa, σ ~ U(0, u). With one grade per pair only s² = σ² + τa² is identified. Given (τ, s) all else is
Gaussian, so that a grid over these two is all that is left of the integral.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.special import logsumexp, ndtr

from reviews.scoring import Scale

COARSE, POINTS = 12, 20  # points of the grids, on each side
SLIGHT = 1e-6  # of the best weight: less does not widen the refined grid
DROPPED = 1e-5  # of the whole weight


@dataclass(frozen=True)
class Priors:
    """How far reviewers are apart (`leniency`), and the upper bound of the other standard deviations."""

    leniency: float
    upper: float

    @classmethod
    def of(cls, scale: Scale) -> "Priors":
        """Give the published priors of the six and nine point scales, and in proportion to any other."""
        published = {5: cls(0.5, 2), 8: cls(1, 3)}
        return published.get(scale.width) or cls(0.11 * scale.width, 0.4 * scale.width)


@dataclass(frozen=True, eq=False)
class Design:
    """Who graded what: numbers of application and reviewer, and the grade less the mean of means."""

    application: np.ndarray
    reviewer: np.ndarray
    residual: np.ndarray

    @cached_property
    def counts(self) -> np.ndarray:
        """Count the grades of each application by each reviewer."""
        counts = np.zeros((self.application.max() + 1, self.reviewer.max() + 1))
        np.add.at(counts, (self.application, self.reviewer), 1)
        return counts

    @cached_property
    def per_application(self) -> np.ndarray:
        return self.counts.sum(axis=1)

    @cached_property
    def per_reviewer(self) -> np.ndarray:
        return self.counts.sum(axis=0)

    @cached_property
    def application_sums(self) -> np.ndarray:
        return np.bincount(self.application, weights=self.residual)

    @cached_property
    def reviewer_sums(self) -> np.ndarray:
        return np.bincount(self.reviewer, weights=self.residual)

    @cached_property
    def overlaps(self) -> list[tuple[float, np.ndarray]]:
        """Count, per number of grades of an application, how often each two reviewers met."""
        sizes = np.unique(self.per_application)
        blocks = ((size, self.counts[self.per_application == size]) for size in sizes)
        return [(float(size), block.T @ block) for size, block in blocks]


@dataclass(frozen=True, eq=False)
class Conditional:
    """The Gaussian posterior of leniency and quality at one (τ, s)."""

    log_weight: float
    precision: np.ndarray  # of θ given ν: the diagonal D
    factor: tuple[np.ndarray, bool]  # of S, the precision of ν
    leniency: np.ndarray
    slope: np.ndarray  # of θ on ν, negative
    base: np.ndarray  # of θ at ν = 0

    @property
    def quality(self) -> np.ndarray:
        return self.base - self.slope @ self.leniency

    def covariances(self) -> tuple[np.ndarray, np.ndarray]:
        """Give the covariance of θ, leniency integrated out, and the variance of ν."""
        root = solve_triangular(self.factor[0], np.eye(len(self.leniency)), lower=True, check_finite=False)
        half = root @ self.slope.T
        covariance = half.T @ half
        covariance[np.diag_indices_from(covariance)] += 1 / self.precision
        return covariance, (root**2).sum(axis=0)

    def sample(self, count: int, generator: np.random.Generator) -> np.ndarray:
        """Draw θ, a row per draw."""
        noise = generator.standard_normal((len(self.leniency), count))
        leniency = self.leniency[:, None] + solve_triangular(self.factor[0], noise, lower=True, trans="T")
        quality = self.base[:, None] - self.slope @ leniency
        quality += generator.standard_normal(quality.shape) / np.sqrt(self.precision)[:, None]
        return quality.T


@dataclass(frozen=True, eq=False)
class Posterior:
    """The points (τ, s) that carry weight, and their weights."""

    design: Design
    priors: Priors
    between: np.ndarray
    within: np.ndarray
    weights: np.ndarray

    @classmethod
    def of(cls, design: Design, priors: Priors) -> "Posterior":
        """Weigh a grid over the whole range, then a finer one over the part that matters."""
        whole = ((0.0, priors.upper), (0.0, np.sqrt(2) * priors.upper))
        between, within, weights = _weigh(design, priors, whole[0], whole[1], COARSE)
        matters = weights > SLIGHT * weights.max()
        tau, s = (_around(axis[matters], limit[1]) for axis, limit in zip((between, within), whole, strict=True))
        between, within, weights = _weigh(design, priors, tau, s, POINTS)
        order = np.argsort(weights)
        kept = order[np.cumsum(weights[order]) > DROPPED]
        return cls(design, priors, between[kept], within[kept], weights[kept] / weights[kept].sum())

    def conditionals(self) -> Iterator[tuple[float, Conditional]]:
        for between, within, weight in zip(self.between, self.within, self.weights, strict=True):
            yield weight, condition(self.design, self.priors, between, within)


def condition(design: Design, priors: Priors, between: float, within: float) -> Conditional:
    """Solve the Gaussian part at one (τ, s) = (between, within)."""
    tau, s = between**2, within**2
    precision = design.per_application / s + 1 / tau
    shrunk = design.application_sums / precision
    matrix = np.diag(design.per_reviewer / s + 1 / priors.leniency**2)
    for size, overlap in design.overlaps:
        matrix -= overlap / (size / s + 1 / tau) / s**2
    target = design.reviewer_sums / s - design.counts.T @ shrunk / s**2
    factor = cho_factor(matrix, lower=True, check_finite=False)
    leniency = cho_solve(factor, target)
    misfit = design.residual @ design.residual / s - design.application_sums @ shrunk / s**2 - target @ leniency
    log_weight = (
        -len(design.residual) * np.log(within)
        - len(precision) * np.log(between)
        - 0.5 * np.log(precision).sum()
        - np.log(np.diag(factor[0])).sum()
        - 0.5 * misfit
    )
    slope = design.counts / precision[:, None] / s
    return Conditional(float(log_weight), precision, factor, leniency, slope, shrunk / s)


def better(mean: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Give the chance that each application (column) is better than each other (row), ½ for itself."""
    variance = np.diag(covariance)
    spread = np.sqrt(np.maximum(variance[:, None] + variance - 2 * covariance, 1e-18))
    return ndtr((mean - mean[:, None]) / spread)


def _weigh(
    design: Design, priors: Priors, between: tuple[float, float], within: tuple[float, float], points: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    grid = np.meshgrid(_midpoints(*between, points), _midpoints(*within, points), indexing="ij")
    taus, noises = grid[0].ravel(), grid[1].ravel()
    density = noises * np.maximum(np.pi / 2 - 2 * np.arccos(np.minimum(1, priors.upper / noises)), 0)
    likelihood = [condition(design, priors, tau, noise).log_weight for tau, noise in zip(taus, noises, strict=True)]
    weight = np.array(likelihood) + np.log(np.maximum(density, 1e-300))
    return taus, noises, np.exp(weight - logsumexp(weight))


def _midpoints(low: float, high: float, points: int) -> np.ndarray:
    return low + (np.arange(points) + 0.5) * (high - low) / points


def _around(used: np.ndarray, limit: float) -> tuple[float, float]:
    """Give the part of an axis that holds the used points, a step wider on each side."""
    step = limit / COARSE
    return max(float(used.min()) - 1.5 * step, 0.0), min(float(used.max()) + 1.5 * step, limit)
