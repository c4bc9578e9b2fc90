"""The columns of a ranking: what each shows first, and how the rows are sorted by it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from core.language import lazy
from reviews.models.panel import StakeholderGroup
from reviews.order import WORDS, Order, Placed

FIGURES, GROUPS = "", "groups"
"""The two tables over the same rows: the figures of each application, and its means by stakeholder group."""
KEYS: dict[str, Callable[[Placed], Any]] = {
    "rank": lambda row: row.result.rank,
    "title": lambda row: row.result.application.title.casefold(),
    "mean": lambda row: row.result.mean,
    "spread": lambda row: row.result.spread,
    "overall": lambda row: row.result.overall,
    "calibrated": lambda row: row.ranked and row.ranked.calibrated,
    "expected": lambda row: row.ranked and row.ranked.expected_rank,
    "disagree": lambda row: row.result.disagree if row.result.reviews_in else None,
    "amount": lambda row: row.takes,
    "sum": lambda row: row.so_far,
    "line": lambda row: list(WORDS).index(row.against) if row.against else None,
}
DOWN_FIRST = {"mean", "spread", "overall", "calibrated", "disagree", "amount", *StakeholderGroup.values}
HEADS: dict[str, tuple[Any, bool]] = {
    "rank": (lazy("Rank"), True), "title": (lazy("Application"), False), "mean": (lazy("Mean"), True), "spread": (lazy("Spread"), True),
    "overall": (lazy("Merit"), True), "calibrated": (lazy("Calibrated"), True), "expected": (lazy("Expected"), True),
    "disagree": (lazy("Reviewers"), False), "amount": ("", True), "sum": (lazy("In all"), True),
    "line": (lazy("Against the line"), False),
}  # fmt: skip
NEED_RANKING = {"calibrated", "expected", "line"}
BESIDE_GROUPS = ("rank", "title", "mean", "disagree")


class Head(NamedTuple):
    """One head of the table that sorts it."""

    label: str
    is_number: bool
    sort: str
    direction: str


def groups_in(order: Order) -> list[StakeholderGroup]:
    """Return the stakeholder groups of which a review is in, in their order."""
    there = {group for row in order.rows for group in row.result.groups}
    return [group for group in StakeholderGroup if group in there]


def is_sort(sort: str) -> bool:
    """Whether the rows can be sorted so."""
    name = sort.removeprefix("-")
    return name in KEYS or name in StakeholderGroup.values


def sorted_by(rows: Sequence[Placed], sort: str) -> Sequence[Placed]:
    """Sort as the address asks, what has no such figure last; without a wish, by the order that the line is drawn in."""
    if not is_sort(sort):
        return rows
    name = sort.removeprefix("-")
    key: Callable[[Placed], Any] = KEYS.get(name) or (lambda row: row.result.groups.get(name))
    known = [row for row in rows if key(row) is not None]
    return [*sorted(known, key=key, reverse=sort.startswith("-")), *(row for row in rows if key(row) is None)]


def heads(sort: str, currency: str, *, has_ranking: bool, groups: Iterable[StakeholderGroup] = ()) -> list[Head]:
    """Return the heads of the table of figures, or with groups of the one by group."""
    chosen = list(groups)
    if chosen:
        columns = [(name, HEADS[name][0], HEADS[name][1]) for name in BESIDE_GROUPS]
        columns[3:3] = [(str(group.value), group.label, True) for group in chosen]
    else:
        left_out = set() if has_ranking else NEED_RANKING
        columns = [
            (name, label or currency, is_number) for name, (label, is_number) in HEADS.items() if name not in left_out
        ]
    return [_head(name, str(label), is_number, sort) for name, label, is_number in columns]


def _head(name: str, label: str, is_number: bool, sort: str) -> Head:
    first = f"-{name}" if name in DOWN_FIRST else name
    other = name if first.startswith("-") else f"-{name}"
    is_on = sort.removeprefix("-") == name
    direction = ("descending" if sort.startswith("-") else "ascending") if is_on else ""
    return Head(label, is_number, other if sort == first else first, direction)
