"""Who is next on the reserve list of a call when an award was not taken up.

It follows from all applications of the call, so it is told only to administrators to whom all of them are open.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from applications.models import Application
from core import clock
from fund.models import Award, Call
from reviews.models import Decision
from reviews.models.outcome import GIVEN_BACK
from reviews.models.selection import calls_partly_shut_to

State = Decision.State
ON = (Call.State.IN_REVIEW, Call.State.DECIDED)
"""Calls that still give: nobody moves up in one that is archived."""


@dataclass(frozen=True)
class Next:
    """The reserve that may take the place of an award that was declined or lapsed: its key, and its number."""

    award: int
    number: str
    application: Application


def next_reserves(viewer: Any) -> list[Next]:
    """Return the next reserve of every call in which an award was not taken up, in one query."""
    if not (viewer.is_authenticated and viewer.is_administrator):
        return []
    found: dict[int, Next] = {}
    for each in sorted(_reserves(viewer), key=_place):
        found.setdefault(each.application.call_id, Next(each.place, each.number, each.application))  # type: ignore[attr-defined]
    return [found[call] for call in sorted(found)]


def next_reserve(call: Call, viewer: Any) -> Next | None:
    """Return the next reserve of one call, if a place is free."""
    return next((each for each in next_reserves(viewer) if each.application.call_id == call.pk), None)


def _free_places(viewer: Any) -> QuerySet[Award]:
    """Keep the awards that were not taken up and whose place nobody takes yet."""
    taken = Decision.objects.current().filter(fills__isnull=False).values("fills")
    rows = Award.objects.filter(state__in=GIVEN_BACK).exclude(pk__in=taken)
    return rows.exclude(call__in=calls_partly_shut_to(viewer)).order_by("pk")


def _reserves(viewer: Any) -> QuerySet[Decision]:
    """Keep the reserves that know of it and about which nothing else is being decided, where a place is free."""
    waiting = Decision.objects.filter(application=OuterRef("application"), state__in=[State.DRAFT, State.APPROVED])
    free = _free_places(viewer).filter(call=OuterRef("application__call"))
    rows = Decision.objects.filter(
        state=State.RELEASED, outcome=Decision.Outcome.RESERVE, release__visible_at__lte=clock.now(),
        application__call__state__in=ON, application__state=Application.State.DECIDED, application__withdrawn_at=None,
    ).annotate(place=Subquery(free.values("pk")[:1]), number=Subquery(free.values("number")[:1]))  # fmt: skip
    rows = rows.filter(~Exists(waiting), place__isnull=False)
    return rows.select_related("application__call", "application__recommendation", "approved_on")


def _place(decision: Decision) -> tuple[float, float, Decimal, str]:
    """Order by the rank that the panel gave, then by the draw, then by the mean that the decision rests on."""
    advice = getattr(decision.application, "recommendation", None)
    frozen = getattr(decision, "approved_on", None)
    content = frozen.content if frozen else {}
    drawn = (content.get("draw") or {}).get("place", inf)
    rank = advice.rank if advice and advice.rank is not None else inf
    return rank, drawn, -Decimal(content.get("mean") or 0), str(decision.application.reference)
