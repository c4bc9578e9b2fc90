"""A reviewer's queue: what they were given, in the order of its dates, read in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from fund.models import Criterion
from reviews.models import Assignment, PanelMember, Review

State = Assignment.State
USUAL_MINUTES = 50
"""How long a review takes where nothing is known of the person's own pace; our own choice."""
IN_ONE_GO = timedelta(hours=4)
"""A review that lay open longer than this says nothing about the work that it was."""
ORDER = {State.RELEASED: 0, State.IN_PROGRESS: 1, State.ACCEPTED: 2, State.SUBMITTED: 3, State.LOCKED: 4}


@dataclass(frozen=True)
class Place:
    """One application in a queue."""

    assignment: Assignment
    review: Review | None
    given: int
    asked: int
    has_content_note: bool

    @property
    def is_done(self) -> bool:
        """Whether the review is handed in."""
        return self.assignment.state in Assignment.COUNTED

    @property
    def url(self) -> str:
        """Where the work goes on: the declaration first, then the desk."""
        name = "review:declare" if self.assignment.state == State.RELEASED else "review:desk"
        return reverse(name, args=[self.assignment.pk])

    @property
    def sent_at(self) -> datetime | None:
        """When the review was handed in."""
        return self.review.submitted_at if self.review else None


@dataclass(frozen=True)
class Queue:
    """All places of one reviewer, those owed first, by date."""

    places: tuple[Place, ...]
    is_paused: bool

    @property
    def owed(self) -> list[Place]:
        """What is still to do."""
        return [place for place in self.places if not place.is_done]

    @property
    def done(self) -> int:
        """How many reviews are handed in."""
        return len(self.places) - len(self.owed)

    @property
    def to_declare(self) -> list[Place]:
        """What waits for a declaration."""
        return [place for place in self.places if place.assignment.state == State.RELEASED]

    @property
    def next(self) -> Place | None:
        """Where to go on: a draft that was begun, else the first that can be opened, else the first to declare."""
        begun = [place for place in self.owed if place.assignment.state == State.IN_PROGRESS]
        open_now = [place for place in self.owed if place.assignment.state == State.ACCEPTED]
        return next(iter(begun or open_now or self.owed), None)

    @property
    def due_next(self) -> tuple[datetime, int] | None:
        """The nearest date, and how many reviews are due then."""
        dates = [place.assignment.due_at for place in self.owed if place.assignment.due_at]
        return (min(dates), dates.count(min(dates))) if dates else None

    @property
    def with_content_note(self) -> int:
        """How many texts have a part behind a content note."""
        return sum(place.has_content_note for place in self.places)

    @property
    def own_pace(self) -> int | None:
        """The person's own median minutes for a review, of those written in one go."""
        spans = [
            place.review.submitted_at - place.review.started_at
            for place in self.places
            if place.review and place.review.submitted_at
        ]
        minutes = [span.total_seconds() / 60 for span in spans if timedelta(minutes=5) <= span <= IN_ONE_GO]
        return round(median(minutes)) if minutes else None

    @property
    def hours_left(self) -> float:
        """How long the rest takes, in hours; a draft counts by what is still to be scored."""
        open_share = sum(1 - (place.given / place.asked if place.asked else 0) for place in self.owed)
        return round(open_share * (self.own_pace or USUAL_MINUTES) / 30) / 2

    def by_state(self) -> list[Place]:
        """Sort the places by what they wait for."""
        return sorted(self.places, key=lambda place: ORDER[State(place.assignment.state)])

    def index(self, assignment: Assignment) -> int:
        """Say where an assignment stands, counted from 0."""
        return next(at for at, place in enumerate(self.places) if place.assignment.pk == assignment.pk)

    def before(self, assignment: Assignment) -> Place | None:
        """Return the place before an assignment."""
        at = self.index(assignment)
        return self.places[at - 1] if at else None

    def after(self, assignment: Assignment) -> Place | None:
        """Return the next thing to do after an assignment, round the end of the queue."""
        at = self.index(assignment)
        rest = [*self.places[at + 1 :], *self.places[:at]]
        return next((place for place in rest if not place.is_done), None)


def queue_of(user: Any) -> Queue:
    """Read a person's queue."""
    rows = list(
        Assignment.objects.visible_to(user).of(user)
        .select_related("member", "application__call", "application__theme", "application__current", "review")
        .defer("application__current__content", "application__call__text")
        .annotate(scored=Count("review__scores", filter=_answered()))
    )  # fmt: skip
    rubrics = {row.application.call.rubric_id for row in rows}
    criteria = Criterion.objects.filter(rubric__in=rubrics).values_list("rubric").annotate(Count("pk")).order_by()
    asked = dict(criteria)
    places = [
        Place(
            assignment=row,
            review=(review := getattr(row, "review", None)),
            given=row.scored + (review is not None and review.overall is not None),
            asked=asked.get(row.application.call.rubric_id, 0) + 1,
            has_content_note=bool(row.application.current and row.application.current.has_content_note),
        )
        for row in rows
    ]
    return Queue(tuple(sorted(places, key=_by_date)), _is_paused(user, rows))


def _is_paused(user: Any, rows: Sequence[Assignment]) -> bool:
    """Whether the person pauses: said by their assignments, and asked only where there are none."""
    if rows:
        return any(row.member.paused_at for row in rows)
    return PanelMember.objects.serving().filter(person=user, paused_at__isnull=False).exists()


def _answered() -> Q:
    return Q(review__scores__value__isnull=False) | Q(review__scores__is_not_applicable=True)


def _by_date(place: Place) -> tuple[bool, float, int]:
    """Sort what is owed by its date, and after it what was sent, the latest first."""
    moment = place.sent_at if place.is_done else place.assignment.due_at
    seconds = moment.timestamp() if moment else float("inf")
    return place.is_done, -seconds if place.is_done else seconds, place.assignment.pk
