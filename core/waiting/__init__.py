"""What waits for a person: computed from the states of the workflow, so it clears itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.language import lazy
from core.web import moments


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, where it belongs, by when, and where to do it."""

    what: str
    where: str
    url: str
    due_at: datetime | None = None
    button: str = lazy("Open")
    zone: str = "UTC"

    @property
    def due_day(self) -> date | None:
        """The day on which it is due, in the zone in which its time is written."""
        return moments.day_in(self.due_at, self.zone) if self.due_at else None

    @property
    def due_words(self) -> str:
        """The date in words: late, today, or by when."""
        day = self.due_day
        if day is None:
            return ""
        left = (day - moments.day_in(clock.now(), self.zone)).days
        if left < 0:
            return ngettext("%(days)s day late", "%(days)s days late", -left) % {"days": -left}
        return _("Today") if left == 0 else _("By %(short_day)s") % {"short_day": moments.short_day(day)}


Provider = Callable[[Any], Iterable[Waiting]]
_providers: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Register a function that says, for a person, what waits for them; one query each."""
    if function not in _providers:
        _providers.append(function)
    return function


def waiting_for(user: Any) -> list[Waiting]:
    """Return all that waits for a person, the most urgent first and what has no date last."""
    found = [each for function in _providers for each in function(user)]
    return sorted(found, key=lambda each: (each.due_at is None, each.due_at and each.due_at.timestamp(), each.what))


@dataclass(frozen=True)
class Happened:
    """One thing that happened: when, what, to what, and where to read on. `shape` is the mark before it."""

    at: datetime
    words: str
    where: str
    url: str
    shape: str = "done"


Reporter = Callable[[Any], Iterable[Happened]]
_reporters: list[Reporter] = []
MOST_LATELY = 8


def reporter(function: Reporter) -> Reporter:
    """Register a function that says, for a person, what happened lately that they may know."""
    if function not in _reporters:
        _reporters.append(function)
    return function


def lately(user: Any) -> list[Happened]:
    """Return what happened, the latest first."""
    found = [each for function in _reporters for each in function(user)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST_LATELY]
