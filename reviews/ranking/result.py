"""What a ranking says of each application and each reviewer."""

from dataclasses import dataclass

VERSION = "snsf-2022/1"  # of the model, kept with every decision that rests on it


@dataclass(frozen=True)
class Grade:
    """What one reviewer gave one application; a missing value is no grade."""

    application: str
    reviewer: str
    value: float | None


@dataclass(frozen=True)
class Ranked:
    """One application's standing.

    `expected_rank` is 1 + Σ P(another is better); `pcer` the same in per cent of all, 0 best; `sucra` 1 best,
    0 worst (None if it is the only one); `calibrated` the score less what is due to who scored it.
    `interval` holds the rank with a chance of one half, `wide_interval` with nine tenths.
    """

    application: str
    place: int
    expected_rank: float
    pcer: float
    sucra: float | None
    mean: float
    calibrated: float
    calibrated_sd: float
    interval: tuple[int, int]
    wide_interval: tuple[int, int]
    count: int


@dataclass(frozen=True)
class Leniency:
    """How much higher than the panel a reviewer scores, with its standard deviation. For the chair only."""

    reviewer: str
    mean: float
    sd: float
    count: int


@dataclass(frozen=True)
class Ranking:
    """Applications from best to worst; those without a grade are `unranked`.

    `parts` are the sets of applications that share reviewers: with more than one, leniency and quality cannot
    be told apart between them. `notes` says in words what limits the ranking.
    """

    applications: tuple[Ranked, ...] = ()
    reviewers: tuple[Leniency, ...] = ()
    unranked: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    mean: float | None = None
    between_applications: float | None = None
    within_application: float | None = None
    seed: int = 0
    draws: int = 0
    version: str = VERSION

    @property
    def is_connected(self) -> bool:
        return len(self.parts) <= 1

    def __getitem__(self, application: str) -> Ranked:
        return next(item for item in self.applications if item.application == application)
