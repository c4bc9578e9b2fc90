"""Which mails staff may see: each is about something, and the app that has it says to whom that is open."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from core.interests import shut_out

Door = Callable[[Any], QuerySet]
Root = tuple[str, int]
_doors: dict[str, Door] = {}


def opens(about_type: str, door: Door) -> None:
    """Say for one kind of thing, by a function from a person to keys, of which ones they may see the mail."""
    _doors[about_type] = door


def root_of(values: Iterable[Any]) -> Root | None:
    """Return the one thing that all these values belong to, of those that have a door; None if none or several."""
    found = {root for value in values for root in _roots(value) if root[0] in _doors}
    return found.pop() if len(found) == 1 else None


def _roots(value: Any) -> list[Root]:
    if isinstance(value, list | tuple):
        return [root for each in value for root in _roots(each)]
    if not isinstance(value, models.Model) or value.pk is None:
        return []
    return [getattr(value, "audit_root", (value._meta.label_lower, value.pk))]


def open_to(user: Any) -> Q:
    """Return the condition on mails whose subject is open to the person.

    One that does not say what it is about is shown to nobody who is shut out of anything: it may be about that.
    """
    found = Q(about=None) & ~shut_out.of_anything(user)
    for about_type, door in _doors.items():
        found |= Q(about_type=about_type, about__in=door(user))
    return found
