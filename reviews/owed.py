"""How far each reviewer is, and what is still missing, as far as one viewer may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from fund.models import Call
from reviews.actions.reminding import may_be_reminded
from reviews.models import Assignment, PanelMember, StakeholderGroup
from reviews.places import assignments_of


class Piece(NamedTuple):
    """One released assignment with what progress needs of it."""

    application: int
    member: int
    state: str
    due_at: datetime | None
    released_at: datetime | None
    saved_at: datetime | None
    submitted_at: datetime | None

    @property
    def is_in(self) -> bool:
        """Whether the review is submitted."""
        return self.state in Assignment.COUNTED

    def days_late(self, now: datetime) -> int:
        """Return for how many begun days it is overdue."""
        if self.is_in or self.due_at is None or self.due_at >= now:
            return 0
        return (now - self.due_at).days + 1


COLUMNS = ("application", "member", "state", "due_at", "released_at", "review__saved_at", "review__submitted_at")


def pieces_of(call: Call, viewer: Any) -> list[Piece]:
    """Return every assignment that counts as somebody's review, owed or in."""
    rows = assignments_of(call, viewer).active().order_by("pk")
    return [Piece(*row) for row in rows.values_list(*COLUMNS)]


@dataclass(frozen=True)
class Progress:
    """How far one reviewer is."""

    member: PanelMember
    done: int
    total: int
    days_late: int
    next_due: datetime | None
    last_at: datetime | None

    @property
    def owed(self) -> int:
        """How many reviews they still owe."""
        return self.total - self.done

    @property
    def can_be_reminded(self) -> bool:
        """Whether they owe something, and were not reminded within a day."""
        return self.owed > 0 and may_be_reminded(self.member)


def progress_of(members: Iterable[PanelMember], pieces: Sequence[Piece], now: datetime) -> list[Progress]:
    """Return how far each member with a review is: the latest first, then who owes most."""
    by_member: dict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        by_member[piece.member].append(piece)
    found = [_of(member, by_member[member.pk], now) for member in members if by_member[member.pk]]
    return sorted(found, key=lambda each: (-each.days_late, -each.owed, each.member.person.name))


def _of(member: PanelMember, pieces: Sequence[Piece], now: datetime) -> Progress:
    due = [piece.due_at for piece in pieces if not piece.is_in and piece.due_at]
    seen = [moment for piece in pieces for moment in (piece.saved_at, piece.submitted_at) if moment]
    return Progress(
        member=member, done=sum(piece.is_in for piece in pieces), total=len(pieces),
        days_late=max(piece.days_late(now) for piece in pieces), next_due=min(due, default=None),
        last_at=max(seen, default=None),
    )  # fmt: skip


@dataclass(frozen=True)
class GroupProgress:
    """How far one stakeholder group is."""

    label: str
    done: int
    total: int


def by_group(progress: Iterable[Progress]) -> list[GroupProgress]:
    """Add up the reviewers by stakeholder group."""
    rows = list(progress)
    found = []
    for group in StakeholderGroup:
        mine = [each for each in rows if each.member.group == group]
        if mine:
            found.append(
                GroupProgress(str(group.label), sum(each.done for each in mine), sum(each.total for each in mine))
            )
    return found
