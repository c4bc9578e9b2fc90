"""A meeting as one person may see it: of what they leave the room for, they see that and nothing else.

A constant number of queries, whatever the number of applications and members.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from core.documents.models import Document
from reviews import scoring
from reviews.actions.discussing import is_quorate
from reviews.actions.meeting import Ties, ties_among
from reviews.models import (
    Assignment,
    Meeting,
    MeetingItem,
    PanelMember,
    Recommendation,
    Review,
    StakeholderGroup,
)
from reviews.votes import Votes, cast_on, counted, tally


@dataclass(frozen=True)
class Item:
    """One application on the agenda, for one viewer.

    `is_shut` if they leave the room for it. `out` names who else does. `tally` (advice in words, votes), `before` and
    `after` (mean overall merit in the reviews, and in the votes) are there once it is concluded, for who may know.
    """

    row: MeetingItem
    position: int
    is_shut: bool
    out: tuple[str, ...]
    votes: int | None
    tally: tuple[tuple[str, int], ...]
    before: Decimal | None
    after: Decimal | None

    @property
    def is_to_come(self) -> bool:
        """Whether it will be discussed; who leaves the room for it is not told that it was withdrawn or decided."""
        return self.row.started_at is None and (self.is_shut or self.row.is_with_panel)

    @property
    def state(self) -> tuple[str, str]:
        """What is happening with it, in words and as a shape."""
        if self.row.ended_at:
            return _("Discussed"), "done"
        if self.row.started_at is None and not self.is_to_come:
            return _("Not with the panel any more"), "done"
        if self.row.is_now:
            return (_("Vote is open"), "yours") if self.row.voting_at else (_("Under discussion"), "moving")
        return _("To come"), "to-come"

    @property
    def advice(self) -> str:
        """What the panel recommends, once it is concluded and if the viewer may know."""
        return str(Recommendation.Kind(self.row.kind).label) if self.row.kind and not self.is_shut else ""


@dataclass(frozen=True)
class Group:
    """A stakeholder group, and how many of it are in the room for the application under discussion."""

    label: str
    here: int
    serving: int


@dataclass(frozen=True)
class Seen:
    """The meeting for one viewer. `unbound` names who may not come before they accept the terms of the panel."""

    meeting: Meeting
    items: tuple[Item, ...]
    members: tuple[PanelMember, ...]
    unbound: tuple[str, ...]
    came: tuple[str, ...]
    here: frozenset[int]
    groups: tuple[Group, ...]
    room: int
    is_quorate: bool

    @property
    def now(self) -> Item | None:
        """What is under discussion."""
        return next((item for item in self.items if item.row.is_now), None)

    @property
    def next(self) -> Item | None:
        """What comes next."""
        return next((item for item in self.items if item.is_to_come), None)

    @property
    def concluded(self) -> int:
        """How many applications were discussed."""
        return sum(item.row.ended_at is not None for item in self.items)

    @property
    def begun_at(self) -> datetime | None:
        """Since when the present application is discussed."""
        return self.now.row.started_at if self.now else None


def seen_by(meeting: Meeting, user: Any) -> Seen:
    """Read a meeting for one person."""
    rows = _agenda(meeting, user)
    serving, members = _panel(meeting)
    told = _told_to(user, meeting, rows, serving)
    came = dict(meeting.attendance.order_by("came_at", "pk").values_list("member", "left_at"))
    here = frozenset(pk for pk, left_at in came.items() if left_at is None)
    absent = {pk for row in rows if row.is_now for pk in row.absent}
    room = [member for member in members if member.pk in here - absent]
    return Seen(
        meeting=meeting,
        items=tuple(_item(place, row, told) for place, row in enumerate(rows, start=1)),
        members=tuple(members),
        unbound=tuple(each.person.name for each in serving if each not in members),
        came=tuple(told.names[pk] for pk in came if pk in told.names),
        here=here,
        groups=_groups(members, room),
        room=len(room),
        is_quorate=is_quorate(meeting, room),
    )


def copy_for(meeting: Meeting, user: Any) -> Document | None:
    """Return the person's own copy of the minutes, once it is made."""
    if meeting.state != Meeting.State.CLOSED:
        return None
    return Document.objects.visible_to(user).current().about(meeting).filter(recipient=user).first()


