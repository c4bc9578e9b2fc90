"""Writes dates and times the one way in which all pages show them."""

from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from core import clock

type Day = date | datetime
_AHEAD = {
    "minute": ngettext_lazy("in %(number)s minute", "in %(number)s minutes", "number"),
    "hour": ngettext_lazy("in %(number)s hour", "in %(number)s hours", "number"),
    "day": ngettext_lazy("in %(number)s day", "in %(number)s days", "number"),
}
_AGO = {
    "minute": ngettext_lazy("%(number)s minute ago", "%(number)s minutes ago", "number"),
    "hour": ngettext_lazy("%(number)s hour ago", "%(number)s hours ago", "number"),
    "day": ngettext_lazy("%(number)s day ago", "%(number)s days ago", "number"),
}


def full(moment: datetime, zone: tzinfo | str = "UTC") -> str:
    """Write a moment in a zone: Tue 22 December 2026, 17:00 UTC."""
    local = moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    words = {"day": full_day(local), "time": f"{local:%H:%M}", "zone": _zone_name(local)}
    return _("%(day)s, %(time)s %(zone)s") % words


def day_in(moment: datetime, zone: tzinfo | str = "UTC") -> date:
    """Return the day that a moment belongs to in a zone."""
    return moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone).date()


def end_of(day: date, zone: str) -> datetime:
    """Return the last minute of a day in a zone."""
    return datetime.combine(day, time(23, 59), ZoneInfo(zone))


def in_both(moment: datetime, zone: str, own: str) -> str:
    """Write a moment in a named zone, and in the reader's own beside it where that shows another time."""
    first, second = full(moment, zone), full(moment, own) if own else ""
    return f"{first} ({second})" if second and second != first else first


def full_day(day: Day) -> str:
    """Write a date in full: Tue 22 December 2026."""
    return written(day, "D j F Y")


def short_day(day: Day) -> str:
    """Write a date for a table: Fri 27 Nov, and with its year once that is another one: 15 Jan 2027."""
    if day.year == clock.today().year:
        return written(day, "D j M")
    return written(day, "j M Y")


def distance(day: Day) -> str:
    """Say how far away a date or a moment is: in 22 days, tomorrow, 3 hours ago."""
    if isinstance(day, datetime):
        seconds = (day - clock.now()).total_seconds()
        if abs(seconds) < 36 * 3600:
            return _in_or_ago(*_hours(abs(seconds)), is_past=seconds < 0)
        days = round(seconds / 86400)
    else:
        days = (day - clock.today()).days
    if abs(days) <= 1:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    return _in_or_ago(abs(days), "day", is_past=days < 0)


def _hours(seconds: float) -> tuple[int, str]:
    if seconds < 3600:
        return int(seconds // 60), "minute"
    return int(seconds // 3600), "hour"


def _in_or_ago(number: int, unit: str, *, is_past: bool) -> str:
    if number == 0:
        return _("just now") if is_past else _("in less than a minute")
    return str((_AGO if is_past else _AHEAD)[unit] % {"number": number})


def _zone_name(local: datetime) -> str:
    name = local.tzname() or "UTC"
    if name.isalpha():
        return name
    offset = local.strftime("%z")
    minutes = "" if offset.endswith("00") else f":{offset[3:]}"
    return f"UTC{offset[0]}{int(offset[1:3])}{minutes}"
