"""Counts whole months as grant periods do: 18 months from 1 June 2027 end on 30 November 2028."""

from calendar import monthrange
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def end_of(starts_on: date, months: int) -> date:
    """Return the last day of a period."""
    return months_after(starts_on, months) - ONE_DAY


def months_between(starts_on: date, ends_on: date) -> int:
    """Return the length of a period in whole months."""
    after = ends_on + ONE_DAY
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    return months if months_after(starts_on, months) <= after else months - 1
