"""What an assignment problem is, and what an answer to it looks like."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np

Pair = tuple[str, str]
MAX_PROBLEMS = 10  # that one message names


class InstanceError(ValueError):
    """A problem that cannot be read or contradicts itself; the message says what to change."""


@dataclass(frozen=True)
class Proposal:
    id: str
    organisation: str = ""
    country: str = ""
    has_content_note: bool = False


@dataclass(frozen=True)
class Reviewer:
    id: str
    group: str
    organisation: str = ""
    country: str = ""
    min_load: int = 0
    max_load: int = 0
    most_content_notes: int | None = None


@dataclass(frozen=True, eq=False)
class Instance:
    """One assignment problem: `affinity` has a row per proposal, a column per reviewer, integers 0 to 1000.

    An empty organisation is nobody's colleague: the organisation rule does not see it.
    Taking a released pair away must gain more than `removal_price` points of affinity.
    `avoided` pairs are what a reviewer asked not to get. These, and with `excludes_own_country` the pairs of one
    country, are never made, but a lock that is there already keeps them.
    """

    proposals: tuple[Proposal, ...]
    reviewers: tuple[Reviewer, ...]
    affinity: np.ndarray
    k: int
    min_groups: int = 1
    min_countries: int = 1
    excludes_own_country: bool = False
    max_per_organisation: int = 1
    conflicts: tuple[Pair, ...] = ()
    avoided: tuple[Pair, ...] = ()
    locked: tuple[Pair, ...] = ()
    released: tuple[Pair, ...] = ()
    removal_price: int = 0

    def __post_init__(self) -> None:
        shape = len(self.proposals), len(self.reviewers)
        matrix = np.array(self.affinity, dtype=np.int32)
        if matrix.size != shape[0] * shape[1]:
            raise InstanceError(f"The affinity needs {shape[0]} rows of {shape[1]} numbers.")
        matrix = matrix.reshape(shape)
        matrix.flags.writeable = False
        object.__setattr__(self, "affinity", matrix)
        problems = list(islice(_contradictions(self), MAX_PROBLEMS))
        if problems:
            raise InstanceError(" ".join(problems))

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.proposals), len(self.reviewers)

    @cached_property
    def row(self) -> dict[str, int]:
        return {proposal.id: index for index, proposal in enumerate(self.proposals)}

    @cached_property
    def column(self) -> dict[str, int]:
        return {reviewer.id: index for index, reviewer in enumerate(self.reviewers)}

    @cached_property
    def forbidden(self) -> np.ndarray:
        """Mark the pairs that cannot be."""
        return self._mask(self.conflicts) | ((self._mask(self.avoided) | self.compatriots) & ~self.fixed)

    @cached_property
    def compatriots(self) -> np.ndarray:
        """Mark the pairs of one country, where these are excluded; an unknown country is nobody's own."""
        if not self.excludes_own_country:
            return np.zeros(self.shape, dtype=bool)
        own = np.array([each.country or "\0" for each in self.proposals])
        theirs = np.array([each.country for each in self.reviewers])
        return own[:, None] == theirs[None, :]

    @cached_property
    def noted(self) -> np.ndarray:
        """Mark the proposals with a content note."""
        return np.array([each.has_content_note for each in self.proposals], dtype=bool)

    @cached_property
    def capped(self) -> np.ndarray:
        """Number the reviewers who take only so many with a content note; nobody where there are none."""
        if not self.noted.any():
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero([each.most_content_notes is not None for each in self.reviewers])

    @cached_property
    def note_caps(self) -> np.ndarray:
        """How many with a content note each of the `capped` takes."""
        return np.array([self.reviewers[at].most_content_notes for at in self.capped], dtype=np.int64)

    @cached_property
    def fixed(self) -> np.ndarray:
        return self._mask(self.locked)

    @cached_property
    def worth(self) -> np.ndarray:
        """Value each pair: its affinity, and for a released pair what removing it costs."""
        return self.affinity + np.int32(self.removal_price) * self._mask(self.released)

    @cached_property
    def min_loads(self) -> np.ndarray:
        return np.array([reviewer.min_load for reviewer in self.reviewers], dtype=np.int64)

    @cached_property
    def max_loads(self) -> np.ndarray:
        return np.array([reviewer.max_load for reviewer in self.reviewers], dtype=np.int64)

    @cached_property
    def groups(self) -> np.ndarray:
        """Number the group of each reviewer."""
        return _numbered([reviewer.group for reviewer in self.reviewers])

    @cached_property
    def countries(self) -> np.ndarray:
        """Number the country of each reviewer; all who are of an unknown one count as of one."""
        return _numbered([reviewer.country for reviewer in self.reviewers])

    @cached_property
    def organisations(self) -> np.ndarray:
        """Number the organisation of each reviewer; who has none is alone in one."""
        return _numbered([reviewer.organisation or f"\0{reviewer.id}" for reviewer in self.reviewers])

    def pairs(self, mask: np.ndarray) -> tuple[Pair, ...]:
        """Name the pairs that are set in a proposals × reviewers mask."""
        rows, columns = np.nonzero(mask)
        return tuple(
            (self.proposals[row].id, self.reviewers[column].id) for row, column in zip(rows, columns, strict=True)
        )

    def total(self, assignments: Iterable[Pair]) -> int:
        """Sum the affinity of some pairs."""
        return sum(int(self.affinity[self.row[proposal], self.column[reviewer]]) for proposal, reviewer in assignments)

    def _mask(self, pairs: Iterable[Pair]) -> np.ndarray:
        mask = np.zeros(self.shape, dtype=bool)
        for proposal, reviewer in pairs:
            mask[self.row[proposal], self.column[reviewer]] = True
        mask.flags.writeable = False
        return mask


