"""How a panel voted: which votes count, and what a person may know of them once an application is concluded."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q

from reviews.actions.meeting import Ties, ties_among
from reviews.models import Ballot, Meeting, MeetingItem, Recommendation
from reviews.models.assignment import reviews_owed_by

type Votes = Mapping[int, list[tuple[str, int | None]]]
"""Advice and overall merit of the votes that count, by the key of the item."""


class Cast(NamedTuple):
    """One vote."""

    item: int
    application: int
    person: int
    advice: str
    overall: int | None


@dataclass(frozen=True)
class Concluded:
    """What the panel recommended on an application when it concluded it, and how it had voted (advice in words, votes)."""

    advice: str
    tally: tuple[tuple[str, int], ...]


def cast_on(items: Q) -> list[Cast]:
    """Return the votes on the items that fulfil a condition on ballots."""
    rows = Ballot.objects.filter(items).order_by("pk")
    return [Cast(*row) for row in rows.values_list("item", "item__application", "member__person", "advice", "overall")]


def counted(cast: Iterable[Cast], ties: Ties) -> Votes:
    """Return the votes by item; a tie that came up after a vote takes it out of every figure."""
    found: dict[int, list[tuple[str, int | None]]] = {}
    for each in cast:
        if (each.application, each.person) not in ties.voteless:
            found.setdefault(each.item, []).append((each.advice, each.overall))
    return found


def votes_on(item: MeetingItem) -> int:
    """Count the votes on an application that count."""
    cast = cast_on(Q(item=item))
    ties = ties_among([item.application_id], [each.person for each in cast])
    return len(counted(cast, ties).get(item.pk, []))


def tally(votes: Sequence[tuple[str, int | None]]) -> tuple[tuple[str, int], ...]:
    """Count votes by advice, in the order of the advice."""
    count = Counter(advice for advice, __ in votes)
    return tuple((str(advice.label), count[advice]) for advice in Ballot.Advice if count[advice])


def concluded_for(viewer: Any, applications: Collection[int]) -> dict[int, Concluded]:
    """Return how the panel concluded on applications that the viewer may see, where their page of the meeting says so.

    Of what they owe a review of they learn nobody's judgement. Discussed in two meetings, the later one counts.
    """
    items = MeetingItem.objects.filter(
        application__in=applications,
        ended_at__isnull=False,
        meeting__in=Meeting.objects.visible_to(viewer).values("pk"),
    ).exclude(application__in=reviews_owed_by(viewer))
    last = {each.application_id: each for each in items.order_by("ended_at", "pk")}
    cast = cast_on(Q(item__in=[each.pk for each in last.values()]))
    votes = counted(cast, ties_among(list(last), {each.person for each in cast}))
    return {
        key: Concluded(str(Recommendation.Kind(item.kind).label), tally(votes.get(item.pk, [])))
        for key, item in last.items()
    }
