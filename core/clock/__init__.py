"""The one clock: `now()` is the only reader of time; tests and the sample data set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

__all__ = ["at", "now", "today"]

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)  # noqa: TID251, RUF100


def today() -> date:
    """Return the present day in UTC."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at an aware moment for the length of a block."""
    if moment.tzinfo is None:
        raise ValueError("The clock takes aware moments only; give the moment a time zone.")
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def days(number: int) -> timedelta:
    """Return a length of so many days."""
    return timedelta(days=number)
