"""Which function does which kind of job, and how the kind is called; apps register theirs when they start."""

from collections.abc import Callable, Iterable
from typing import Any

Handler = Callable[[Any], None]
Daily = Callable[[], None]
Teller = Callable[[Any, Any], Iterable[str]]

_handlers: dict[str, Handler] = {}
_labels: dict[str, str] = {}
_daily: list[Daily] = []
_tellers: list[Teller] = []


def handles(kind: str, label: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one that does jobs of a kind, which people know by its label."""

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(kind, function) is not function:
            raise ValueError(f"Two functions want to do “{kind}” jobs.")
        _labels[kind] = label
        return function

    return register


def daily(function: Daily) -> Daily:
    """Register a function that follows, once, from stored dates; it may run several times a day."""
    if function not in _daily:
        _daily.append(function)
    return function


def teller(function: Teller) -> Teller:
    """Register a function that says, for a batch and who looks at it, what its jobs did otherwise than one expects."""
    if function not in _tellers:
        _tellers.append(function)
    return function


def told_of(batch: Any, user: Any) -> list[str]:
    """Return what a person should know of the work that is done in a batch, in sentences."""
    return [each for function in _tellers for each in function(batch, user)]


def handler_of(kind: str) -> Handler:
    """Return the function that does this kind of job."""
    try:
        return _handlers[kind]
    except KeyError:
        raise LookupError(f"No app does “{kind}” jobs.") from None


def label_of(kind: str) -> str:
    """Return how a kind of job is called; one that no app does any more has no other name."""
    return str(_labels.get(kind, kind))


def daily_functions() -> tuple[Daily, ...]:
    """Return what runs each day."""
    return tuple(_daily)
