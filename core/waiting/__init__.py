"""What waits for a person: computed from the states of the workflow, so it clears itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, where it belongs, by when, and where to do it."""

    what: str
    where: str
    url: str
    due_at: datetime | None = None
    button: str = "Open"


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
