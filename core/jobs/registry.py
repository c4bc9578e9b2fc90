"""Which function does which kind of job; apps register theirs when they start."""

from collections.abc import Callable, Iterable
from typing import Any

Handler = Callable[[Any], None]
Daily = Callable[[], None]
Teller = Callable[[Any, Any], Iterable[str]]

_handlers: dict[str, Handler] = {}
_daily: list[Daily] = []
_tellers: list[Teller] = []


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the one that does jobs of a kind."""

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(kind, function) is not function:
            raise ValueError(f"Two functions want to do “{kind}” jobs.")
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


def daily_functions() -> tuple[Daily, ...]:
    """Return what runs each day."""
    return tuple(_daily)