def _agenda(meeting: Meeting, user: Any) -> list[MeetingItem]:
    """Return the items, with `is_owed` where the person still has to review: there they learn nobody's judgement."""
    owed = Assignment.objects.filter(
        application=OuterRef("application"), member__person=user, state__in=Assignment.OWED
    )
    return list(meeting.items.select_related("application").annotate(is_owed=Exists(owed)).order_by("position"))


def _panel(meeting: Meeting) -> tuple[list[PanelMember], list[PanelMember]]:
    """Return who serves on the panel, and those of them who accepted its terms."""
    found = PanelMember.objects.serving().filter(call=meeting.call_id).select_related("person", "call")
    serving = list(found.order_by("person__name", "pk"))
    return serving, [member for member in serving if member.has_agreed]


@dataclass(frozen=True)
class _Told:
    """What the items of one viewer are made of: `shut` to them, the votes that count by item."""

    shut: set[int]
    names: Mapping[int, str]
    out: Mapping[int, set[int]]
    ballots: Votes
    merits: Mapping[int, list[int | None]]


def _told_to(user: Any, meeting: Meeting, rows: Sequence[MeetingItem], serving: Sequence[PanelMember]) -> _Told:
    """Read what the items say to one person: nothing of what they leave the room for."""
    keys = {row.application_id for row in rows}
    cast = cast_on(Q(item__meeting=meeting))
    ties = ties_among(keys, {user.pk, *(member.person_id for member in serving), *(each.person for each in cast)})
    shut = _left_by(user.pk, ties)
    return _Told(
        shut=shut,
        names={member.pk: member.person.name for member in serving},
        out={member.pk: _left_by(member.person_id, ties) for member in serving},
        ballots=counted((each for each in cast if each.application in keys - shut), ties),
        merits=_merits(user, keys - shut),
    )


def _left_by(person: int, ties: Ties) -> set[int]:
    """Return the applications for which a person leaves the room."""
    return {application for application, who in ties.leaving if who == person}


def _merits(user: Any, known: set[int]) -> Mapping[int, list[int | None]]:
    """Return the overall merit in the reviews that the person may see, by application."""
    found: dict[int, list[int | None]] = {}
    rows = Review.objects.visible_to(user).counted().filter(assignment__application__in=known)
    for application, overall in rows.order_by("pk").values_list("assignment__application", "overall"):
        found.setdefault(application, []).append(overall)
    return found


def _item(place: int, row: MeetingItem, told: _Told) -> Item:
    is_shut = row.application_id in told.shut
    absent = row.absent if row.started_at else [pk for pk in told.names if row.application_id in told.out[pk]]
    leaving = () if is_shut else tuple(told.names[pk] for pk in told.names if pk in absent)
    cast = told.ballots.get(row.pk, [])
    shown = cast if row.ended_at and not row.is_owed else []  # type: ignore[attr-defined]
    votes = None if is_shut or row.voting_at is None else len(cast)
    before = told.merits.get(row.application_id, []) if row.ended_at else []
    after = [overall for __, overall in shown]
    return Item(
        row=row, position=place, is_shut=is_shut, out=leaving, votes=votes, tally=tally(shown),
        before=_mean(before), after=_mean(after),
    )  # fmt: skip


def _mean(values: Sequence[int | None]) -> Decimal | None:
    return scoring.shown(scoring.mean(None if value is None else Decimal(value) for value in values), 1)


def _groups(members: Sequence[PanelMember], room: Sequence[PanelMember]) -> tuple[Group, ...]:
    serving, here = Counter(each.group for each in members), Counter(each.group for each in room)
    return tuple(Group(str(group.label), here[group], serving[group]) for group in StakeholderGroup if serving[group])
