"""Who is next on the reserve list of a call when an award was not taken up.

It follows from all applications of the call, so it is told only to administrators to whom all of them are open.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

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
    """An award that was declined or lapsed, and the reserve that may take its place."""

    award: Award
    application: Application


def next_reserves(viewer: Any) -> list[Next]:
    """Return the next reserve of every call in which an award was not taken up, in two queries."""
    if not (viewer.is_authenticated and viewer.is_administrator):
        return []
    return _next(_free_places(viewer).filter(call__state__in=ON))


def next_reserve(call: Call, viewer: Any) -> Next | None:
    """Return the next reserve of one call, if a place is free."""
    if not viewer.is_administrator or call.state not in ON:
        return None
    return next(iter(_next(_free_places(viewer).filter(call=call))), None)


def _free_places(viewer: Any) -> QuerySet[Award]:
    """Keep the awards that were not taken up and whose place nobody takes yet."""
    taken = Decision.objects.current().filter(fills__isnull=False).values("fills")
    rows = Award.objects.filter(state__in=GIVEN_BACK).exclude(pk__in=taken)
    return rows.exclude(call__in=calls_partly_shut_to(viewer)).order_by("pk")


def _next(places: QuerySet[Award]) -> list[Next]:
    """Pair the first free place of each call with its first reserve."""
    first: dict[int, Award] = {}
    for award in places:
        first.setdefault(award.call_id or 0, award)
    if not first:
        return []
    found: dict[int, Next] = {}
    for decision in sorted(_reserves(first), key=_place):
        call = decision.application.call_id
        found.setdefault(call, Next(first[call], decision.application))
    return [found[call] for call in first if call in found]


def _reserves(calls: Any) -> QuerySet[Decision]:
    """Keep the reserves that know of it, and about which nothing else is being decided."""
    waiting = Decision.objects.filter(application=OuterRef("application"), state__in=[State.DRAFT, State.APPROVED])
    rows = Decision.objects.filter(
        state=State.RELEASED, outcome=Decision.Outcome.RESERVE, release__visible_at__lte=clock.now(),
        application__call__in=list(calls), application__state=Application.State.DECIDED, application__withdrawn_at=None,
    )  # fmt: skip
    return rows.filter(~Exists(waiting)).select_related(
        "application__call", "application__recommendation", "approved_on"
    )


def _place(decision: Decision) -> tuple[float, float, Decimal, str]:
    """Order by the rank that the panel gave, then by the draw, then by the mean that the decision rests on."""
    advice = getattr(decision.application, "recommendation", None)
    frozen = getattr(decision, "approved_on", None)
    content = frozen.content if frozen else {}
    drawn = (content.get("draw") or {}).get("place", inf)
    rank = advice.rank if advice and advice.rank is not None else inf
    return rank, drawn, -Decimal(content.get("mean") or 0), str(decision.application.reference)
