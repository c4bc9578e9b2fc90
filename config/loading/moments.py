"""The times of the sample: all but the 2021 call's dates count from the day on which it is loaded."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core import clock

NINE = 9


def from_today(days: int, hour: int = NINE, zone: str = "UTC") -> datetime:
    """Return an hour of the day so many days from today."""
    return datetime.combine(clock.today() + timedelta(days=days), time(hour), ZoneInfo(zone)).astimezone(UTC)


def spread(start: datetime, end: datetime, number: int, count: int) -> datetime:
    """Return the moment of one of many events between two moments, denser towards the end."""
    share = ((number + 1) / (count + 1)) ** 0.5
    return start + (end - start) * share
