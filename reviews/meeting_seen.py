"""A meeting as one person may see it: of what they leave the room for, they see that and nothing else.

A constant number of queries, whatever the number of applications and members.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from reviews import scoring
from reviews.actions.discussing import is_quorate
from reviews.actions.meeting import tied_to
from reviews.models import (
    Assignment,
    Ballot,
    Meeting,
    MeetingItem,
    PanelMember,
    Recommendation,
    Review,
    StakeholderGroup,
)


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
    def state(self) -> tuple[str, str]:
        """What is happening with it, in words and as a shape."""
        if self.row.ended_at:
            return _("Discussed"), "done"
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
    """The meeting for one viewer."""

    meeting: Meeting
    items: tuple[Item, ...]
    members: tuple[PanelMember, ...]
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
        return next((item for item in self.items if item.row.started_at is None), None)

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
    found = meeting.items.select_related("application").annotate(cast=Count("ballots"))
    rows = list(found.order_by("position"))
    keys = [row.application_id for row in rows]
    members = list(
        PanelMember.objects.serving()
        .filter(call=meeting.call_id)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    came = dict(meeting.attendance.order_by("came_at", "pk").values_list("member", "left_at"))
    here = frozenset(pk for pk, left_at in came.items() if left_at is None)
    ties = tied_to(keys, {user.pk, *(member.person_id for member in members)})
    out = {member.pk: {key for key, person in ties if person == member.person_id} for member in members}
    shut = {key for key, person in ties if person == user.pk}
    known = set(keys) - shut
    ballots, reviews = _ballots(meeting, user, known), _merits(user, known)
    names = {member.pk: member.person.name for member in members}
    items = tuple(_item(place, row, shut, names, out, ballots, reviews) for place, row in enumerate(rows, start=1))
    now = next((row for row in rows if row.is_now), None)
    absent = set(now.absent) if now else set[int]()
    room = [member for member in members if member.pk in here - absent]
    return Seen(
        meeting,
        items,
        tuple(members),
        tuple(names[pk] for pk in came if pk in names),
        here,
        _groups(members, room),
        len(room),
        is_quorate(meeting, room),
    )


def _ballots(meeting: Meeting, user: Any, known: set[int]) -> Mapping[int, list[tuple[str, int | None]]]:
    """Return the votes by item, but of what the person still has to review: there they learn nobody's judgement."""
    found: dict[int, list[tuple[str, int | None]]] = {}
    owed = Assignment.objects.filter(member__person=user, state__in=Assignment.OWED).values("application")
    rows = Ballot.objects.filter(item__meeting=meeting, item__application__in=known).order_by("pk")
    rows = rows.exclude(item__application__in=owed)
    for item, advice, overall in rows.values_list("item", "advice", "overall"):
        found.setdefault(item, []).append((advice, overall))
    return found


def _merits(user: Any, known: set[int]) -> Mapping[int, list[int | None]]:
    """Return the overall merit in the reviews that the person may see, by application."""
    found: dict[int, list[int | None]] = {}
    rows = Review.objects.visible_to(user).counted().filter(assignment__application__in=known)
    for application, overall in rows.order_by("pk").values_list("assignment__application", "overall"):
        found.setdefault(application, []).append(overall)
    return found


def _item(
    place: int,
    row: MeetingItem,
    shut: set[int],
    names: Mapping[int, str],
    out: Mapping[int, set[int]],
    ballots: Mapping[int, list[tuple[str, int | None]]],
    merits: Mapping[int, list[int | None]],
) -> Item:
    is_shut = row.application_id in shut
    absent = row.absent if row.started_at else [pk for pk in names if row.application_id in out[pk]]
    leaving = () if is_shut else tuple(names[pk] for pk in names if pk in absent)
    cast = ballots.get(row.pk, [])
    told = cast if row.ended_at else []
    votes = None if is_shut or row.voting_at is None else row.cast  # type: ignore[attr-defined]
    before = merits.get(row.application_id, []) if row.ended_at else []
    return Item(
        row, place, is_shut, leaving, votes, _tally(told), _mean(before), _mean([overall for __, overall in told])
    )


def _tally(cast: Sequence[tuple[str, int | None]]) -> tuple[tuple[str, int], ...]:
    count = Counter(advice for advice, __ in cast)
    return tuple((str(advice.label), count[advice]) for advice in Ballot.Advice if count[advice])


def _mean(values: Sequence[int | None]) -> Decimal | None:
    return scoring.shown(scoring.mean(None if value is None else Decimal(value) for value in values), 1)


def _groups(members: Sequence[PanelMember], room: Sequence[PanelMember]) -> tuple[Group, ...]:
    serving, here = Counter(each.group for each in members), Counter(each.group for each in room)
    return tuple(Group(str(group.label), here[group], serving[group]) for group in StakeholderGroup if serving[group])
