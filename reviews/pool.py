"""Everybody who was on a panel, with how much they did and how timely, as far as one viewer may see it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from core.forms.reading import storable
from core.people.models import User
from reviews.models import Assignment, PanelMember


@dataclass(frozen=True)
class Record:
    """What one person did on all panels together; the last place stands for their group and country."""

    person: User
    last: PanelMember | None
    panels: int
    declined: int
    held: int
    done: int
    in_time: int
    handed_back: int

    @property
    def share_in_time(self) -> int | None:
        """How many of a hundred reviews came by their date; None where none came."""
        return round(100 * self.in_time / self.done) if self.done else None


def people_in(*, search: str = "", group: str = "") -> QuerySet[User]:
    """Return everybody who was ever invited to a panel, by name."""
    places = PanelMember.objects.filter(group=group) if group else PanelMember.objects.all()
    found = User.objects.filter(pk__in=places.values("person"), is_active=True)
    if search := storable(search):
        found = found.filter(Q(name__icontains=search) | Q(organisation__name__icontains=search))
    return found.select_related("organisation").order_by("name", "pk")


def records_of(people: list[User], viewer: Any) -> list[Record]:
    """Return what each of these people did, in three queries."""
    keys = [person.pk for person in people]
    mine = PanelMember.objects.visible_to(viewer).filter(person__in=keys)
    counts = {row["person"]: row for row in mine.order_by().values("person").annotate(
        panels=Count("pk"), declined=Count("pk", filter=Q(state=PanelMember.State.DECLINED)), last=Max("pk"),
    )}  # fmt: skip
    places = {each.person_id: each for each in mine.filter(pk__in=[row["last"] for row in counts.values()])}
    done = {row["member__person"]: row for row in _work(keys, viewer)}
    return [
        _record(person, places.get(person.pk), counts.get(person.pk, {}), done.get(person.pk, {})) for person in people
    ]


def _work(keys: list[int], viewer: Any) -> Any:
    counted = Q(state__in=Assignment.COUNTED)
    back = Q(state=Assignment.State.DECLINED, released_at__isnull=False)
    rows = Assignment.objects.visible_to(viewer).filter(member__person__in=keys).order_by()
    return rows.values("member__person").annotate(
        held=Count("pk", filter=Q(state__in=Assignment.QUEUE)), done=Count("pk", filter=counted),
        in_time=Count("pk", filter=counted & Q(review__submitted_at__lte=F("due_at"))), back=Count("pk", filter=back),
    )  # fmt: skip


def _record(person: User, last: PanelMember | None, places: Any, work: Any) -> Record:
    return Record(
        person, last, places.get("panels", 0), places.get("declined", 0), work.get("held", 0), work.get("done", 0),
        work.get("in_time", 0), work.get("back", 0),
    )  # fmt: skip
