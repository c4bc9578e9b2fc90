"""The rules of an assignment as linear rows: which are broken by given values, and how a pair counts in each.

The group rule needs no variable of its own. At least m groups among k places means that the places beyond
the first of each group are at most k − m; that is, for every set S of groups, x(S) ≤ |S| + k − m. Only the
sets that a solution breaks are ever written down. An open place counts as one that a missing group can take.
The rule of countries is the same over countries.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from reviews.matching.instance import Instance

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Cut:
    """At most `limit` of a proposal's places go to reviewers with one of these labels."""

    kind: str  # "group", "country" or "organisation"
    proposal: int
    labels: tuple[int, ...]
    limit: int


@dataclass
class Cuts:
    """The group, country and organisation rows found so far, in the order in which they were found."""

    instance: Instance
    found: dict[Cut, None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.found)

    def add_broken(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray) -> int:
        """Add the rows that these values break, and say how many are new."""
        before = len(self.found)
        used = values > TOLERANCE
        rows, columns, values = rows[used], columns[used], values[used]
        for kind, least in (("group", self.instance.min_groups), ("country", self.instance.min_countries)):
            if least > 1:
                self.found |= dict.fromkeys(self._too_alike(kind, least, rows, columns, values))
        for cut in self._broken_organisations(rows, columns, values):
            self.found[cut] = None
        return len(self.found) - before

    def entries(self, rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """List (cut number, pair number) where a pair counts in a cut; pairs are sorted by proposal."""
        starts = np.searchsorted(rows, np.arange(len(self.instance.proposals) + 1))
        numbers, pairs = [], []
        for number, cut in enumerate(self.found):
            first, last = starts[cut.proposal], starts[cut.proposal + 1]
            members = np.flatnonzero(np.isin(self._labels(cut.kind)[columns[first:last]], cut.labels)) + first
            pairs.append(members)
            numbers.append(np.full(len(members), number))
        if not pairs:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        return np.concatenate(numbers), np.concatenate(pairs)

    def limits(self) -> np.ndarray:
        return np.array([cut.limit for cut in self.found], dtype=float)

    def charge(self, duals: np.ndarray) -> dict[int, np.ndarray]:
        """Sum, per proposal with a priced cut, what each reviewer would pay for the cuts that count them."""
        charges: dict[int, np.ndarray] = {}
        for cut, dual in zip(self.found, duals, strict=True):
            if dual > 0:
                charge = charges.setdefault(cut.proposal, np.zeros(len(self.instance.reviewers)))
                charge[np.isin(self._labels(cut.kind), cut.labels)] += dual
        return charges

    def _labels(self, kind: str) -> np.ndarray:
        if kind == "group":
            return self.instance.groups
        return self.instance.countries if kind == "country" else self.instance.organisations

    def _too_alike(
        self, kind: str, least: int, rows: np.ndarray, columns: np.ndarray, values: np.ndarray
    ) -> Iterator[Cut]:
        room, labels_of = self.instance.k - least, self._labels(kind)
        loads = _table(rows, labels_of[columns], values, self.instance.shape[0], labels_of)
        beyond = np.maximum(loads - 1, 0).sum(axis=1)
        for proposal in np.flatnonzero(beyond > room + TOLERANCE):
            labels = np.flatnonzero(loads[proposal] > 1 + TOLERANCE)
            yield Cut(kind, int(proposal), tuple(map(int, labels)), len(labels) + room)

    def _broken_organisations(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray) -> Iterator[Cut]:
        most = self.instance.max_per_organisation
        width = int(self.instance.organisations.max(initial=0)) + 1
        keys, places = np.unique(rows * width + self.instance.organisations[columns], return_inverse=True)
        for key in keys[np.bincount(places, weights=values, minlength=len(keys)) > most + TOLERANCE]:
            yield Cut("organisation", int(key // width), (int(key % width),), most)


def _table(rows: np.ndarray, labels: np.ndarray, values: np.ndarray, height: int, all_labels: np.ndarray) -> np.ndarray:
    width = int(all_labels.max(initial=0)) + 1
    return np.bincount(rows * width + labels, weights=values, minlength=height * width).reshape(height, width)