@dataclass(frozen=True)
class OpenPlace:
    """One place of an application that no reviewer can take without breaking a rule."""

    proposal: str
    reason: str


@dataclass(frozen=True)
class UnmetLoad:
    """A reviewer who gets fewer applications than the least that was agreed."""

    reviewer: str
    short: int
    reason: str


@dataclass(frozen=True)
class Solution:
    """An answer: `objective` is the total affinity, `bound` what no answer of as few open places can exceed.

    `proved` says that nothing better exists: fewest open places first, then fewest unmet least loads,
    then (where asked) the highest floor, then the highest total. The floor is what every application has
    that could be filled if it were the only one.
    """

    assignments: tuple[Pair, ...]
    objective: int
    unfilled: tuple[OpenPlace, ...] = ()
    unmet: tuple[UnmetLoad, ...] = ()
    proved: bool = True
    bound: int = 0
    floor: int | None = None
    floor_bound: int | None = None
    seconds: float = field(default=0.0, compare=False)


def _numbered(labels: Sequence[str]) -> np.ndarray:
    numbers = {label: number for number, label in enumerate(sorted(set(labels)))}
    return np.array([numbers[label] for label in labels], dtype=np.int64)


def _contradictions(instance: Instance) -> Iterator[str]:
    yield from _wrong_numbers(instance)
    yield from _wrong_people(instance)
    yield from _wrong_names(instance)
    if instance.locked:
        yield from _wrong_locks(instance)


def _wrong_numbers(instance: Instance) -> Iterator[str]:
    if instance.k < 1:
        yield "Each application needs at least one reviewer: set k to 1 or more."
    if not 0 <= instance.min_groups <= max(instance.k, 1):
        yield f"{instance.min_groups} groups cannot be reached with {instance.k} reviewers: lower min_groups or raise k."
    if not 0 <= instance.min_countries <= max(instance.k, 1):
        yield (
            f"{instance.min_countries} countries cannot be reached with {instance.k} reviewers: "
            "lower min_countries or raise k."
        )
    if instance.max_per_organisation < 1:
        yield "At least one reviewer of an organisation must be allowed: set max_per_organisation to 1 or more."
    if instance.removal_price < 0:
        yield "The price of removing a released pair cannot be negative: set removal_price to 0 or more."
    if instance.affinity.size and not 0 <= instance.affinity.min() <= instance.affinity.max() <= 1000:
        yield "An affinity lies outside 0 to 1000: scale the affinities to thousandths."


def _wrong_people(instance: Instance) -> Iterator[str]:
    for reviewer in instance.reviewers:
        if not 0 <= reviewer.min_load <= reviewer.max_load:
            yield (
                f"Reviewer {reviewer.id} has a least load of {reviewer.min_load} and a most load of "
                f"{reviewer.max_load}: the least must be 0 or more and not above the most."
            )
        if (reviewer.most_content_notes or 0) < 0:
            yield f"Reviewer {reviewer.id} cannot take fewer than 0 with a content note: change most_content_notes."


def _wrong_names(instance: Instance) -> Iterator[str]:
    for word, names in (("proposal", instance.proposals), ("reviewer", instance.reviewers)):
        for name, count in Counter(item.id for item in names).items():
            if count > 1:
                yield f"The {word} {name} is listed {count} times: keep one."
    named = {*instance.conflicts, *instance.avoided, *instance.locked, *instance.released}
    for proposal in sorted({proposal for proposal, _ in named} - set(instance.row)):
        yield f"A conflict, lock or release names the proposal {proposal}, which is not in the list of proposals."
    for reviewer in sorted({reviewer for _, reviewer in named} - set(instance.column)):
        yield f"A conflict, lock or release names the reviewer {reviewer}, who is not in the list of reviewers."


def _wrong_locks(instance: Instance) -> Iterator[str]:
    """Find locks that cannot all be kept; they are for a person to resolve, not for the solver to drop."""
    locks = {pair for pair in instance.locked if pair[0] in instance.row and pair[1] in instance.column}
    for proposal, reviewer in sorted(locks & set(instance.conflicts)):
        yield f"{reviewer} is locked to {proposal} and in conflict with it: remove the lock."
    for reviewer, count in Counter(reviewer for _, reviewer in sorted(locks)).items():
        most = instance.reviewers[instance.column[reviewer]].max_load
        if count > most:
            yield f"{reviewer} is locked to {count} applications, the most is {most}: remove a lock or raise the most."
    noted = {proposal.id for proposal in instance.proposals if proposal.has_content_note}
    for reviewer, count in Counter(reviewer for proposal, reviewer in sorted(locks) if proposal in noted).items():
        cap = instance.reviewers[instance.column[reviewer]].most_content_notes
        if cap is not None and count > cap:
            yield f"{reviewer} is locked to {count} with a content note, the most is {cap}: remove a lock or raise the most."
    by_proposal: dict[str, list[Reviewer]] = {}
    for proposal, reviewer in sorted(locks):
        by_proposal.setdefault(proposal, []).append(instance.reviewers[instance.column[reviewer]])
    for proposal, people in by_proposal.items():
        yield from _wrong_locks_of_one(instance, proposal, people)


def _wrong_locks_of_one(instance: Instance, proposal: str, people: list[Reviewer]) -> Iterator[str]:
    if len(people) > instance.k:
        yield f"{proposal} has {len(people)} locked reviewers and {instance.k} places: remove a lock."
    if len(people) - len({person.group for person in people}) > instance.k - instance.min_groups:
        yield f"The locked reviewers of {proposal} leave no room for {instance.min_groups} groups: remove a lock."
    if len(people) - len({person.country for person in people}) > instance.k - instance.min_countries:
        yield f"The locked reviewers of {proposal} leave no room for {instance.min_countries} countries: remove a lock."
    shared = Counter(person.organisation for person in people if person.organisation)
    for organisation, count in shared.items():
        if count > instance.max_per_organisation:
            yield f"{count} locked reviewers of {proposal} are from {organisation}: remove a lock."
